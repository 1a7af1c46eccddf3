// Bytes of UTF-8, as dragoman counts, to UTF-16 units, as JavaScript counts, and back.

export type Span = [number, number];

/** One pair after each character that is not ASCII: from there on, byte and unit go apart by a new amount. Sorted. */
export type Pairs = ReadonlyArray<readonly [byte: number, unit: number]>;

function convert(pairs: Pairs, from: 0 | 1, value: number): number {
  let low = 0;
  let high = pairs.length; // the last pair at or before the value stands before `low`
  while (low < high) {
    const middle = (low + high) >> 1;
    if (pairs[middle]![from] <= value) low = middle + 1;
    else high = middle;
  }
  if (low === 0) return value;
  const pair = pairs[low - 1]!;
  return pair[1 - from]! + (value - pair[from]);
}

export const toUnit = (pairs: Pairs, byte: number): number => convert(pairs, 0, byte);
export const toByte = (pairs: Pairs, unit: number): number => convert(pairs, 1, unit);

export function toUnits(pairs: Pairs, span: Span): Span {
  return [toUnit(pairs, span[0]), toUnit(pairs, span[1])];
}

/** The pairs of a text that came without them. */
export function pairsOf(text: string): [number, number][] {
  const pairs: [number, number][] = [];
  let byte = 0;
  let unit = 0;
  for (const character of text) {
    const code = character.codePointAt(0)!;
    byte += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    unit += character.length;
    if (code >= 0x80) pairs.push([byte, unit]);
  }
  return pairs;
}
