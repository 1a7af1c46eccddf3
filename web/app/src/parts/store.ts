// What the whole page knows: the store's summary, the words of its filters, and what parties are called.
import { computed, signal } from "@preact/signals";
import { ApiError, request } from "../core/api.ts";
import { storeAddresses } from "../core/api_address.ts";
import type { Outlet, Page, Party, Summary, Vocabulary } from "../core/api_types.ts";
import { refWords } from "../core/words.ts";

export const summary = signal<Summary | null>(null);
export const vocabulary = signal<Vocabulary | null>(null);
export const outlets = signal<Outlet[]>([]);
export const parties = signal<Party[]>([]);
export const failure = signal<ApiError | null>(null);

const names = computed(() => new Map(parties.value.map((party) => [party.party, party.name])));

export function partyName(party: string): string {
  return names.value.get(party) ?? refWords(party);
}

export async function loadStore(): Promise<void> {
  failure.value = null;
  const fail = (problem: unknown) => {
    failure.value = problem instanceof ApiError ? problem : new ApiError(0, "failed", String(problem));
  };
  await Promise.all([
    request<Summary>(storeAddresses.summary).then((answer) => (summary.value = answer), fail),
    request<Vocabulary>(storeAddresses.vocabulary).then((answer) => (vocabulary.value = answer), fail),
    request<Page<Party>>(storeAddresses.parties).then((answer) => (parties.value = answer.rows), fail),
    request<Page<Outlet>>(storeAddresses.outlets).then((answer) => (outlets.value = answer.rows), fail),
  ]);
}

/** Said once by screen readers, and shown for a moment. */
export const announcement = signal("");
let silence: ReturnType<typeof setTimeout> | undefined;
export function announce(text: string): void {
  announcement.value = text;
  clearTimeout(silence);
  silence = setTimeout(() => (announcement.value = ""), 4000);
}

type Theme = "auto" | "light" | "dark";
export function kept<T extends string>(name: string, otherwise: T): T {
  try {
    return (localStorage.getItem(name) as T) ?? otherwise;
  } catch {
    return otherwise; // storage is switched off: nothing is kept
  }
}
export function keep(name: string, value: string): void {
  try {
    localStorage.setItem(name, value);
  } catch {
    // storage is switched off: nothing is kept
  }
}
export const theme = signal<Theme>(kept<Theme>("dragoman.theme", "auto"));
export function setTheme(value: Theme): void {
  theme.value = value;
  keep("dragoman.theme", value);
}
export const shortcuts = signal(kept("dragoman.shortcuts", "on") === "on");
export function setShortcuts(on: boolean): void {
  shortcuts.value = on;
  keep("dragoman.shortcuts", on ? "on" : "off");
}
