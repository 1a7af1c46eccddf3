// What the page will ask for first, asked while its scripts are still being fetched and compiled.
const asked = new Map<string, Promise<Response>>();

/** The answer that was asked for ahead, once. */
export function takeAhead(address: string): Promise<Response> | undefined {
  const answer = asked.get(address);
  asked.delete(address);
  return answer;
}

function ask(path: string, query: [string, string][] = []): void {
  const parameters = new URLSearchParams(query.sort(([a], [b]) => (a < b ? -1 : 1))).toString(); // as apiAddress writes them
  const address = `/api/${path}${parameters && "?"}${parameters}`;
  const answer = fetch(address, { credentials: "same-origin" });
  answer.catch(() => {}); // told by whoever takes it
  asked.set(address, answer);
}

/** What every view needs, and a dossier, which takes the server longest. */
export function askAhead(hash: string): void {
  ask("summary");
  ask("vocabulary");
  ask("parties", [["limit", "1000"]]);
  ask("outlets", [["limit", "1000"]]);
  const [view, query] = hash.replace(/^#\/?/, "").split("?");
  const parameters = new URLSearchParams(query);
  if (view !== "relationship" || !/^[^,]+,[^,]+$/.test(parameters.get("between") ?? "")) return;
  ask("dossier", [...parameters].filter(([name, value]) => value !== "" && ["between", "since", "until", "outlet", "on"].includes(name)));
}
