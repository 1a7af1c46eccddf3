// Text of stories as it may be shown: characters that turn the direction of what follows, or that show nothing at all, become
// labels that one can see, so that a line reads in the order in which its bytes stand.

export type Piece = { text: string } | { label: string; name: string; character: string };

const NAMES: Record<string, [label: string, name: string]> = {
  "\u061C": ["ALM", "Arabic letter mark"],
  "\u200E": ["LRM", "left-to-right mark"],
  "\u200F": ["RLM", "right-to-left mark"],
  "\u202A": ["LRE", "left-to-right embedding"],
  "\u202B": ["RLE", "right-to-left embedding"],
  "\u202C": ["PDF", "pop directional formatting"],
  "\u202D": ["LRO", "left-to-right override"],
  "\u202E": ["RLO", "right-to-left override"],
  "\u2066": ["LRI", "left-to-right isolate"],
  "\u2067": ["RLI", "right-to-left isolate"],
  "\u2068": ["FSI", "first strong isolate"],
  "\u2069": ["PDI", "pop directional isolate"],
};

// Bidi controls, C0 and C1 but for tab and line breaks, interlinear marks, and the tag characters that hide text.
const HIDDEN = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\uFFF9-\uFFFB]|[\u{E0000}-\u{E007F}]/gu;

function labelled(character: string): Piece {
  const code = character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0");
  const [label, name] = NAMES[character] ?? [`U+${code}`, "control character"];
  return { label, name: `U+${code} ${name}`, character };
}

export function visiblePieces(text: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(HIDDEN)) {
    if (match.index > end) pieces.push({ text: text.slice(end, match.index) });
    pieces.push(labelled(match[0]));
    end = match.index + match[0].length;
  }
  if (end < text.length || pieces.length === 0) pieces.push({ text: text.slice(end) });
  return pieces;
}

/** The same for places that take no elements: titles, labels, the clipboard. */
export function visibleText(text: string): string {
  return visiblePieces(text)
    .map((piece) => ("text" in piece ? piece.text : `[${piece.label}]`))
    .join("");
}
