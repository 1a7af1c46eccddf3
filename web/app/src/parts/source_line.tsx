// Where a row stands: its sentence, who claims it, outlet and day. The sentence opens the story at that place.
import { formatAddress } from "../core/address.ts";
import type { Participant, Source } from "../core/api_types.ts";
import { dayWords } from "../core/days.ts";
import { refWords } from "../core/words.ts";
import { CiteButton } from "./cite.tsx";
import { partyName } from "./store.ts";
import { Joined, Text } from "./text.tsx";

export function storyAddress(source: Source): string {
  const where = source.doc === undefined ? { document: source.document } : { doc: source.doc };
  return formatAddress("read", source.finding ? { ...where, at: source.finding } : { ...where, span: `${source.span[0]}-${source.span[1]}` });
}

export function Sentence({ source }: { source: Source }) {
  return (
    <a class="sentence" href={storyAddress(source)}>
      <Text>{source.quote}</Text>
    </a>
  );
}

export function Byline({ source, silent }: { source: Source; silent?: boolean }) {
  const claimed = source.voice !== "outlet";
  const who = source.speakers?.length ? source.speakers : source.said_by.map(refWords);
  return (
    <span class="byline">
      {claimed && !silent && (
        <>
          <span class="tag claimed">according to</span> <Joined items={who.map((name) => <Text key={name}>{name}</Text>)} empty="a speaker who is not named" />
          {" · "}
        </>
      )}
      {source.outlet ? <Text>{source.outlet}</Text> : "no outlet given"}, <span class="nowrap">{dayWords(source.date)}</span> <CiteButton source={source} />
    </span>
  );
}

export function SourceLine({ source }: { source: Source }) {
  return (
    <p class="source">
      <Sentence source={source} /> <Byline source={source} />
    </p>
  );
}

export function Who({ people, empty }: { people: Participant[]; empty?: string }) {
  return <Joined empty={empty ?? "nobody named"} items={people.map((person) => <PersonName key={person.ref} person={person} />)} />;
}

export function PersonName({ person }: { person: Participant }) {
  const detail = [person.office, person.party && person.party !== person.ref ? partyName(person.party) : null].filter(Boolean).join(", ");
  return (
    <span title={detail || undefined}>
      <Text>{person.name}</Text>
    </span>
  );
}

export function Parties({ codes, empty }: { codes: string[]; empty?: string }) {
  return <Joined empty={empty ?? "nobody named"} items={codes.map((code) => <Text key={code}>{partyName(code)}</Text>)} />;
}
