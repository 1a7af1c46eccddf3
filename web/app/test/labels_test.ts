import assert from "node:assert/strict";
import { test } from "node:test";
import { placeLabels } from "../src/core/labels.ts";

test("the first name stands at the right; one that would cover it goes left, or is left out", () => {
  const labels = placeLabels([{ name: "Lisbon", x: 100, y: 50, radius: 5 }, { name: "Sintra", x: 98, y: 52, radius: 5 }, { name: "Cascais", x: 99, y: 51, radius: 5 }], 400);
  assert.deepEqual(labels.map(({ name, left }) => [name, left]), [["Lisbon", false], ["Sintra", true]]);
});

test("a name never leaves the drawing", () => {
  assert.deepEqual(placeLabels([{ name: "Vladivostok", x: 390, y: 50, radius: 5 }], 400).map((it) => it.left), [true]);
  assert.deepEqual(placeLabels([{ name: "A name longer than the drawing", x: 20, y: 50, radius: 5 }], 60), []);
});
