// What the page will ask for first, asked while its scripts are still being fetched and compiled.
import { dossierAddress, storeAddresses } from "./api_address.ts";

const asked = new Map<string, Promise<Response>>();

/** The answer that was asked for ahead, once. */
export function takeAhead(address: string): Promise<Response> | undefined {
  const answer = asked.get(address);
  asked.delete(address);
  return answer;
}

function ask(address: string): void {
  const answer = fetch(address, { credentials: "same-origin" });
  answer.catch(() => {}); // told by whoever takes it
  asked.set(address, answer);
}

/** What every view needs, and a dossier, which takes the server longest. */
export function askAhead(hash: string): void {
  Object.values(storeAddresses).forEach(ask);
  const [view, query] = hash.replace(/^#\/?/, "").split("?");
  const parameters = Object.fromEntries(new URLSearchParams(query));
  if (view === "relationship" && /^[^,]+,[^,]+$/.test(parameters.between ?? "")) ask(dossierAddress(parameters));
}
