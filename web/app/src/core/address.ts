// The address of the page is its state: `#/events?between=PRT,ISL&as=map`. Whoever gets the link sees the same.
import { signal } from "@preact/signals";

export type Parameters = Readonly<Record<string, string>>;

export interface Address {
  view: string;
  parameters: Parameters;
}

/** Reads what stands after the `#`. Odd input gives an address without the odd part, never an exception. */
export function parseAddress(hash: string): Address {
  const text = hash.replace(/^#\/?/, "");
  const cut = text.indexOf("?");
  const view = cut < 0 ? text : text.slice(0, cut);
  const parameters: Record<string, string> = {};
  if (cut >= 0) {
    for (const [name, value] of new URLSearchParams(text.slice(cut + 1))) {
      if (value !== "" && name !== "__proto__") parameters[name] = value;
    }
  }
  return { view: /^[a-z]+$/.test(view) ? view : "overview", parameters };
}

/** The address as it stands in a link: parameters sorted, empty ones left out, so that one state has one address. */
export function formatAddress(view: string, parameters: Record<string, string | number | null | undefined> = {}): string {
  const query = new URLSearchParams();
  for (const name of Object.keys(parameters).sort()) {
    const value = parameters[name];
    if (value !== null && value !== undefined && value !== "") query.set(name, String(value));
  }
  const text = query.toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
  return text ? `#/${view}?${text}` : `#/${view}`;
}

/** Where the page is now. */
export const address = signal<Address>({ view: "overview", parameters: {} });

export function followAddress(): void {
  const read = () => {
    address.value = parseAddress(location.hash);
  };
  addEventListener("hashchange", read);
  read();
}

/** Goes to another state. `replace` leaves no step in the history: for what is typed letter by letter. */
export function go(view: string, parameters: Record<string, string | number | null | undefined> = {}, replace = false): void {
  const hash = formatAddress(view, parameters);
  if (hash === location.hash) return;
  if (!replace) {
    location.hash = hash;
    return;
  }
  history.replaceState(null, "", hash);
  address.value = parseAddress(hash);
}

/** The present state with some parameters changed. */
export function change(changes: Record<string, string | number | null | undefined>, replace = false): void {
  const { view, parameters } = address.peek();
  go(view, { ...parameters, ...changes }, replace);
}

/** Only those parameters, for a request. */
export function pick(parameters: Parameters, ...names: string[]): Record<string, string> {
  const picked: Record<string, string> = {};
  for (const name of names) if (parameters[name]) picked[name] = parameters[name];
  return picked;
}

export const SELECTION = ["between", "of", "since", "until", "outlet"];
