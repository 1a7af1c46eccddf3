import { SELECTION, address, formatAddress, pick } from "../core/address.ts";
import { apiAddress, useAnswer, usePages } from "../core/api.ts";
import type { Source, Suggestions } from "../core/api_types.ts";
import { dayWords } from "../core/days.ts";
import { counted } from "../core/words.ts";
import { Filters } from "../parts/filters.tsx";
import { RowTable } from "../parts/row_table.tsx";
import { Sentence, storyAddress } from "../parts/source_line.tsx";
import { Empty } from "../parts/states.tsx";
import { Text } from "../parts/text.tsx";

export function SearchView() {
  const { parameters } = address.value;
  const q = parameters.q ?? "";
  if (!q) {
    return (
      <Empty>
        <h1 tabIndex={-1}>Search</h1>
        <p>Type words in the field above. All must be in the story; “a phrase” in quote marks, begin* for the start of a word, OR between alternatives.</p>
      </Empty>
    );
  }
  return <Results q={q} />;
}

function Results({ q }: { q: string }) {
  const pages = usePages<{ copies: number; source: Source }>("search", { q, ...pick(address.value.parameters, ...SELECTION) }, 50);
  const { data } = useAnswer<Suggestions>(apiAddress("suggest", { q }));
  const others = data ? data.parties.length + data.people.length + data.issues.length : 0;
  return (
    <>
      <h1 tabIndex={-1}>
        Search: <Text>{q}</Text>
      </h1>
      {data && others > 0 && (
        <section class="also" aria-label="Parties, people and issues of that name">
          <ul class="plain inline">
            {data.parties.map((party) => (
              <li key={party.party}>
                <a href={formatAddress("relationship", { of: party.party })}>
                  <Text>{party.name}</Text>
                </a>{" "}
                <span class="quiet">party</span>
              </li>
            ))}
            {data.people.map((person) => (
              <li key={person.ref}>
                <a href={formatAddress("quotes", { by: person.name })}>
                  <Text>{person.name}</Text>
                </a>{" "}
                <span class="quiet">quotes</span>
              </li>
            ))}
            {data.issues.map((issue) => (
              <li key={issue.issue_id}>
                <a href={formatAddress("positions", { issue: issue.issue_id })}>
                  <Text>{issue.issue}</Text>
                </a>{" "}
                <span class="quiet">issue</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <Filters />
      <RowTable
        label="Stories"
        one="story"
        many="stories"
        layout="search-table"
        pages={pages}
        rowKey={(row) => String(row.source.doc ?? row.source.document)}
        empty={<p>No story has all of these words. Fewer words, or the beginning of a word with a star (negotiat*), find more.</p>}
        columns={[
          {
            head: "Story",
            class: "grow",
            cell: ({ source }) => (
              <>
                <a class="headline" href={storyAddress(source)}>
                  <Text>{source.title ?? source.document}</Text>
                </a>
                {source.quote !== source.title && (
                  <p class="source">
                    <Sentence source={source} />
                  </p>
                )}
              </>
            ),
          },
          {
            head: "Source",
            cell: (row) => (
              <>
                {row.source.outlet ? <Text>{row.source.outlet}</Text> : <span class="quiet">no outlet</span>}
                <span class="detail quiet number">{dayWords(row.source.date)}</span>
                {row.copies > 0 && <span class="detail quiet">{counted(row.copies, "other telling")}</span>}
              </>
            ),
          },
        ]}
      />
    </>
  );
}
