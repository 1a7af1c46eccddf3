import { QUADS, type Quad } from "../core/api_types.ts";
import { QUAD_WORDS, count } from "../core/words.ts";

/** How many of each quad class, as one bar; each part leads to its rows. */
export function QuadBar({ counts, href }: { counts: Record<Quad, number>; href?: (quad: Quad) => string }) {
  const total = QUADS.reduce((sum, quad) => sum + counts[quad], 0);
  if (total === 0) return <span class="quadbar" />;
  return (
    <span class="quadbar">
      {QUADS.filter((quad) => counts[quad] > 0).map((quad) => {
        const words = `${count(counts[quad])} ${QUAD_WORDS[quad]}`;
        const style = { flexGrow: String(counts[quad]) };
        return href ? (
          <a key={quad} class={`quad-${quad}`} style={style} href={href(quad)} title={words} aria-label={words} />
        ) : (
          <span key={quad} class={`quad-${quad}`} style={style} title={words} role="img" aria-label={words} />
        );
      })}
    </span>
  );
}

export function QuadKey() {
  return (
    <ul class="key" aria-label="Colours">
      {QUADS.map((quad) => (
        <li key={quad}>
          <span class={`dot quad-${quad}`} /> {QUAD_WORDS[quad]}
        </li>
      ))}
    </ul>
  );
}
