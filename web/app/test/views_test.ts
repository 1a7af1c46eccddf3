import assert from "node:assert/strict";
import { test } from "node:test";
import type { Cell, Network } from "../src/core/api_types.ts";
import { matrixOf } from "../src/core/matrix.ts";
import { layOut } from "../src/core/network_layout.ts";

const cell = (holder: string, issue: string): Cell => ({
  holder, name: `name of ${holder}`, issue, issue_id: issue, polarity: "for", change: null, reports: 1, since: null, date: null,
  source: { document: "d", date: null, outlet: null, voice: "outlet", said_by: [], span: [0, 1], quote: "q" },
});

test("the matrix keeps issues in their order, and holders with most cells first", () => {
  const { issues, holders } = matrixOf([cell("ISL", "cod"), cell("NOR", "ferry"), cell("NOR", "cod"), cell("CHL", "wine")]);
  assert.deepEqual(issues.map((it) => it.id), ["cod", "ferry", "wine"]);
  assert.deepEqual(holders.map((it) => it.ref), ["NOR", "CHL", "ISL"]);
  assert.deepEqual([...issues[0]!.cells.keys()], ["ISL", "NOR"]);
  assert.deepEqual(matrixOf([]), { issues: [], holders: [] });
});

const quads = { verbal_cooperation: 1, material_cooperation: 0, verbal_conflict: 0, material_conflict: 0 };
const network: Network = {
  nodes: ["A", "B", "C", "D", "E"].map((party) => ({ party, name: party, kind: "state", events: 3 })),
  edges: [["A", "B"], ["B", "C"], ["D", "E"], ["A", "A"]].map(([a, b]) => ({ a: a!, b: b!, events: 2, claimed: 0, goldstein: null, ...quads })),
  total: 4,
};

test("a network is drawn the same way each time, inside its frame, no two parties on one point", () => {
  const first = [...layOut(network, 400, 300).values()];
  assert.deepEqual([...layOut(network, 400, 300).values()], first);
  for (const { x, y } of first) assert.ok(x >= 0 && x <= 400 && y >= 0 && y <= 300, `${x}, ${y}`);
  assert.equal(new Set(first.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`)).size, 5);
});

test("a party alone stands in the middle", () => {
  const [point] = layOut({ nodes: [network.nodes[0]!], edges: [], total: 0 }, 400, 300).values();
  assert.deepEqual([point!.x, point!.y], [200, 150]);
});
