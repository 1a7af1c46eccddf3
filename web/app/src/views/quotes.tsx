import { SELECTION, address, formatAddress, pick } from "../core/address.ts";
import { apiAddress, request, usePages } from "../core/api.ts";
import type { Page, Person, Quote } from "../core/api_types.ts";
import { counted, plain } from "../core/words.ts";
import { change } from "../core/address.ts";
import { Combo } from "../parts/combo.tsx";
import { Filters, WordsField } from "../parts/filters.tsx";
import { RowTable } from "../parts/row_table.tsx";
import { Byline, Who, storyAddress } from "../parts/source_line.tsx";
import { partyName } from "../parts/store.ts";
import { Text } from "../parts/text.tsx";

/** What is said directly stands in quote marks: the story's own where they are part of the words. */
function inQuotes(words: string): string {
  return /^["“”«»„‘’']/.test(words) ? words : `“${words}”`;
}

export function QuotesView() {
  const { parameters } = address.value;
  const pages = usePages<Quote>("quotes", pick(parameters, ...SELECTION, "by", "issue"));
  return (
    <>
      <h1 tabIndex={-1}>What was said</h1>
      <p class="lead">Statements in the speaker’s own words and in the outlet’s, by speaker and by what they are about.</p>
      <Filters more={["by", "issue"]}>
        <Combo
          label="Speaker"
          placeholder="anyone"
          value={parameters.by ?? ""}
          onClear={() => change({ by: null })}
          onEnter={(by) => change({ by })}
          load={async (text, signal) => {
            const page = await request<Page<Person>>(apiAddress("people", { q: text, limit: 10 }), { signal });
            return page.rows.map((person) => ({
              key: person.ref,
              label: <Text>{person.name}</Text>,
              group: [person.offices[0], person.party && partyName(person.party), counted(person.quotes, "quote")].filter(Boolean).join(", "),
              choose: () => change({ by: person.name }),
            }));
          }}
        />
        <WordsField label="About" name="issue" placeholder="words" />
      </Filters>
      <RowTable
        label="Statements"
        one="statement"
        layout="quotes-table"
        pages={pages}
        rowKey={(row) => row.id}
        empty={<p>Nobody is reported to have said that.</p>}
        columns={[
          {
            head: "Speaker",
            cell: (row) => (
              <>
                <span class="title">
                  {row.speakers.length > 0 ? (
                    row.speakers.map((person, number) => (
                      <span key={person.ref}>
                        {number > 0 && ", "}
                        <a href={formatAddress("quotes", { ...parameters, by: person.name })}>
                          <Text>{person.name}</Text>
                        </a>
                      </span>
                    ))
                  ) : (
                    <span class="quiet">not named</span>
                  )}
                </span>
                {row.speakers.length === 1 && (
                  <span class="detail quiet">{[row.speakers[0]!.office, row.speakers[0]!.party && row.speakers[0]!.party !== row.speakers[0]!.ref ? partyName(row.speakers[0]!.party) : null].filter(Boolean).join(", ")}</span>
                )}
              </>
            ),
          },
          {
            head: "Words",
            class: "grow",
            cell: (row) => (
              <>
                <a class={`words ${row.kind}`} href={storyAddress(row.source)}>
                  <Text>{row.kind === "direct" ? inQuotes(row.words) : row.words}</Text>
                </a>
                <span class="detail quiet">
                  {row.denied && <span class="tag bad">denied</span>} {plain(row.kind)}
                  {row.cue && (
                    <>
                      , “<Text>{row.cue}</Text>”
                    </>
                  )}
                  {row.addressees.length > 0 && (
                    <>
                      {" "}
                      to <Who people={row.addressees} />
                    </>
                  )}
                </span>
              </>
            ),
          },
          { head: "Source", cell: (row) => <Byline source={row.source} silent /> },
        ]}
      />
    </>
  );
}
