// Names beside points of a drawing, without covering each other.

interface Point {
  name: string;
  x: number;
  y: number;
  radius: number;
}

export interface Label {
  name: string;
  x: number;
  y: number;
  left: boolean; // it ends at x
}

const LETTER = 7.2; // about the width of one, and half the height of a line
const HALF_LINE = 8;
const GAP = 4;

/** Points come with the most important first: each gets its name at the right, else at the left, else none where others stand. */
export function placeLabels(points: readonly Point[], width: number): Label[] {
  const taken: [left: number, right: number, top: number, bottom: number][] = [];
  const labels: Label[] = [];
  for (const { name, x, y, radius } of points) {
    const long = name.length * LETTER;
    for (const left of [false, true]) {
      const begin = left ? x - radius - GAP - long : x + radius + GAP;
      const box: (typeof taken)[number] = [begin, begin + long, y - HALF_LINE, y + HALF_LINE];
      if (box[0] < 0 || box[1] > width) continue;
      if (taken.some((it) => it[0] < box[1] && it[1] > box[0] && it[2] < box[3] && it[3] > box[2])) continue;
      taken.push(box);
      labels.push({ name, x: left ? x - radius - GAP : x + radius + GAP, y: y + 4, left });
      break;
    }
  }
  return labels;
}
