import assert from "node:assert/strict";
import { test } from "node:test";
import { dayNumber, dayWords, rangeWords } from "../src/core/days.ts";

test("days in words", () => {
  assert.equal(dayWords("2026-03-12"), "12 Mar 2026");
  assert.equal(dayWords("2026-03"), "Mar 2026");
  assert.equal(dayWords(null), "undated");
  assert.equal(dayWords("2026-13-40"), "2026-13-40");
});

test("ranges say a day once", () => {
  assert.equal(rangeWords("2026-03-12", "2026-03-12"), "12 Mar 2026");
  assert.equal(rangeWords("2026-03-12", "2026-03-14"), "12 Mar 2026 – 14 Mar 2026");
  assert.equal(rangeWords("2027-03-31", "2027-03-31", "month"), "Mar 2027");
  assert.equal(rangeWords(null, "2027-03-31"), "until 31 Mar 2027");
  assert.equal(rangeWords(null, null), "");
});

test("days are numbered since 1970", () => {
  assert.equal(dayNumber("1970-01-02"), 1);
  assert.ok(Number.isNaN(dayNumber("soon")));
});
