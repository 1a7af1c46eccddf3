// A part of the page that comes with its own library: fetched from the server when it is first needed.
import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { ApiError, counting } from "../core/api.ts";
import { Failed, Loading } from "./states.tsx";

export function lazy<P extends object>(load: () => Promise<ComponentType<P>>, what: string): ComponentType<P> {
  let loaded: ComponentType<P> | undefined;
  return function Lazy(properties: P) {
    const [, redraw] = useState(0);
    const [error, setError] = useState<ApiError | null>(null);
    const start = () => {
      setError(null);
      counting(load()).then(
        (component) => {
          loaded = component;
          redraw((n) => n + 1);
        },
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
  };
}
