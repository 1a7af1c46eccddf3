// A reading as the page shows it: findings in the order of the text, with their marks in UTF-16 units.
import type { Commitment, Entity, Evidence, Position, ReadingEvent, Statement, Story } from "./api_types.ts";
import type { Layer, Mark } from "./marks.ts";
import { type Span, toUnits } from "./offsets.ts";

export type Found =
  | { layer: "statement"; it: Statement }
  | { layer: "event"; it: ReadingEvent }
  | { layer: "commitment"; it: Commitment }
  | { layer: "position"; it: Position };

export type Finding = Found & {
  id: string;
  voice: string | null; // the statement that claims it; null: the outlet
  sentence: Span; // UTF-16 units: what to light up when it is chosen
  bytes: Span; // the same in bytes, for citations
  marks: Mark[];
};

const STATEMENT_IS_WIDE = 1200; // bytes; a longer one is lit up by its words alone

function hull(spans: readonly Span[]): Span {
  return [Math.min(...spans.map((span) => span[0])), Math.max(...spans.map((span) => span[1]))];
}

export function findingsOf(story: Story): Finding[] {
  const pairs = story.utf16;
  const reading = story.reading;
  const findings: Finding[] = [];
  const add = (found: Found, voice: string | null, bytes: Span, spans: [Span, string][]) => {
    const marks = spans.map(([span, role]) => {
      const [begin, end] = toUnits(pairs, span);
      return { finding: found.it.id, layer: found.layer as Layer, begin, end, role };
    });
    findings.push({ ...found, id: found.it.id, voice, sentence: toUnits(pairs, bytes), bytes, marks });
  };
  const evidence = (it: Evidence): [Span, string][] => {
    if (it.spans?.length) return it.spans.map((span) => [span, "words"]);
    return [[it.trigger ?? it.sentence, "words"]];
  };

  for (const it of reading.statements) {
    const spans: [Span, string][] = it.content.map((span) => [span, "words"]);
    for (const span of it.quoted) spans.push([span, "quoted"]);
    if (it.cue) spans.push([it.cue, "cue"]);
    const all = hull([...it.content, ...(it.cue ? [it.cue] : []), ...(it.source ? [it.source] : [])]);
    const bytes = all[1] - all[0] > STATEMENT_IS_WIDE ? hull(it.content) : all;
    add({ layer: "statement", it }, it.within ?? null, bytes, spans);
  }
  for (const it of reading.events) {
    // The trigger alone is underlined: an event's words often run over most of its sentence.
    const trigger = it.evidence.trigger;
    add({ layer: "event", it }, claim(it.voice), it.evidence.sentence, trigger ? [[trigger, "words"]] : evidence(it.evidence));
  }
  for (const it of reading.commitments) add({ layer: "commitment", it }, claim(it.voice), it.evidence.sentence, evidence(it.evidence));
  for (const it of reading.positions) add({ layer: "position", it }, claim(it.voice), it.evidence.sentence, evidence(it.evidence));

  const first = (finding: Finding) => Math.min(finding.sentence[0], ...finding.marks.map((mark) => mark.begin));
  const order = ["statement", "event", "commitment", "position"];
  return findings.sort((a, b) => first(a) - first(b) || order.indexOf(a.layer) - order.indexOf(b.layer) || a.marks[0]!.begin - b.marks[0]!.begin);
}

function claim(voice: string): string | null {
  return voice === "outlet" ? null : voice;
}

export function entityMarks(story: Story): Mark[] {
  return story.reading.entities.flatMap((entity) =>
    entity.mentions.map(({ span, form }) => {
      const [begin, end] = toUnits(story.utf16, span);
      return { finding: entity.id, layer: "entity" as const, begin, end, role: form };
    }),
  );
}

export function entityName(entity: Entity | undefined, otherwise: string): string {
  return entity?.name ?? entity?.ref.replace(/^[a-z]+:/, "").replaceAll("-", " ") ?? otherwise;
}
