// How the words of the data are put to people. What is not here is shown as it stands, with spaces for underlines.
import type { Quad } from "./api_types.ts";
import type { Layer } from "./marks.ts";

const WORDS: Record<string, string> = {
  called_for: "called for",
  did_not_happen: "did not happen",
  diplomatic_representation: "diplomatic representation",
  intergovernmental_body: "intergovernmental body",
  outlet: "the outlet",
};

export function plain(word: string | null | undefined): string {
  if (!word) return "";
  return WORDS[word] ?? word.replaceAll("_", " ");
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export const QUAD_WORDS: Record<Quad, string> = {
  material_cooperation: "material cooperation",
  verbal_cooperation: "verbal cooperation",
  verbal_conflict: "verbal conflict",
  material_conflict: "material conflict",
};

export const LAYER_WORDS: Record<Layer, { one: string; many: string; letter: string }> = {
  entity: { one: "name", many: "Names", letter: "N" },
  statement: { one: "statement", many: "Statements", letter: "S" },
  event: { one: "event", many: "Events", letter: "E" },
  commitment: { one: "undertaking", many: "Undertakings", letter: "U" },
  position: { one: "position", many: "Positions", letter: "P" },
};

/** CONSULT/visit -> "Consult: visit": the words of PLOVER, unshouted. */
export function eventWords(type: string, mode?: string | null): string {
  const name = capital(type.toLowerCase());
  return mode ? `${name}: ${plain(mode)}` : name;
}

const NUMBER = new Intl.NumberFormat("en");
export const count = (value: number): string => NUMBER.format(value);

/** "1 story", "2 stories" */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

export const POLARITY_SIGN = { for: "+", against: "−", mixed: "±" } as const;

/** A local ref says little to a reader: "local:sigrun-hallsdottir" -> "Sigrun Hallsdottir"; states keep their code. */
export function refWords(ref: string): string {
  const cut = ref.indexOf(":");
  if (cut < 0) return ref;
  return ref
    .slice(cut + 1)
    .split("-")
    .map(capital)
    .join(" ");
}
