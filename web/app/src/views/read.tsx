// A story with all that was found in it.
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { address, change, formatAddress } from "../core/address.ts";
import { apiAddress, useAnswer } from "../core/api.ts";
import type { Story } from "../core/api_types.ts";
import { dayWords } from "../core/days.ts";
import { type Finding, entityMarks, entityName, findingsOf } from "../core/findings.ts";
import { LAYERS, type Layer, paragraphs, placeCards } from "../core/marks.ts";
import { type Span, toUnits } from "../core/offsets.ts";
import { visibleText } from "../core/visible.ts";
import { LAYER_WORDS, count, counted, plain } from "../core/words.ts";
import { copyCitation, copyText } from "../parts/cite.tsx";
import { Empty, Failed, Loading } from "../parts/states.tsx";
import { announce, partyName, shortcuts } from "../parts/store.ts";
import { Text } from "../parts/text.tsx";
import { type Cast, FindingCard } from "./finding_card.tsx";
import { StoryText } from "./story_text.tsx";

export function ReadView() {
  const { doc, document: name } = address.value.parameters;
  const { data, error, retry } = useAnswer<Story>(doc || name ? apiAddress("story", doc ? { doc } : { document: name }) : null);
  if (!doc && !name) {
    return (
      <Empty>
        <h1 tabIndex={-1}>No story chosen</h1>
        <p>
          Choose one from the <a href={formatAddress("sources", { tab: "stories" })}>list of stories</a>, or <a href={formatAddress("paste")}>read a text of your own</a>.
        </p>
      </Empty>
    );
  }
  if (error) return <Failed error={error} retry={retry} />;
  if (!data) return <Loading what="the story" />;
  return <StoryPage key={data.doc ?? ""} story={data} />;
}

const WIDE = matchMedia("(min-width: 72rem)");

function hiddenLayers(): Set<Layer> {
  const letters = address.value.parameters.hide ?? "";
  return new Set(LAYERS.filter((layer) => letters.includes(LAYER_WORDS[layer].letter)));
}

function toggleLayer(layer: Layer): void {
  const hidden = hiddenLayers();
  if (!hidden.delete(layer)) hidden.add(layer);
  change({ hide: LAYERS.filter((it) => hidden.has(it)).map((it) => LAYER_WORDS[it].letter).join("") }, true);
}

function spanOf(text: string | undefined): Span | null {
  const found = /^(\d+)-(\d+)$/.exec(text ?? "");
  return found ? [Number(found[1]), Number(found[2])] : null;
}

export function StoryPage({ story }: { story: Story }) {
  const { reading } = story;
  const text = reading.document.text ?? "";
  const { at, span } = address.value.parameters;
  const hidden = hiddenLayers();
  const hiddenKey = [...hidden].join();

  const findings = useMemo(() => findingsOf(story), [story]);
  const names = useMemo(() => entityMarks(story), [story]);
  const cuts = useMemo(() => paragraphs(text), [text]);
  const cast = useMemo<Cast>(
    () => ({
      entities: new Map(reading.entities.map((entity) => [entity.id, entity])),
      voices: new Map(findings.map((finding) => [finding.id, finding])),
      words: (bytes) => text.slice(...toUnits(story.utf16, [bytes[0], bytes[1]])),
    }),
    [story],
  );
  const shown = useMemo(() => findings.filter((finding) => !hidden.has(finding.layer)), [findings, hiddenKey]);
  const marks = useMemo(() => [...shown.flatMap((finding) => finding.marks), ...(hidden.has("entity") ? [] : names)], [shown, names, hiddenKey]);
  const chosen = at ?? null;
  const finding = findings.find((it) => it.id === chosen);
  const asked = spanOf(span);
  const lit = finding ? finding.sentence : asked ? toUnits(story.utf16, asked) : null;
  const title = reading.document.title ?? null;
  const headline = title !== null && cuts.length > 0 && text.slice(...cuts[0]!).replace(/\s+/g, " ") === title;

  const choose = (id: string | null) => change({ at: id, span: null }, true);
  const page = useRef<HTMLElement>(null);

  // The chosen place comes into sight; where it is already, nothing moves.
  useEffect(() => {
    const place = page.current?.querySelector(".story .seg.is-chosen, .story .seg.lit");
    if (!place) return;
    const box = place.getBoundingClientRect();
    const floor = WIDE.matches ? innerHeight - 80 : innerHeight * 0.55; // the chosen card lies over the rest of a narrow page
    if (box.top < 80 || box.bottom > floor) place.scrollIntoView({ block: "center" });
  }, [chosen, span, story]);

  useEffect(() => {
    const key = (event: KeyboardEvent) => {
      if (!shortcuts.value || event.ctrlKey || event.metaKey || event.altKey) return;
      if ((event.target as HTMLElement).closest("input, textarea, select, [contenteditable], [role=dialog]")) return;
      const now = address.peek().parameters.at ?? null; // keys may come faster than the page is drawn
      const index = shown.findIndex((it) => it.id === now);
      const held = findings.find((it) => it.id === now);
      const step = (by: number) => {
        const next = shown[index < 0 ? (by > 0 ? 0 : shown.length - 1) : Math.min(shown.length - 1, Math.max(0, index + by))];
        if (next) choose(next.id);
      };
      const layer = LAYERS[Number(event.key) - 1];
      if (event.key === "j") step(1);
      else if (event.key === "k") step(-1);
      else if (event.key === "c" && held) void cite(story, held, text);
      else if (event.key === "Escape" && (now || span)) choose(null);
      else if (layer) {
        toggleLayer(layer);
        announce(`${LAYER_WORDS[layer].many} ${hidden.has(layer) ? "shown" : "hidden"}`);
      } else return;
      event.preventDefault();
    };
    addEventListener("keydown", key);
    return () => removeEventListener("keydown", key);
  }, [shown, findings, story, hiddenKey, span]);

  return (
    <article ref={page} class="reading">
      <aside class="rail" aria-label="Layers and names">
        <Layers findings={findings} names={reading.entities.length} hidden={hidden} />
        <Names story={story} chosen={chosen} choose={choose} />
      </aside>
      <div class="story">
        <header>
          {!headline && <h1 tabIndex={-1}>{title ? <Text>{title}</Text> : "Untitled story"}</h1>}
          <Facts story={story} />
        </header>
        {story.state === "unread" && (
          <div class="notice">
            <p>
              This story was kept, but not read: <bdi>{story.reason ?? "no reason is recorded"}</bdi>.
            </p>
          </div>
        )}
        {text === "" && <Empty>The story has no text.</Empty>}
        <StoryText
          text={text}
          paragraphs={cuts}
          marks={marks}
          chosen={chosen}
          lit={lit}
          headline={headline}
          onChoose={(candidates) => {
            const now = candidates.indexOf(chosen ?? "");
            choose(candidates[(now + 1) % candidates.length] ?? null); // again on the same words: the next one that covers them
          }}
        />
        <Provenance story={story} />
      </div>
      <Cards page={page} story={story} text={text} findings={shown} cast={cast} chosen={chosen} choose={choose} all={findings.length} />
    </article>
  );
}

async function cite(story: Story, finding: Finding, text: string): Promise<void> {
  if (story.doc !== null) return copyCitation(story.doc, finding.id, finding.bytes);
  const { title, outlet, published } = story.reading.document;
  const where = [outlet, title && `“${title}”`, published].filter(Boolean).join(", ");
  await copyText(visibleText(`“${text.slice(...finding.sentence)}” ${where ? `${where}, ` : ""}bytes ${finding.bytes[0]}–${finding.bytes[1]}.`), "Citation");
}

function Facts({ story }: { story: Story }) {
  const { outlet, published, dateline, url } = story.reading.document;
  const link = url && /^https?:\/\//i.test(url) ? url : null; // nothing but a web address becomes a link
  return (
    <p class="facts">
      {outlet && story.doc !== null ? (
        <a href={formatAddress("sources", { tab: "stories", outlet })}>
          <Text>{outlet}</Text>
        </a>
      ) : (
        (outlet && <Text>{outlet}</Text>) || "No outlet given"
      )}
      {" · "}
      {published ? <time dateTime={published}>{dayWords(published)}</time> : "no date given"}
      {dateline && (
        <>
          {" · "}
          <Text>{dateline}</Text>
        </>
      )}
      {url && (
        <>
          {" · "}
          {link ? (
            <a class="break" href={link} rel="noreferrer noopener" target="_blank">
              <Text>{url}</Text>
            </a>
          ) : (
            <Text class="break">{url}</Text>
          )}
        </>
      )}
    </p>
  );
}

function Layers({ findings, names, hidden }: { findings: Finding[]; names: number; hidden: Set<Layer> }) {
  const counts = new Map<Layer, number>([["entity", names]]);
  for (const finding of findings) counts.set(finding.layer, (counts.get(finding.layer) ?? 0) + 1);
  return (
    <fieldset class="layers">
      <legend>Layers</legend>
      {LAYERS.map((layer, number) => (
        <label key={layer} class="check">
          <input type="checkbox" checked={!hidden.has(layer)} onChange={() => toggleLayer(layer)} />
          <span class={`swatch seg on-${layer}`}>{LAYER_WORDS[layer].many}</span>
          <span class="number">{count(counts.get(layer) ?? 0)}</span>
          {shortcuts.value && <kbd aria-hidden="true">{number + 1}</kbd>}
        </label>
      ))}
    </fieldset>
  );
}

function Names({ story, chosen, choose }: { story: Story; chosen: string | null; choose: (id: string | null) => void }) {
  const [all, setAll] = useState(false);
  const entities = [...story.reading.entities].sort((a, b) => b.mentions.length - a.mentions.length);
  if (entities.length === 0) return null;
  const few = 12;
  return (
    <section class="names">
      <h2>Named here</h2>
      <ul>
        {entities.slice(0, all ? undefined : few).map((entity) => (
          <li key={entity.id}>
            <button type="button" class="link" aria-pressed={entity.id === chosen} onClick={() => choose(entity.id === chosen ? null : entity.id)}>
              <Text>{entityName(entity, entity.id)}</Text>
            </button>
            <span class="quiet">
              {[entity.office ?? (entity.kind === "person" ? null : plain(entity.kind)), entity.state && entity.kind !== "state" ? partyName(entity.state) : null].filter(Boolean).map((words) => `, ${words}`)}{" "}
              <button type="button" class="link number" aria-label={counted(entity.mentions.length, "mention")} aria-pressed={entity.id === chosen} onClick={() => choose(entity.id === chosen ? null : entity.id)}>
                ×{entity.mentions.length}
              </button>
            </span>
          </li>
        ))}
      </ul>
      {entities.length > few && (
        <button type="button" class="link" onClick={() => setAll(!all)}>
          {all ? "Fewer" : `All ${entities.length}`}
        </button>
      )}
    </section>
  );
}

function Provenance({ story }: { story: Story }) {
  const copies = story.copies ?? [];
  return (
    <footer class="provenance">
      {copies.length > 0 && (
        <>
          <h2>Also told by</h2>
          <ul>
            {copies.map((copy) => (
              <li key={copy.doc}>
                <a href={formatAddress("read", { doc: copy.doc })}>
                  <Text>{copy.title ?? copy.document}</Text>
                </a>{" "}
                <span class="quiet">
                  {copy.outlet && <Text>{copy.outlet}</Text>} {dayWords(copy.date)}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      <p class="quiet small break">
        {story.doc === null ? (
          "Read just now; nothing of it was stored."
        ) : (
          <>
            Document <code>{story.reading.document.id}</code>
            {story.source && (
              <>
                , from <bdi>{visibleText(story.source)}</bdi>
              </>
            )}
            {story.engine && <>. Read by dragoman {story.engine.version}</>}. What is marked is what the text says, not what is true.
          </>
        )}
      </p>
    </footer>
  );
}

interface CardsProperties {
  page: { current: HTMLElement | null };
  story: Story;
  text: string;
  findings: Finding[];
  cast: Cast;
  chosen: string | null;
  choose: (id: string | null) => void;
  all: number;
}

/** On a wide page each card stands beside its words; on a narrow one they follow the story, and the chosen one stays in sight. */
function Cards({ page, story, text, findings, cast, chosen, choose, all }: CardsProperties) {
  const list = useRef<HTMLOListElement>(null);
  const [wide, setWide] = useState(WIDE.matches);
  const [, remeasure] = useState(0);
  useEffect(() => {
    const change = () => setWide(WIDE.matches);
    const resize = () => remeasure((n) => n + 1);
    WIDE.addEventListener("change", change);
    addEventListener("resize", resize);
    void document.fonts?.ready.then(resize);
    return () => {
      WIDE.removeEventListener("change", change);
      removeEventListener("resize", resize);
    };
  }, []);

  useLayoutEffect(() => {
    const element = list.current;
    if (!element || !page.current) return;
    const cards = [...element.querySelectorAll<HTMLElement>(":scope > li")];
    if (!wide) {
      for (const card of cards) card.style.top = "";
      element.style.height = "";
      return;
    }
    const origin = element.getBoundingClientRect().top;
    const places = [...page.current.querySelectorAll<HTMLElement>(".story .seg[data-begin]")];
    const begins = places.map((place) => Number(place.dataset.begin));
    const anchors = findings.map((finding) => {
      const begin = finding.marks[0]!.begin;
      let index = begins.findIndex((it) => it >= begin);
      if (index < 0) index = begins.length - 1;
      return places[index] ? places[index]!.getBoundingClientRect().top - origin : 0;
    });
    const heights = cards.map((card) => card.offsetHeight);
    const tops = placeCards(anchors, heights, 8, findings.findIndex((finding) => finding.id === chosen));
    const lift = Math.min(0, tops[0] ?? 0); // never above the column's own top
    tops.forEach((top, number) => {
      cards[number]!.style.top = `${top - lift}px`;
    });
    element.style.height = `${Math.max(0, ...tops.map((top, number) => top - lift + heights[number]!))}px`;
  });

  return (
    <section class="margin" aria-label="Findings">
      <h2 class={wide ? "unseen" : undefined}>Findings</h2>
      {findings.length === 0 && <p class="quiet">{all === 0 ? "Nothing was found in this story that counts as a statement, event, undertaking or position." : "All layers with findings are hidden."}</p>}
      <ol ref={list} class={wide ? "cards beside" : "cards"}>
        {findings.map((finding) => {
          const open = finding.id === chosen;
          const entry = story.undertakings?.[finding.id];
          return (
            <li key={finding.id} class={`card on-${finding.layer} ${open ? "is-chosen" : ""}`}>
              <button type="button" class="face" aria-pressed={open} onClick={() => choose(open ? null : finding.id)}>
                <FindingCard finding={finding} cast={cast} verdict={story.reviews?.find((it) => it.finding === finding.id)?.verdict} />
              </button>
              {open && (
                <p class="acts">
                  <button type="button" class="link" onClick={() => void cite(story, finding, text)}>
                    Copy as citation
                  </button>
                  {entry && <a href={formatAddress("ledger", { open: entry })}>In the ledger</a>}
                  <span class="quiet number" title="bytes of the story's text">
                    {finding.id} · {finding.bytes[0]}–{finding.bytes[1]}
                  </span>
                </p>
              )}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
