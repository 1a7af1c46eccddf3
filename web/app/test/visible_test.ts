import assert from "node:assert/strict";
import { test } from "node:test";
import { visiblePieces, visibleText } from "../src/core/visible.ts";

test("plain text is one piece, in any script", () => {
  for (const text of ["", "Lisbon", "مریم آزاد", "روزنامه\u200Cی", "🐟\u200D🐟", "tab\tand\nline"]) assert.deepEqual(visiblePieces(text), [{ text }]);
});

test("controls that turn the direction become labels, and are not in the text any more", () => {
  const shown = visibleText("a\u202Ebc\u202C \u2066d\u2069\u200F\u200E\u061C");
  assert.equal(shown, "a[RLO]bc[PDF] [LRI]d[PDI][RLM][LRM][ALM]");
  assert.ok(!/[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/.test(shown));
});

test("other characters that show nothing get their number", () => {
  assert.equal(visibleText("bell\u0007 \u0000 \u009F \u{E0041}"), "bell[U+0007] [U+0000] [U+009F] [U+E0041]");
});

test("markup is text like any other", () => {
  const text = "<script>alert(1)</script> &amp; <b>";
  assert.deepEqual(visiblePieces(text), [{ text }]);
});
