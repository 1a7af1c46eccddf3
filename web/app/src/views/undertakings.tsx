// Undertakings as a board (by stage and sector), as a timeline with deadlines, and one of them with its history.
import { formatAddress } from "../core/address.ts";
import { apiAddress, useAnswer } from "../core/api.ts";
import type { Undertaking } from "../core/api_types.ts";
import { dayNumber, dayWords } from "../core/days.ts";
import { capital, count, counted, plain } from "../core/words.ts";
import { Panel } from "../parts/panel.tsx";
import { Byline, Parties, Sentence } from "../parts/source_line.tsx";
import { Failed, Loading } from "../parts/states.tsx";
import { vocabulary } from "../parts/store.ts";
import { Text } from "../parts/text.tsx";

const STAGES = ["discussed", "offered", "pledged", "agreed", "underway", "completed", "stalled", "cancelled", "broken"];

export function Stage({ stage }: { stage: string }) {
  return <span class={`tag stage-${stage}`}>{stage}</span>;
}

export function Deadline({ entry }: { entry: Undertaking }) {
  if (!entry.deadline) return null;
  return (
    <span class={entry.overdue ? "deadline overdue" : "deadline"}>
      {entry.overdue ? "overdue since" : "by"} <span class="nowrap">{dayWords(entry.deadline)}</span>
    </span>
  );
}

export function Between({ entry }: { entry: Undertaking }) {
  const same = [...entry.undertakers].sort().join() === [...entry.counterparties].sort().join();
  if (same) return <Parties codes={entry.undertakers} />;
  return (
    <>
      <Parties codes={entry.undertakers} />
      {entry.counterparties.length > 0 && (
        <>
          {" "}
          <span class="arrow" role="img" aria-label="to">→</span> <Parties codes={entry.counterparties} />
        </>
      )}
    </>
  );
}

export type Opener = (id: string) => string; // the address with that undertaking open

/** `rows`: the address of all at a stage. */
export function Board({ entries, open, rows }: { entries: Undertaking[]; open: Opener; rows: (stage: string) => string }) {
  const stages = (vocabulary.value?.stages ?? STAGES).filter((stage) => entries.some((entry) => entry.stage === stage));
  return (
    <div class="board" tabIndex={0} role="region" aria-label="Board by stage">
      {stages.map((stage) => {
        const here = entries.filter((entry) => entry.stage === stage);
        const sectors = [...new Set(here.map((entry) => entry.sector))].sort();
        return (
          <section key={stage} class="column">
            <h3>
              <Stage stage={stage} />{" "}
              <a class="number quiet" href={rows(stage)} aria-label={counted(here.length, "undertaking")}>
                {count(here.length)}
              </a>
            </h3>
            {sectors.map((sector) => (
              <div key={sector}>
                <h4>{plain(sector)}</h4>
                <ul class="plain">
                  {here
                    .filter((entry) => entry.sector === sector)
                    .map((entry) => (
                      <li key={entry.id} class="slip">
                        <a href={open(entry.id)}>
                          <Text>{entry.title}</Text>
                        </a>
                        <span class="detail">
                          <Between entry={entry} />
                        </span>
                        <span class="detail">
                          <Deadline entry={entry} /> {entry.contradicted && <span class="tag bad">disputed</span>}
                        </span>
                      </li>
                    ))}
                </ul>
              </div>
            ))}
          </section>
        );
      })}
    </div>
  );
}

function ticks(from: number, to: number): { at: number; words: string }[] {
  const first = new Date(from * 86_400_000);
  const months = (to - from) / 30.4;
  const step = months <= 9 ? 1 : months <= 26 ? 3 : months <= 60 ? 6 : 12 * Math.ceil(months / 120);
  const list = [];
  let year = first.getUTCFullYear();
  let month = Math.floor(first.getUTCMonth() / step) * step;
  for (;;) {
    const at = Date.UTC(year, month, 1) / 86_400_000;
    if (at > to) break;
    if (at >= from) {
      const name = new Date(at * 86_400_000).toISOString().slice(0, 7);
      const fits = at < to - (to - from) * 0.06; // else its words would be cut off
      list.push({ at, words: !fits ? "" : step >= 12 ? name.slice(0, 4) : dayWords(name) });
    }
    month += step;
    year += Math.floor(month / 12);
    month %= 12;
  }
  return list;
}

const ROWS_AT_MOST = 400;

export function Timeline({ entries, on, open }: { entries: Undertaking[]; on: string | null; open: Opener }) {
  const days = entries.flatMap((entry) => [entry.deadline, entry.first, entry.last, entry.since, ...(entry.history ?? []).map((step) => step.date)].map(dayNumber)).concat(dayNumber(on));
  const known = days.filter((day) => !Number.isNaN(day));
  if (known.length === 0) return <p class="quiet">None of these has a date.</p>;
  const firstDay = known.reduce((a, b) => Math.min(a, b));
  const lastDay = known.reduce((a, b) => Math.max(a, b));
  const margin = Math.max(20, (lastDay - firstDay) * 0.03);
  const low = firstDay - margin;
  const high = lastDay + 2 * margin; // the last tick's words stand at its right
  const place = (day: number) => `${(((day - low) / (high - low)) * 100).toFixed(2)}%`;
  const first = (entry: Undertaking) => dayNumber(entry.first ?? entry.history?.[0]?.date);
  const sorted = [...entries].sort((a, b) => (first(a) || 0) - (first(b) || 0)).slice(0, ROWS_AT_MOST);
  const marks = ticks(low, high);
  const today = dayNumber(on);
  return (
    <>
      <ul class="key" aria-label="Signs">
        <li><span class="sign report" /> a report, at its stage</li>
        <li><span class="sign due" /> deadline</li>
        <li><span class="sign late" /> time since a missed deadline</li>
        {on && <li><span class="sign now" /> {dayWords(on)}, the day looked from</li>}
      </ul>
      <div class="timeline" role="list">
        <div class="axis" aria-hidden="true">
          <span />
          <div class="track">
            {marks.map((mark) => (
              <span key={mark.at} class="tick" style={{ left: place(mark.at) }}>
                {mark.words}
              </span>
            ))}
          </div>
        </div>
        {sorted.map((entry) => {
          const steps = entry.history ?? [{ stage: entry.stage, date: entry.since ?? entry.last ?? null }];
          const begin = first(entry);
          const end = dayNumber(entry.last ?? entry.history?.at(-1)?.date);
          const due = dayNumber(entry.deadline);
          return (
            <div key={entry.id} class="entry" role="listitem">
              <div class="name">
                <a href={open(entry.id)}>
                  <Text>{entry.title}</Text>
                </a>{" "}
                <Stage stage={entry.stage} /> <Deadline entry={entry} />
              </div>
              <div class="track" aria-hidden="true">
                {marks.map((mark) => (
                  <span key={mark.at} class="rule" style={{ left: place(mark.at) }} />
                ))}
                {!Number.isNaN(today) && <span class="now" style={{ left: place(today) }} />}
                {!Number.isNaN(begin) && !Number.isNaN(end) && <span class="life" style={{ left: place(begin), right: `calc(100% - ${place(end)})` }} />}
                {entry.overdue && !Number.isNaN(due) && !Number.isNaN(today) && <span class="late" style={{ left: place(due), right: `calc(100% - ${place(today)})` }} />}
                {steps.map((step, number) => {
                  const day = dayNumber(step.date);
                  return Number.isNaN(day) ? null : <span key={number} class={`report stage-${step.stage}`} style={{ left: place(day) }} title={`${step.stage}, ${dayWords(step.date)}`} />;
                })}
                {!Number.isNaN(due) && <span class="due" style={{ left: place(due) }} title={`deadline ${dayWords(entry.deadline)}`} />}
              </div>
            </div>
          );
        })}
      </div>
      {entries.length > ROWS_AT_MOST && <p class="quiet">The first {ROWS_AT_MOST} of {entries.length}; filters narrow them.</p>}
    </>
  );
}

export function UndertakingPanel({ id, close }: { id: string; close: () => void }) {
  const { data, error, retry } = useAnswer<Undertaking>(apiAddress("undertaking", { id }));
  return (
    <Panel label="Undertaking" close={close}>
      {error && <Failed error={error} retry={retry} />}
      {!data && !error && <Loading what="the undertaking" />}
      {data && (
        <>
          <p class="over">Undertaking · {plain(data.sector)}</p>
          <h2>
            <Text>{capital(data.title)}</Text>
          </h2>
          <p>
            <Between entry={data} />
          </p>
          <p>
            <Stage stage={data.stage} /> <Deadline entry={data} /> {data.contradicted && <span class="tag bad">disputed</span>}
          </p>
          <h3>
            {counted(data.reports ?? 0, "report")}
            {(data.reports ?? 0) > (data.history?.length ?? 0) && `, the newest ${count(data.history?.length ?? 0)}`}, oldest first
          </h3>
          <ol class="history">
            {data.history?.map((step, number) => (
              <li key={number}>
                <p class="when">
                  <span class="number">{dayWords(step.date)}</span> <Stage stage={step.stage} /> {step.contradicted && <span class="tag bad">contradicts another</span>}
                </p>
                <p>
                  <Sentence source={step} />
                </p>
                <Byline source={step} />
              </li>
            ))}
          </ol>
          <p class="small">
            <a href={formatAddress("ledger", { sector: data.sector })}>Other undertakings in {plain(data.sector)}</a>
          </p>
        </>
      )}
    </Panel>
  );
}
