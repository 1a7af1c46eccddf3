// Asks the server that the page came from, and no one else.
import { signal } from "@preact/signals";
import { useEffect, useReducer, useRef, useState } from "preact/hooks";
import { takeAhead } from "./ahead.ts";
import { type Query, apiAddress } from "./api_address.ts";
import type { Page } from "./api_types.ts";

export class ApiError extends Error {
  constructor(readonly status: number, readonly code: string, message: string) {
    super(message);
  }
}

export { apiAddress };

/** How many answers are awaited: while there are any, the page says that it is busy. */
export const awaited = signal(0);

export async function counting<T>(work: Promise<T>): Promise<T> {
  awaited.value++;
  try {
    return await work;
  } finally {
    awaited.value--;
  }
}

export function request<T>(address: string, options: RequestInit = {}): Promise<T> {
  return counting(ask<T>(address, options));
}

async function ask<T>(address: string, options: RequestInit): Promise<T> {
  let response: Response;
  try {
    response = await (takeAhead(address) ?? fetch(address, { credentials: "same-origin", ...options }));
    options.signal?.throwIfAborted(); // what was asked ahead knows of no signal
  } catch (problem) {
    if (options.signal?.aborted) throw problem;
    throw new ApiError(0, "unreachable", "No answer from dragoman. Is `dragoman serve` still running?");
  }
  let body: unknown;
  try {
    body = await response.json();
  } catch (problem) {
    if (options.signal?.aborted) throw problem;
    throw new ApiError(response.status, "failed", `The answer (${response.status}) to ${address} is no JSON.`);
  }
  if (response.ok) return body as T;
  const error = body as { error?: string; message?: string };
  throw new ApiError(response.status, error.error ?? "failed", error.message ?? `${response.status} ${response.statusText}`);
}

// What was asked last, so that going back shows at once what was there. The store may grow meanwhile: an answer is shown again for a minute.
const remembered = new Map<string, { at: number; answer: unknown }>();
const REMEMBERED_MOST = 80;
const REMEMBERED_MS = 60_000;

function remember(address: string, answer: unknown): void {
  remembered.delete(address);
  remembered.set(address, { at: performance.now(), answer });
  if (remembered.size > REMEMBERED_MOST) remembered.delete(remembered.keys().next().value!);
}

function recall<T>(address: string): T | undefined {
  const found = remembered.get(address);
  return found && performance.now() - found.at < REMEMBERED_MS ? (found.answer as T) : undefined;
}

export function forgetAnswers(): void {
  remembered.clear();
}

export interface Asked<T> {
  data: T | undefined; // while another answer is awaited: undefined
  error: ApiError | undefined;
  retry: () => void;
}

/** Asks once for each address; null asks nothing. */
export function useAnswer<T>(address: string | null): Asked<T> {
  const [tries, retry] = useReducer((count: number) => count + 1, 0);
  const [state, setState] = useState<{ address: string | null; data?: T; error?: ApiError }>({ address: null });
  useEffect(() => {
    if (address === null) return;
    const known = recall<T>(address);
    if (known !== undefined) {
      setState({ address, data: known });
      return;
    }
    const abort = new AbortController();
    setState({ address });
    request<T>(address, { signal: abort.signal }).then(
      (data) => {
        remember(address, data);
        setState({ address, data });
      },
      (error) => {
        if (!abort.signal.aborted) setState({ address, error });
      },
    );
    return () => abort.abort();
  }, [address, tries]);
  const current = state.address === address;
  return { data: current ? state.data : undefined, error: current ? state.error : undefined, retry: () => retry(undefined) };
}

export interface Pages<Row> {
  rows: Row[];
  total: number | null;
  holders: number | null; // of a matrix: how many there are, shown or not
  done: boolean; // there is no more
  loading: boolean;
  error: ApiError | undefined;
  more: () => void; // asks for the next page, if it isn't being asked for
  retry: () => void;
}

/** A list that grows page by page. Starts anew when the address changes. */
export function usePages<Row>(path: string, query: Query, limit = 100): Pages<Row> {
  const base = apiAddress(path, { ...query, limit });
  const state = useRef({ base: "", rows: [] as Row[], total: null as number | null, holders: null as number | null, next: "" as string | null, loading: false, error: undefined as ApiError | undefined });
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const abort = useRef<AbortController | undefined>(undefined);

  const load = async () => {
    const it = state.current;
    if (it.loading || it.next === null || it.error) return;
    it.loading = true;
    redraw(undefined);
    try {
      for (;;) { // a page may be empty and say "go on": the server looks for a tenth of a second at a time
        const address: string = it.next === "" ? base : `${base}${base.includes("?") ? "&" : "?"}after=${encodeURIComponent(it.next!)}`;
        let page = recall<Page<Row>>(address);
        if (!page) {
          page = await request<Page<Row>>(address, { signal: abort.current!.signal });
          remember(address, page);
        }
        if (state.current !== it) return; // another list is shown by now
        it.rows = it.rows.concat(page.rows);
        it.total = page.total ?? it.total;
        it.holders = page.holders ?? it.holders;
        it.next = page.next;
        if (page.rows.length > 0 || page.next === null) break;
      }
    } catch (problem) {
      if (state.current !== it || abort.current!.signal.aborted) return;
      it.error = problem instanceof ApiError ? problem : new ApiError(0, "failed", String(problem));
    }
    it.loading = false;
    redraw(undefined);
  };

  if (state.current.base !== base) {
    state.current = { base, rows: [], total: null, holders: null, next: "", loading: false, error: undefined };
  }
  useEffect(() => {
    abort.current?.abort();
    abort.current = new AbortController();
    const it = state.current;
    it.loading = false;
    if (it.rows.length === 0) void load();
    return () => abort.current?.abort();
  }, [base]);

  const it = state.current;
  return {
    rows: it.rows,
    total: it.total,
    holders: it.holders,
    done: it.next === null,
    loading: it.loading || (it.rows.length === 0 && it.next === "" && !it.error),
    error: it.error,
    more: () => void load(),
    retry: () => {
      it.error = undefined;
      void load();
    },
  };
}
