import { lazy } from "../parts/lazy.tsx";
import { SELECTION, address, pick } from "../core/address.ts";
import { usePages } from "../core/api.ts";
import type { EventRow } from "../core/api_types.ts";
import { dayWords, rangeWords } from "../core/days.ts";
import { QUAD_WORDS, capital, eventWords, plain } from "../core/words.ts";
import { QUADS } from "../core/api_types.ts";
import { Filters, SelectField, Ways, WordsField } from "../parts/filters.tsx";
import { RowTable } from "../parts/row_table.tsx";
import { SourceLine, Who } from "../parts/source_line.tsx";
import { vocabulary } from "../parts/store.ts";
import { Text } from "../parts/text.tsx";
import { QuadKey } from "./quad_bar.tsx";

const EventMap = lazy(() => import("./event_map.tsx").then((module) => module.EventMap), "the map");
const FILTERS = ["type", "actuality", "issue", "place", "channel", "people", "claimed", "month"];
export const EVENT_FILTERS = [...SELECTION, ...FILTERS];
/** As counts of events have it: what is planned, called for or possible is no event yet. */
export const TOOK_PLACE = "happened,ongoing";
export const NOT_YET = "planned,called_for,possible";

export function EventsView() {
  const { parameters } = address.value;
  const types = vocabulary.value?.event_types ?? [];
  return (
    <>
      <h1 tabIndex={-1}>Events</h1>
      <p class="lead">Who did what to whom: as it happened, and as it was planned, called for or claimed.</p>
      <Filters more={FILTERS}>
        <SelectField
          label="Kind"
          name="type"
          choices={[...QUADS.map((quad): [string, string] => [quad, `all ${QUAD_WORDS[quad]}`]), ...types.map((it): [string, string] => [it.type, capital(it.type.toLowerCase())])]}
        />
        <SelectField label="Actuality" name="actuality" choices={[[TOOK_PLACE, "took place"], [NOT_YET, "not yet"], ...(vocabulary.value?.actualities ?? []).map((it): [string, string] => [it, plain(it)])]} />
        <WordsField label="Words" name="issue" placeholder="any" />
        <SelectField label="Told by" name="claimed" any="anyone" choices={[["0", "the outlet"], ["1", "somebody it quotes"]]} />
        {/* What a number elsewhere leads to; nobody is asked to fill them in. */}
        {parameters.place && <WordsField label="Place" name="place" />}
        {parameters.month && <WordsField label="Month" name="month" />}
        {parameters.channel && <WordsField label="Channel" name="channel" />}
        {parameters.people && <WordsField label="People" name="people" />}
      </Filters>
      <Ways label="Show as" name="as" ways={[["table", "Table"], ["map", "Map"]]} />
      {parameters.as === "map" ? <EventMap /> : <EventTable />}
    </>
  );
}

function EventTable() {
  const pages = usePages<EventRow>("events", pick(address.value.parameters, ...EVENT_FILTERS));
  return (
    <>
      <QuadKey />
      <RowTable
        label="Events"
        one="event"
        layout="events-table"
        pages={pages}
        rowKey={(row) => row.id}
        empty={<p>No event matches these filters.</p>}
        columns={[
          {
            head: "When",
            cell: (row) => (
              <>
                <span class="number">{rangeWords(row.from, row.to) ? rangeWords(row.from, row.to, row.precision) : <span class="quiet">told {dayWords(row.source.date)}</span>}</span>
                {row.places.length > 0 && (
                  <span class="detail quiet">
                    <Text>{row.places.join(", ")}</Text>
                  </span>
                )}
              </>
            ),
          },
          {
            head: "What",
            cell: (row) => (
              <>
                <span class="title nobold">
                  <span class={`dot quad-${row.quad}`} role="img" aria-label={QUAD_WORDS[row.quad]} /> {eventWords(row.type, row.mode)}
                </span>
                <span class={`detail actuality ${row.actuality}`}>{plain(row.actuality)}</span>
                {row.goldstein !== null && (
                  <span class="detail quiet number" title="Goldstein’s scale, from −10 (conflict) to 10 (cooperation)">
                    Goldstein {row.goldstein.toFixed(1).replace("-", "−")}
                  </span>
                )}
              </>
            ),
          },
          {
            head: "Who",
            cell: (row) => (
              <>
                <Who people={row.actors} />
                {row.recipients.length > 0 && (
                  <span class="detail to">
                    {" "}
                    <span class="arrow" role="img" aria-label="to">→</span> <Who people={row.recipients} />
                  </span>
                )}
              </>
            ),
          },
          { head: "Sentence", class: "grow", cell: (row) => <SourceLine source={row.source} /> },
        ]}
      />
    </>
  );
}
