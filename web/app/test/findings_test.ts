import assert from "node:assert/strict";
import { test } from "node:test";
import type { Story } from "../src/core/api_types.ts";
import { entityMarks, findingsOf } from "../src/core/findings.ts";
import { pairsOf } from "../src/core/offsets.ts";

// “We agree,” Öztürk said.
const text = "“We agree,” Öztürk said.";
const story: Story = {
  doc: 1,
  utf16: pairsOf(text),
  reading: {
    document: { id: "x", text },
    entities: [{ id: "e1", kind: "person", ref: "local:o", name: "Öztürk", state: null, office: null, mentions: [{ span: [16, 24], form: "name" }] }],
    statements: [{ id: "s1", speakers: ["e1"], kind: "direct", cue: [25, 29], content: [[3, 12]], quoted: [[3, 12]] }],
    events: [{ id: "v1", type: "AGREE", actors: ["e1"], recipients: [], actuality: "happened", voice: "s1", evidence: { trigger: [6, 11], sentence: [0, 30] } }],
    commitments: [],
    positions: [],
  },
};

test("marks stand at the words, though bytes and units go apart", () => {
  const findings = findingsOf(story);
  assert.deepEqual(findings.map((it) => it.id), ["v1", "s1"]);
  const words = (id: string) => findings.find((it) => it.id === id)!.marks.map((mark) => `${mark.role}: ${text.slice(mark.begin, mark.end)}`);
  assert.deepEqual(words("s1"), ["words: We agree,", "quoted: We agree,", "cue: said"]);
  assert.deepEqual(words("v1"), ["words: agree"]);
  assert.equal(findings[0]!.voice, "s1");
  const [name] = entityMarks(story);
  assert.equal(text.slice(name!.begin, name!.end), "Öztürk");
});
