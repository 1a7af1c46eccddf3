import assert from "node:assert/strict";
import { test } from "node:test";
import { type Mark, paragraphs, placeCards, segments } from "../src/core/marks.ts";

const mark = (finding: string, begin: number, end: number): Mark => ({ finding, layer: "event", begin, end, role: "words" });
const shape = (begin: number, end: number, marks: Mark[]) => segments(begin, end, marks).map((it) => `${it.begin}-${it.end}:${it.marks.map((one) => one.finding).join("")}`);

test("marks that cross are cut where they begin and end", () => {
  assert.deepEqual(shape(0, 20, [mark("a", 2, 10), mark("b", 6, 14)]), ["0-2:", "2-6:a", "6-10:ab", "10-14:b", "14-20:"]);
});

test("what reaches beyond is clipped; what is empty or elsewhere is left out", () => {
  assert.deepEqual(shape(10, 20, [mark("a", 0, 12), mark("b", 18, 30), mark("c", 15, 15), mark("d", 0, 10), mark("e", 20, 25)]), ["10-12:a", "12-18:", "18-20:b"]);
});

test("marks keep the order they were given in, whichever begins first", () => {
  assert.deepEqual(shape(0, 6, [mark("a", 3, 6), mark("b", 0, 6)]), ["0-3:b", "3-6:ab"]);
});

test("segments of any marks add up to the text, and each knows all that covers it", () => {
  let seed = 7;
  const random = (below: number) => (seed = (seed * 48271) % 2147483647) % below;
  for (let round = 0; round < 200; ++round) {
    const marks = Array.from({ length: random(12) }, (_, number) => {
      const begin = random(60) - 5;
      return mark(String(number), begin, begin + random(30));
    });
    const cut = segments(0, 50, marks);
    assert.equal(cut[0]?.begin, 0);
    assert.equal(cut.at(-1)?.end, 50);
    cut.forEach((segment, number) => {
      if (number > 0) assert.equal(segment.begin, cut[number - 1]!.end);
      const covering = marks.filter((it) => it.begin <= segment.begin && it.end >= segment.end && it.begin < it.end);
      assert.deepEqual(segment.marks, covering);
    });
  }
});

test("ten thousand marks are cut in good time", () => {
  const marks = Array.from({ length: 10_000 }, (_, number) => mark(String(number), number * 3, number * 3 + 8));
  const start = performance.now();
  assert.equal(segments(0, 30_010, marks).at(-1)?.end, 30_010);
  assert.ok(performance.now() - start < 2000);
});

test("paragraphs stand between empty lines", () => {
  const text = "Title\n\nFirst\nline.\n \n  Second.  \n\n\n";
  assert.deepEqual(paragraphs(text).map(([begin, end]) => text.slice(begin, end)), ["Title", "First\nline.", "Second."]);
  assert.deepEqual(paragraphs(" \n\n "), []);
});

test("a text without empty lines has a paragraph a line", () => {
  const text = "Title\nFirst line.\nSecond.";
  assert.deepEqual(paragraphs(text).map(([begin, end]) => text.slice(begin, end)), ["Title", "First line.", "Second."]);
});

test("cards never cover each other, and the chosen one stands at its words", () => {
  const tops = placeCards([0, 10, 20, 300], [50, 50, 50, 50], 8, 2);
  assert.equal(tops[2], 20);
  for (let i = 1; i < tops.length; ++i) assert.ok(tops[i]! >= tops[i - 1]! + 58);
  assert.deepEqual(placeCards([], [], 8), []);
  assert.deepEqual(placeCards([0, 100], [20, 20], 8), [0, 100]);
});
