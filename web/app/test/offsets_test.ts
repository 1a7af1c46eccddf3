import assert from "node:assert/strict";
import { test } from "node:test";
import { pairsOf, toByte, toUnit, toUnits } from "../src/core/offsets.ts";

test("bytes are units while all is ASCII", () => {
  assert.equal(toUnit([], 12), 12);
  assert.deepEqual(pairsOf("Cod and cork"), []);
});

test("each character's bytes and units agree with the encoder's, in every kind of text", () => {
  for (const text of ["Türkiye’s café", "عباس کامور", "🐟🐟 fish", "a\u0301e", "", "é", "x\uFFFDy", "line\nline “quoted”"]) {
    const pairs = pairsOf(text);
    let unit = 0;
    let byte = 0;
    for (const character of text) {
      assert.equal(toUnit(pairs, byte), unit, `${text}: byte ${byte}`);
      assert.equal(toByte(pairs, unit), byte, `${text}: unit ${unit}`);
      unit += character.length;
      byte += new TextEncoder().encode(character).length;
    }
    assert.equal(toUnit(pairs, byte), text.length);
  }
});

test("a span cuts the words it stands for", () => {
  const text = "LISBON – Helena “said”";
  const bytes = new TextEncoder().encode(text);
  const begin = 11; // after the dash's three bytes and a blank
  const [from, to] = toUnits(pairsOf(text), [begin, begin + 6]);
  assert.equal(text.slice(from, to), "Helena");
  assert.equal(new TextDecoder().decode(bytes.slice(begin, begin + 6)), "Helena");
});
