// What is in the store, and where to begin.
import { formatAddress } from "../core/address.ts";
import { apiAddress, useAnswer } from "../core/api.ts";
import type { DocumentRow, Network, Page, Party } from "../core/api_types.ts";
import { dayWords } from "../core/days.ts";
import { count, counted } from "../core/words.ts";
import { Empty, Failed, Loading } from "../parts/states.tsx";
import { parties, partyName, summary } from "../parts/store.ts";
import { Text } from "../parts/text.tsx";
import { TOOK_PLACE } from "./events.tsx";
import { QuadBar } from "./quad_bar.tsx";

/** "children", "troops": a story's own words, which nobody looks for first. */
const isNamed = (party: Party) => !party.party.startsWith("local:");

export function OverviewView() {
  const it = summary.value;
  const pairs = useAnswer<Network>(apiAddress("network", { limit: 12 }));
  const newest = useAnswer<Page<DocumentRow>>(apiAddress("documents", { limit: 8 }));
  if (!it) return <Loading what="the summary" />;
  if (it.documents === 0) {
    return (
      <Empty>
        <h1 tabIndex={-1}>An empty store</h1>
        <p>
          Fill it with <code>dragoman add {it.store} FILES…</code>, then look again. Or <a href={formatAddress("paste")}>read a text</a> without storing it.
        </p>
      </Empty>
    );
  }
  const figures: [string, number | undefined, string][] = [
    ["stories", it.stories, formatAddress("sources", { tab: "stories" })],
    ["statements", it.counts.statements, formatAddress("quotes")],
    ["events", it.counts.events, formatAddress("events")],
    ["undertakings", it.counts.undertakings ?? it.counts.commitments, formatAddress("ledger")],
    ["issues", it.counts.issues, formatAddress("positions")],
    ["not read", it.unread, formatAddress("sources", { tab: "failures" })],
  ];
  return (
    <>
      <h1 tabIndex={-1}>
        {counted(it.stories, "story", "stories")}, {dayWords(it.first)} – {dayWords(it.last)}
      </h1>
      <p class="lead">
        What {counted(it.documents, "document")} in <bdi class="break">{it.store}</bdi> say happened, was said, undertaken and wanted. Each number opens its rows, each row its sentence.
      </p>
      <ul class="figures">
        {figures.map(([words, value, href]) => (
          <li key={words}>
            <a href={href}>
              <span class="figure">{count(value ?? 0)}</span> {words}
            </a>
          </li>
        ))}
      </ul>
      <div class="columns">
        <section>
          <h2>Who has to do with whom</h2>
          {pairs.error && <Failed error={pairs.error} retry={pairs.retry} />}
          {pairs.data?.edges.length === 0 && <p class="quiet">No event in the store has two parties.</p>}
          <ol class="plain pairs">
            {pairs.data?.edges.map((edge) => (
              <li key={`${edge.a} ${edge.b}`}>
                <a href={formatAddress("relationship", { between: `${edge.a},${edge.b}` })}>
                  <Text>{partyName(edge.a)}</Text> – <Text>{partyName(edge.b)}</Text>
                </a>
                <QuadBar counts={edge} href={(type) => formatAddress("events", { between: `${edge.a},${edge.b}`, actuality: TOOK_PLACE, type })} />
                <a class="number" href={formatAddress("events", { between: `${edge.a},${edge.b}`, actuality: TOOK_PLACE })}>
                  {counted(edge.events, "event")}
                </a>
              </li>
            ))}
          </ol>
        </section>
        <section>
          <h2>Newest stories</h2>
          {newest.error && <Failed error={newest.error} retry={newest.retry} />}
          <ol class="plain stories">
            {newest.data?.rows.map((row) => (
              <li key={row.doc}>
                <a class="headline" href={formatAddress("read", { doc: row.doc })}>
                  <Text>{row.title ?? row.document}</Text>
                </a>
                <span class="quiet">
                  {row.outlet && (
                    <>
                      <Text>{row.outlet}</Text>,{" "}
                    </>
                  )}
                  {dayWords(row.date)}
                </span>
              </li>
            ))}
          </ol>
          <h2>Parties</h2>
          <ul class="plain inline">
            {parties.value.filter(isNamed).slice(0, 14).map((party) => (
              <li key={party.party}>
                <a href={formatAddress("relationship", { of: party.party })}>
                  <Text>{party.name}</Text>
                </a>{" "}
                <a class="number quiet" href={formatAddress("sources", { tab: "stories", of: party.party })} aria-label={counted(party.stories, "story", "stories")}>
                  {count(party.stories)}
                </a>
              </li>
            ))}
          </ul>
        </section>
      </div>
    </>
  );
}
