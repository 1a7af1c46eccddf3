// Positions as a matrix.
import type { Cell } from "./api_types.ts";
import { refWords } from "./words.ts";

/** The cells as a grid: issues in the order they came, holders by how many issues they take a stance on. */
export function matrixOf(cells: Cell[]) {
  const issues = new Map<string, { id: string; words: string; cells: Map<string, Cell> }>();
  const holders = new Map<string, { ref: string; name: string; cells: number }>();
  for (const cell of cells) {
    const key = cell.issue_id || cell.issue;
    const issue = issues.get(key) ?? { id: key, words: cell.issue, cells: new Map() };
    issue.cells.set(cell.holder, cell);
    issues.set(key, issue);
    const holder = holders.get(cell.holder) ?? { ref: cell.holder, name: cell.name || refWords(cell.holder), cells: 0 };
    holder.cells++;
    holders.set(cell.holder, holder);
  }
  const sorted = [...holders.values()].sort((a, b) => b.cells - a.cells || (a.name < b.name ? -1 : 1));
  return { issues: [...issues.values()], holders: sorted };
}
