// Overlapping marks over a text: cut at every begin and end, so that each piece knows all that covers it. Nothing is nested, so marks may
// cross each other as they like.
import type { Span } from "./offsets.ts";

export type Layer = "entity" | "statement" | "event" | "commitment" | "position";
export const LAYERS: Layer[] = ["entity", "statement", "event", "commitment", "position"];

export interface Mark {
  finding: string; // "v2"
  layer: Layer;
  begin: number; // UTF-16 units, half-open
  end: number;
  role: string; // "words", "quoted", "cue", "trigger", "name" ...
}

export interface Segment {
  begin: number;
  end: number;
  marks: Mark[]; // in the order given
}

/** Cuts [begin, end) into segments, in order and without gaps. Marks that reach beyond are clipped, empty ones left out. */
export function segments(begin: number, end: number, marks: readonly Mark[]): Segment[] {
  if (begin >= end) return [];
  const inside = marks.filter((mark) => mark.begin < mark.end && mark.begin < end && mark.end > begin);
  const cuts = new Set([begin, end]);
  for (const mark of inside) {
    cuts.add(Math.max(mark.begin, begin));
    cuts.add(Math.min(mark.end, end));
  }
  const sorted = [...cuts].sort((a, b) => a - b);
  const starts = new Map<number, Mark[]>();
  for (const mark of inside) {
    const at = Math.max(mark.begin, begin);
    const list = starts.get(at);
    if (list) list.push(mark);
    else starts.set(at, [mark]);
  }
  const order = new Map(inside.map((mark, number) => [mark, number]));
  const result: Segment[] = [];
  let open: Mark[] = [];
  for (let i = 0; i + 1 < sorted.length; ++i) {
    const from = sorted[i]!;
    open = open.filter((mark) => mark.end > from);
    const fresh = starts.get(from);
    if (fresh) open = [...open, ...fresh].sort((a, b) => order.get(a)! - order.get(b)!);
    result.push({ begin: from, end: sorted[i + 1]!, marks: open });
  }
  return result;
}

const EMPTY_LINE = /\n[ \t\r]*\n\s*/g;

/** The paragraphs of a text: runs between empty lines, or lines where no line is empty, without the breaks around them. */
export function paragraphs(text: string): Span[] {
  const spans: Span[] = [];
  const breaks = text.trim().search(EMPTY_LINE) < 0 ? /\n/g : EMPTY_LINE;
  let begin = 0;
  const push = (from: number, to: number) => {
    while (from < to && /\s/.test(text[from]!)) ++from;
    while (to > from && /\s/.test(text[to - 1]!)) --to;
    if (from < to) spans.push([from, to]);
  };
  for (const match of text.matchAll(breaks)) {
    push(begin, match.index);
    begin = match.index + match[0].length;
  }
  push(begin, text.length);
  return spans;
}

/** Where cards stand beside their anchors: as near as they can without covering each other, the chosen one exactly. Tops in pixels. */
export function placeCards(anchors: readonly number[], heights: readonly number[], gap: number, chosen = -1): number[] {
  const tops = anchors.map(() => 0);
  const pivot = chosen >= 0 ? chosen : 0;
  let floor = -Infinity;
  for (let i = pivot; i < anchors.length; ++i) {
    tops[i] = Math.max(anchors[i]!, floor);
    floor = tops[i]! + heights[i]! + gap;
  }
  let ceiling = pivot < anchors.length ? tops[pivot]! : 0;
  for (let i = pivot - 1; i >= 0; --i) {
    tops[i] = Math.min(anchors[i]!, ceiling - gap - heights[i]!);
    ceiling = tops[i]!;
  }
  return tops;
}
