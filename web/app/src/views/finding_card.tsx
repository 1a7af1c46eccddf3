// What a finding says, on a card beside the story.
import type { Entity } from "../core/api_types.ts";
import { dayWords, rangeWords } from "../core/days.ts";
import { type Finding, entityName } from "../core/findings.ts";
import { LAYER_WORDS, POLARITY_SIGN, capital, eventWords, plain } from "../core/words.ts";
import { partyName } from "../parts/store.ts";
import { Joined, Text } from "../parts/text.tsx";

const SNIPPET = 90; // characters of a statement on its card

export interface Cast {
  entities: Map<string, Entity>;
  voices: Map<string, Finding>; // statements by id
  words: (span: readonly [number, number]) => string; // bytes of the text
}

export function People({ ids, cast, empty = "nobody named" }: { ids: string[]; cast: Cast; empty?: string }) {
  return (
    <Joined
      empty={empty}
      items={ids.map((id) => {
        const entity = cast.entities.get(id);
        const detail = [entity?.office, entity?.state && entity.kind !== "state" ? partyName(entity.state) : null].filter(Boolean).join(", ");
        return (
          <span key={id} title={detail || undefined}>
            <Text>{entityName(entity, id)}</Text>
          </span>
        );
      })}
    />
  );
}

function Claim({ voice, cast }: { voice: string | null; cast: Cast }) {
  if (!voice) return null;
  const statement = cast.voices.get(voice);
  const speakers = statement?.layer === "statement" ? statement.it.speakers : [];
  return (
    <span>
      <span class="tag claimed">according to</span> <People ids={speakers} cast={cast} empty="a speaker who is not named" />
    </span>
  );
}

function Body({ finding, cast }: { finding: Finding; cast: Cast }) {
  if (finding.layer === "statement") {
    const it = finding.it;
    const cue = it.cue ? cast.words(it.cue) : null;
    const words = it.content.map(cast.words).join(" … ").replace(/\s+/g, " ");
    return (
      <>
        <span class="title">
          <People ids={it.speakers} cast={cast} empty="Speaker not named" />
        </span>
        <span class="detail">
          {it.denied && <span class="tag bad">denies</span>} {capital(it.kind)}
          {cue && (
            <>
              {" · "}
              <q>
                <Text>{cue}</Text>
              </q>
            </>
          )}
          {it.addressee && it.addressee.length > 0 && (
            <>
              {" · to "}
              <People ids={it.addressee} cast={cast} />
            </>
          )}
          {it.occasion && (
            <>
              {" · "}
              <Text>{it.occasion}</Text>
            </>
          )}
        </span>
        <span class="detail snippet">
          <Text>{words.length > SNIPPET ? `${words.slice(0, words.lastIndexOf(" ", SNIPPET))} …` : words}</Text>
        </span>
      </>
    );
  }
  if (finding.layer === "event") {
    const it = finding.it;
    const when = rangeWords(it.when?.from, it.when?.to, it.when?.precision);
    return (
      <>
        <span class="title">
          {it.quad && <span class={`dot quad-${it.quad}`} />} {eventWords(it.type, it.mode)}
          <span class="quiet"> · {plain(it.actuality)}</span>
        </span>
        <span class="detail">
          <People ids={it.actors} cast={cast} /> <span class="arrow" role="img" aria-label="to">→</span> <People ids={it.recipients} cast={cast} />
        </span>
        {(when || (it.where?.length ?? 0) > 0) && (
          <span class="detail quiet">
            {when}
            {it.where && it.where.length > 0 && (
              <>
                {when && ", "}
                <People ids={it.where.map((place) => place.entity)} cast={cast} />
              </>
            )}
          </span>
        )}
      </>
    );
  }
  if (finding.layer === "commitment") {
    const it = finding.it;
    return (
      <>
        <span class="title">
          <Text>{it.title}</Text>
        </span>
        <span class="detail">
          <span class={`tag stage-${it.stage}`}>{it.stage}</span> {plain(it.sector)}
          {it.deadline?.to && <> · by {rangeWords(it.deadline.to, it.deadline.to, it.deadline.precision)}</>}
        </span>
        <span class="detail">
          <People ids={it.undertakers} cast={cast} /> <span class="arrow" role="img" aria-label="to">→</span> <People ids={it.counterparties} cast={cast} />
        </span>
        {it.condition && (
          <span class="detail quiet">
            if: <Text>{cast.words(it.condition)}</Text>
          </span>
        )}
      </>
    );
  }
  const it = finding.it;
  return (
    <>
      <span class="title">
        <span class={`polarity ${it.polarity}`}>
          <span aria-hidden="true">{POLARITY_SIGN[it.polarity]}</span> {it.polarity}
        </span>{" "}
        <Text>{it.issue}</Text>
      </span>
      <span class="detail">
        <People ids={it.holders} cast={cast} /> · {plain(it.act)}
      </span>
    </>
  );
}

export function FindingCard({ finding, cast, verdict }: { finding: Finding; cast: Cast; verdict?: string | undefined }) {
  return (
    <>
      <span class={`layer on-${finding.layer}`}>{capital(LAYER_WORDS[finding.layer].one)}</span>
      <Body finding={finding} cast={cast} />
      <span class="detail quiet">
        <Claim voice={finding.voice} cast={cast} />
        {verdict && <span class="tag">review: {verdict}</span>}
      </span>
    </>
  );
}

export function publishedWords(date: string | null | undefined): string {
  return date ? dayWords(date) : "no date given";
}
