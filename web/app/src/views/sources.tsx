// Where the findings come from: outlets, stories, tellings of one story, and what could not be read.
import { SELECTION, address, formatAddress, pick } from "../core/address.ts";
import { usePages } from "../core/api.ts";
import type { DocumentRow, Outlet } from "../core/api_types.ts";
import { dayWords, rangeWords } from "../core/days.ts";
import { count, counted } from "../core/words.ts";
import { Filters, Ways, WordsField } from "../parts/filters.tsx";
import { RowTable } from "../parts/row_table.tsx";
import { Text } from "../parts/text.tsx";

export function SourcesView() {
  const { parameters } = address.value;
  const tab = parameters.tab ?? "outlets";
  return (
    <>
      <h1 tabIndex={-1}>Sources</h1>
      <p class="lead">Who told it, which stories tell the same, and what could not be read.</p>
      <Ways label="Sources" name="tab" ways={[["outlets", "Outlets"], ["stories", "Stories"], ["documents", "Documents"], ["duplicates", "Told more than once"], ["failures", "Not read"]]} />
      {tab === "outlets" ? <Outlets /> : <Documents key={tab} tab={tab} />}
    </>
  );
}

function Outlets() {
  const pages = usePages<Outlet>("outlets", {}, 500);
  const stories = (row: Outlet, tab: string) => formatAddress("sources", { tab, outlet: row.outlet });
  return (
    <RowTable
      label="Outlets"
      one="outlet"
      layout="outlets-table"
      pages={pages}
      rowKey={(row) => row.outlet ?? ""}
      empty={<p>The store has no document.</p>}
      columns={[
        { head: "Outlet", class: "grow", cell: (row) => (row.outlet ? <Text>{row.outlet}</Text> : <span class="quiet">none given</span>) },
        { head: "Documents", class: "numeric", cell: (row) => (row.outlet ? <a href={stories(row, "documents")}>{count(row.documents)}</a> : count(row.documents)) },
        { head: "Stories", class: "numeric", cell: (row) => (row.outlet && row.stories > 0 ? <a href={stories(row, "stories")}>{count(row.stories)}</a> : count(row.stories)) },
        { head: "Not read", class: "numeric", cell: (row) => (row.outlet && row.unread > 0 ? <a href={stories(row, "failures")}>{count(row.unread)}</a> : count(row.unread)) },
        {
          head: "From – to",
          cell: (row) => (
            <span class="number">
              {rangeWords(row.first, row.last)}
            </span>
          ),
        },
      ]}
    />
  );
}

function Documents({ tab }: { tab: string }) {
  const { parameters } = address.value;
  const narrowed = { stories: { once: 1 }, failures: { state: "unread" }, duplicates: { duplicates: 1 } }[tab] ?? {};
  const pages = usePages<DocumentRow>("documents", { ...pick(parameters, ...SELECTION, "with"), ...narrowed });
  const none: Record<string, string> = {
    failures: "Every document of this selection was read. Files that are broken altogether never get into a store: dragoman add names them.",
    duplicates: "No story of this selection is told by more than one document.",
    stories: "No story matches.",
    documents: "No document matches.",
  };
  return (
    <>
      <Filters more={["with"]}>{parameters.with && <WordsField label="With" name="with" />}</Filters>
      <RowTable
        label={tab === "stories" ? "Stories" : "Documents"}
        one={tab === "stories" ? "story" : "document"}
        many={tab === "stories" ? "stories" : "documents"}
        layout="documents-table"
        pages={pages}
        rowKey={(row) => String(row.doc)}
        empty={<p>{none[tab] ?? none.documents}</p>}
        columns={[
          { head: "Day", cell: (row) => <span class="number nowrap">{dayWords(row.date)}</span> },
          {
            head: "Story",
            class: "grow",
            cell: (row) => (
              <>
                <a class="headline" href={formatAddress("read", { doc: row.doc })}>
                  <Text>{row.title ?? row.document}</Text>
                </a>
                {row.state === "unread" && (
                  <span class="detail">
                    <span class="tag bad">not read</span> <Text>{row.reason ?? "no reason is recorded"}</Text>
                  </span>
                )}
                <span class="detail quiet small break">
                  <Text>{row.source}</Text>
                </span>
              </>
            ),
          },
          { head: "Outlet", cell: (row) => (row.outlet ? <a href={formatAddress("sources", { ...parameters, outlet: row.outlet })}><Text>{row.outlet}</Text></a> : <span class="quiet">none given</span>) },
          {
            head: "Told by others",
            class: "numeric",
            cell: (row) => (row.copies > 0 ? <a href={formatAddress("read", { doc: row.doc })} aria-label={counted(row.copies, "other telling")}>{count(row.copies)}</a> : <span class="quiet">–</span>),
          },
          { head: "Bytes", class: "numeric", cell: (row) => count(row.bytes) },
        ]}
      />
    </>
  );
}
