// The story's text with its marks. Each piece of text is one element that carries all layers over it, so marks may cross each other.
import type { Mark, Segment } from "../core/marks.ts";
import { segments } from "../core/marks.ts";
import type { Span } from "../core/offsets.ts";
import { Pieces } from "../parts/text.tsx";

interface Properties {
  text: string;
  paragraphs: Span[];
  marks: Mark[];
  chosen: string | null; // a finding, or an entity
  lit: Span | null; // the sentence of the chosen finding, or the place of a search's hit
  headline: boolean; // the first paragraph is the story's title
  onChoose: (candidates: string[]) => void;
}

function classes(segment: Segment, chosen: string | null, lit: Span | null): string {
  const names = new Set<string>();
  for (const mark of segment.marks) {
    names.add(`on-${mark.layer}`);
    if (mark.role === "quoted") names.add("quoted");
    if (mark.role === "cue") names.add("cue");
    if (mark.finding === chosen) names.add("is-chosen");
  }
  if (lit && segment.begin >= lit[0] && segment.end <= lit[1]) names.add("lit");
  return [...names].join(" ");
}

// The narrowest finding comes first: a click means what is smallest under it.
function candidates(segment: Segment): string[] {
  const widths = new Map<string, number>();
  for (const mark of segment.marks) {
    const width = mark.end - mark.begin + (mark.layer === "entity" ? 0 : 0.5);
    widths.set(mark.finding, Math.min(width, widths.get(mark.finding) ?? Infinity));
  }
  return [...widths].sort((a, b) => a[1] - b[1]).map(([finding]) => finding);
}

export function StoryText({ text, paragraphs, marks, chosen, lit, headline, onChoose }: Properties) {
  const light: Mark[] = lit ? [{ finding: "", layer: "entity", begin: lit[0], end: lit[1], role: "lit" }] : [];
  return (
    <>
      {paragraphs.map(([begin, end], number) => {
        const inside = marks.filter((mark) => mark.begin < end && mark.end > begin);
        const pieces = segments(begin, end, [...inside, ...light]).map((segment) => {
          const real = { ...segment, marks: segment.marks.filter((mark) => mark.role !== "lit") };
          const name = classes(real, chosen, lit);
          const words = <Pieces text={text.slice(segment.begin, segment.end)} />;
          if (!name) return words;
          const found = real.marks.length > 0;
          return (
            <span key={segment.begin} class={`seg ${name}`} data-begin={segment.begin} onClick={found ? () => onChoose(candidates(real)) : undefined}>
              {words}
            </span>
          );
        });
        return headline && number === 0 ? (
          <h1 key={begin} dir="auto" tabIndex={-1}>
            {pieces}
          </h1>
        ) : (
          <p key={begin} dir="auto">
            {pieces}
          </p>
        );
      })}
    </>
  );
}
