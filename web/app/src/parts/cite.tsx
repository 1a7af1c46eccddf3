// "Copy as citation": words, speaker, office, date, outlet, address and bytes, as the server puts them together.
import { apiAddress, request } from "../core/api.ts";
import type { Citation, Source } from "../core/api_types.ts";
import { visibleText } from "../core/visible.ts";
import { announce } from "./store.ts";

export async function copyText(text: string, what: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    announce(`${what} copied`);
  } catch {
    // No permission, or an address that the browser does not trust: leave it to the reader's own hands.
    prompt(`${what}: copy it from here`, text);
  }
}

export async function copyCitation(doc: number, finding: string | undefined, span: readonly [number, number]): Promise<void> {
  const query = finding ? { doc, finding } : { doc, span: `${span[0]}-${span[1]}` };
  try {
    const citation = await request<Citation>(apiAddress("citation", query));
    await copyText(visibleText(citation.citation), "Citation");
  } catch (problem) {
    announce(`No citation: ${problem instanceof Error ? problem.message : String(problem)}`);
  }
}

export function CiteButton({ source }: { source: Source }) {
  if (source.doc === undefined) return null;
  const doc = source.doc;
  return (
    <button type="button" class="link small" title="Copy as citation" aria-label={`Cite: ${visibleText(source.quote).slice(0, 60)}`} onClick={() => void copyCitation(doc, source.finding, source.span)}>
      Cite
    </button>
  );
}
