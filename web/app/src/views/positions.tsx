// Who stands where: issues down, holders across. A cell opens its history.
import { useEffect, useMemo, useState } from "preact/hooks";
import { address, change, formatAddress, pick } from "../core/address.ts";
import { matrixOf } from "../core/matrix.ts";
import { apiAddress, useAnswer, usePages } from "../core/api.ts";
import type { Cell } from "../core/api_types.ts";
import { dayWords } from "../core/days.ts";
import { POLARITY_SIGN, capital, count, counted, plain, refWords } from "../core/words.ts";
import { Filters, WordsField } from "../parts/filters.tsx";
import { Panel } from "../parts/panel.tsx";
import { Byline, Parties, Sentence } from "../parts/source_line.tsx";
import { Failed, Loading } from "../parts/states.tsx";
import { Text } from "../parts/text.tsx";

const COLUMNS = 10;
const FIRST_ISSUES = 12;
const MOST_HOLDERS = 60; // the server gives no more where none is named

export function PositionsView() {
  const { parameters } = address.value;
  const pages = usePages<Cell>("matrix", pick(parameters, "of", "between", "since", "until", "issue", "outlet"), 600);
  const { issues, holders } = useMemo(() => matrixOf(pages.rows), [pages.rows]);
  const [from, setFrom] = useState(0);
  // The server looks for a tenth of a second at a time: one such page may have few issues.
  useEffect(() => {
    if (issues.length > 0 && issues.length < FIRST_ISSUES && !pages.done && !pages.loading && !pages.error) pages.more();
  }, [issues.length, pages.loading]);
  const first = Math.min(from, Math.max(0, holders.length - 1));
  const columns = holders.slice(first, first + COLUMNS);
  const [holder, ...rest] = (parameters.cell ?? "").split("~");
  const issueId = rest.join("~");
  const rows = issues.filter((issue) => columns.some((column) => issue.cells.has(column.ref)));
  return (
    <>
      <h1 tabIndex={-1}>Who stands where</h1>
      <p class="lead">Each cell is the latest stance of a party on an issue, as reported. Choose one for its history.</p>
      <Filters more={["issue"]} without={["outlet"]}>
        <WordsField label="Issue" name="issue" placeholder="words" />
      </Filters>
      {pages.error && <Failed error={pages.error} retry={pages.retry} />}
      {pages.rows.length === 0 && !pages.error && (pages.loading || !pages.done) && <Loading what="positions" />}
      {pages.rows.length === 0 && pages.done && (
        <div class="notice">
          <p>No position matches. Stances are told by words like “opposes”, “called for”, “welcomed”.</p>
        </div>
      )}
      {pages.rows.length > 0 && (
        <>
          <div class="above-table">
            <p class="how-many" role="status">
              {counted(issues.length, "issue")}
              {!pages.done && " so far"}, {pages.holders !== null && pages.holders > MOST_HOLDERS ? `the ${count(holders.length)} of ${count(pages.holders)} holders of whom most is reported` : counted(holders.length, "holder")}
            </p>
            <ul class="key" aria-label="Signs">
              {(["for", "against", "mixed"] as const).map((polarity) => (
                <li key={polarity}>
                  <span class={`stance ${polarity}`}>{POLARITY_SIGN[polarity]}</span> {polarity}
                </li>
              ))}
              <li>
                <span class="turned">↻</span> changed over time
              </li>
            </ul>
            {holders.length > COLUMNS && (
              <p class="pager">
                <button type="button" disabled={first === 0} onClick={() => setFrom(Math.max(0, first - COLUMNS))}>
                  ‹ Holders
                </button>{" "}
                <span class="number">
                  {first + 1}–{Math.min(first + COLUMNS, holders.length)} of {count(holders.length)}
                </span>{" "}
                <button type="button" disabled={first + COLUMNS >= holders.length} onClick={() => setFrom(first + COLUMNS)}>
                  Holders ›
                </button>
              </p>
            )}
          </div>
          <div class="scroll" tabIndex={0} role="region" aria-label="Positions by issue and holder">
            <table class="matrix">
              <caption class="unseen">Positions by issue and holder</caption>
              <thead>
                <tr>
                  <th scope="col" class="issue">Issue</th>
                  {columns.map((column) => (
                    <th key={column.ref} scope="col">
                      <a href={formatAddress("positions", { ...parameters, of: column.ref, cell: null })}>
                        <Text>{column.name}</Text>
                      </a>
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {rows.map((issue) => (
                  <tr key={issue.id}>
                    <th scope="row" class="issue">
                      <Text>{issue.words}</Text>
                    </th>
                    {columns.map((column) => {
                      const cell = issue.cells.get(column.ref);
                      if (!cell) return <td key={column.ref}><span class="unseen">silent</span></td>;
                      const key = `${cell.holder}~${issue.id}`;
                      const words = `${column.name}: ${cell.polarity}${cell.change ? `, changed: ${cell.change}` : ""}; ${counted(cell.reports, "report")}, ${dayWords(cell.date)}`;
                      return (
                        <td key={column.ref}>
                          <a class={`stance ${cell.polarity}`} href={formatAddress("positions", { ...parameters, cell: key })} aria-current={parameters.cell === key ? "true" : undefined} aria-label={words} title={words}>
                            {POLARITY_SIGN[cell.polarity]}
                            {cell.change && <span class="turned">↻</span>}
                            {cell.reports > 1 && <span class="reports number">{cell.reports}</span>}
                          </a>
                        </td>
                      );
                    })}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {!pages.done && (
            <p>
              <button type="button" disabled={pages.loading} onClick={pages.more}>
                More issues
              </button>
            </p>
          )}
        </>
      )}
      {holder && issueId && <CellPanel holder={holder} issueId={issueId} close={() => change({ cell: null })} />}
    </>
  );
}

function CellPanel({ holder, issueId, close }: { holder: string; issueId: string; close: () => void }) {
  const { data, error, retry } = useAnswer<Cell>(apiAddress("cell", { holder, issue_id: issueId }));
  return (
    <Panel label="Position" close={close}>
      {error && <Failed error={error} retry={retry} />}
      {!data && !error && <Loading what="the position" />}
      {data && (
        <>
          <p class="over">
            Position of <Text>{data.name || refWords(data.holder)}</Text>
          </p>
          <h2>
            <span class={`polarity ${data.polarity}`}>{capital(data.polarity)}</span> <Text>{data.issue}</Text>
          </h2>
          {data.change && <p>Changed: {data.change.replaceAll(">", "→")}</p>}
          <h3>
            {counted(data.reports ?? 0, "report")}
            {(data.reports ?? 0) > (data.history?.length ?? 0) && `, the newest ${count(data.history?.length ?? 0)}`}, oldest first
          </h3>
          <ol class="history">
            {data.history?.map((report, number) => (
              <li key={number}>
                <p class="when">
                  <span class="number">{dayWords(report.date)}</span> <span class={`polarity ${report.polarity}`}>{report.polarity}</span> · {plain(report.act)}
                  {report.target.length > 0 && (
                    <>
                      {" "}
                      · at <Parties codes={report.target} />
                    </>
                  )}
                </p>
                <p>
                  <Sentence source={report} />
                </p>
                <Byline source={report} />
              </li>
            ))}
          </ol>
          <p class="small">
            <a href={formatAddress("positions", { of: data.holder })}>All positions of this holder</a>
          </p>
        </>
      )}
    </Panel>
  );
}
