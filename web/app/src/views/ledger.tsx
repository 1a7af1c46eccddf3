import { address, change, formatAddress, pick, SELECTION } from "../core/address.ts";
import { usePages } from "../core/api.ts";
import type { Undertaking } from "../core/api_types.ts";
import { dayWords } from "../core/days.ts";
import { count, counted, plain } from "../core/words.ts";
import { CheckField, Filters, SelectField, Ways } from "../parts/filters.tsx";
import { RowTable } from "../parts/row_table.tsx";
import { SourceLine } from "../parts/source_line.tsx";
import { Failed, Loading } from "../parts/states.tsx";
import { summary, vocabulary } from "../parts/store.ts";
import { Text } from "../parts/text.tsx";
import { Between, Board, Deadline, Stage, Timeline, UndertakingPanel } from "./undertakings.tsx";

const OWN = ["sector", "stage", "overdue", "contradicted", "on"];

export function LedgerView() {
  const { parameters } = address.value;
  const pages = usePages<Undertaking>("ledger", pick(parameters, ...SELECTION, ...OWN), parameters.as ? 400 : 100);
  const open = (id: string) => formatAddress("ledger", { ...parameters, open: id });
  return (
    <>
      <h1 tabIndex={-1}>Ledger of undertakings</h1>
      <p class="lead">What somebody took on, offered or put on the table, and what later stories say became of it.</p>
      <Filters more={OWN}>
        <SelectField label="Sector" name="sector" choices={(vocabulary.value?.sectors ?? []).map((it) => [it, plain(it)])} />
        <SelectField label="Stage" name="stage" choices={(vocabulary.value?.stages ?? []).map((it) => [it, plain(it)])} />
        <CheckField label="overdue" name="overdue" />
        <CheckField label="disputed" name="contradicted" />
      </Filters>
      <Ways label="Show as" name="as" ways={[["list", "List"], ["board", "Board"], ["timeline", "Timeline"]]} />
      {parameters.as === "board" || parameters.as === "timeline" ? (
        <Whole pages={pages} as={parameters.as} open={open} />
      ) : (
        <RowTable
          label="Undertakings"
          one="undertaking"
          layout="ledger-table"
          pages={pages}
          rowKey={(row) => row.id}
          chosen={(row) => row.id === parameters.open}
          empty={<NoUndertakings />}
          columns={[
            {
              head: "Undertaking",
              class: "grow",
              cell: (row) => (
                <>
                  <a class="title" href={open(row.id)}>
                    <Text>{row.title}</Text>
                  </a>
                  {row.source && <SourceLine source={row.source} />}
                </>
              ),
            },
            { head: "Who", cell: (row) => <Between entry={row} /> },
            { head: "Sector", cell: (row) => plain(row.sector) },
            {
              head: "Stage",
              cell: (row) => (
                <>
                  <Stage stage={row.stage} /> {row.contradicted && <span class="tag bad">disputed</span>}
                  <span class="detail quiet nowrap small">since {dayWords(row.since ?? row.last)}</span>
                  <span class="detail">
                    <Deadline entry={row} />
                  </span>
                </>
              ),
            },
            {
              head: "Reports",
              class: "numeric",
              cell: (row) => (
                <a href={open(row.id)} aria-label={counted(row.reports ?? 0, "report")}>
                  {count(row.reports ?? 0)}
                </a>
              ),
            },
          ]}
        />
      )}
      {parameters.open && <UndertakingPanel id={parameters.open} close={() => change({ open: null })} />}
    </>
  );
}

function NoUndertakings() {
  return (
    <p>
      No undertaking matches. Goodwill without a deliverable (“strengthen ties”) counts as a <a href={formatAddress("positions")}>position</a>.
    </p>
  );
}

function Whole({ pages, as, open }: { pages: ReturnType<typeof usePages<Undertaking>>; as: string; open: (id: string) => string }) {
  if (pages.error && pages.rows.length === 0) return <Failed error={pages.error} retry={pages.retry} />;
  if (pages.rows.length === 0) return pages.loading ? <Loading what="undertakings" /> : <div class="notice"><NoUndertakings /></div>;
  return (
    <>
      <p class="how-many">
        {pages.done ? counted(pages.rows.length, "undertaking") : `The newest ${count(pages.rows.length)}${pages.total ? ` of ${count(pages.total)}` : ""} undertakings`}{" "}
        {!pages.done && (
          <button type="button" class="link" disabled={pages.loading} onClick={pages.more}>
            More
          </button>
        )}
      </p>
      <h2 class="unseen">{as === "board" ? "By stage and sector" : "Over time"}</h2>
      {as === "board" ? <Board entries={pages.rows} open={open} rows={(stage) => formatAddress("ledger", { ...address.value.parameters, as: null, open: null, stage })} /> : <Timeline entries={pages.rows} on={address.value.parameters.on ?? summary.value?.on ?? null} open={open} />}
    </>
  );
}
