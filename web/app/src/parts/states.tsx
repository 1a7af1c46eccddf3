// Waiting, nothing, gone wrong.
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { ApiError } from "../core/api.ts";

/** Says nothing for the first moment: most answers are there by then, and a flash of "loading" helps nobody. */
export function Loading({ what }: { what: string }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 250);
    return () => clearTimeout(timer);
  }, []);
  return (
    <p class="loading" role="status">
      {late ? `Reading ${what} from the store …` : ""}
    </p>
  );
}

export function Failed({ error, retry }: { error: ApiError; retry: () => void }) {
  const busy = error.code === "busy";
  return (
    <div class="notice bad" role="alert">
      <p>
        <strong>{busy ? "The store is busy." : error.status === 400 ? "That cannot be asked." : error.status === 404 ? "Not found." : "This could not be read."}</strong> <bdi>{error.message}</bdi>
      </p>
      <button type="button" onClick={retry}>
        Try again
      </button>
    </div>
  );
}

export function Empty({ children }: { children: ComponentChildren }) {
  return <div class="notice">{children}</div>;
}
