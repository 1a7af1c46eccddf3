// A part of the page that comes with its own library: fetched from the server when it is first needed.
import type { ComponentType, FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";
import { ApiError, counting } from "../core/api.ts";
import { Failed, Loading } from "./states.tsx";

/** `ahead` fetches it while something else is awaited; a failure is told by the component itself, which then tries again. */
export type LazyComponent<P> = FunctionComponent<P> & { ahead: () => void };

export function lazy<P extends object>(load: () => Promise<ComponentType<P>>, what: string): LazyComponent<P> {
  let loaded: ComponentType<P> | undefined;
  let coming: Promise<void> | undefined;
  const come = () =>
    (coming ??= counting(load()).then(
      (component) => void (loaded = component),
      (problem) => {
        coming = undefined;
        throw problem;
      },
    ));
  function Lazy(properties: P) {
    const [, redraw] = useState(0);
    const [error, setError] = useState<ApiError | null>(null);
    const start = () => {
      setError(null);
      come().then(
        () => redraw((n) => n + 1),
        () => setError(new ApiError(0, "unreachable", `The part of the page that shows ${what} did not come. Is \`dragoman serve\` still running?`)),
      );
    };
    useEffect(() => {
      if (!loaded) start();
    }, []);
    if (loaded) {
      const Loaded = loaded;
      return <Loaded {...properties} />;
    }
    return error ? <Failed error={error} retry={start} /> : <Loading what={what} />;
  }
  return Object.assign(Lazy, { ahead: () => void come().catch(() => {}) });
}
