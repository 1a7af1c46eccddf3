// The dossier of two parties.
import { useEffect, useState } from "preact/hooks";
import { address, change, formatAddress, pick } from "../core/address.ts";
import { apiAddress, useAnswer } from "../core/api.ts";
import { dossierAddress } from "../core/api_address.ts";
import type { Dossier, Network, Page, Party, Stance } from "../core/api_types.ts";
import { dayWords, rangeWords } from "../core/days.ts";
import { POLARITY_SIGN, capital, count, counted, plain } from "../core/words.ts";
import { FirstOf } from "../parts/first_of.tsx";
import { DayField, Ways } from "../parts/filters.tsx";
import { lazy } from "../parts/lazy.tsx";
import { PartyField } from "../parts/party_field.tsx";
import { Byline, SourceLine, Who, storyAddress } from "../parts/source_line.tsx";
import { Empty, Failed, Loading } from "../parts/states.tsx";
import { partyName } from "../parts/store.ts";
import { Text } from "../parts/text.tsx";
import { NOT_YET, TOOK_PLACE } from "./events.tsx";
import { QuadBar } from "./quad_bar.tsx";
import { Board, Timeline, UndertakingPanel } from "./undertakings.tsx";

const MonthsChart = lazy(() => import("./months_chart.tsx").then((module) => module.MonthsChart), "the chart");

const ROWS_AT_FIRST = 20;

export function RelationshipView() {
  const { parameters } = address.value;
  const [one = "", other = ""] = (parameters.between ?? parameters.of ?? "").split(",");
  const set = (first: string, second: string) => {
    const both = first && second;
    change({ between: both ? `${first},${second}` : null, of: both ? null : first || second, open: null });
  };
  return (
    <>
      <h1 tabIndex={-1}>
        {one && other ? (
          <>
            <Text>{partyName(one)}</Text> and <Text>{partyName(other)}</Text>
          </>
        ) : (
          "A relationship"
        )}
      </h1>
      <form class="fields" onSubmit={(event) => event.preventDefault()}>
        <PartyField label="Between" party={one} onChoose={(party) => set(party, other)} />
        <PartyField label="and" party={other} onChoose={(party) => set(one, party)} />
        <DayField label="From" name="since" />
        <DayField label="Until" name="until" />
      </form>
      {one && other ? <DossierOf one={one} other={other} /> : <Choose of={one} />}
    </>
  );
}

function Choose({ of }: { of: string }) {
  const pairs = useAnswer<Network>(of ? null : apiAddress("network", { limit: 30 }));
  const partners = useAnswer<Page<Party>>(of ? apiAddress("partners", { of, limit: 40 }) : null);
  const error = pairs.error ?? partners.error;
  if (error) return <Failed error={error} retry={of ? partners.retry : pairs.retry} />;
  if (of) {
    if (!partners.data) return <Loading what="partners" />;
    if (partners.data.rows.length === 0) return <Empty>No story has it and another party in it.</Empty>;
    return (
      <section>
        <h2>
          <Text>{partyName(of)}</Text> and …
        </h2>
        <ul class="plain inline">
          {partners.data.rows.map((row) => (
            <li key={row.party}>
              <a href={formatAddress("relationship", { between: `${of},${row.party}` })}>
                <Text>{row.name}</Text>
              </a>{" "}
              <a class="number quiet" href={formatAddress("sources", { tab: "stories", between: `${of},${row.party}` })}>
                {counted(row.stories, "story", "stories")}
              </a>
            </li>
          ))}
        </ul>
      </section>
    );
  }
  if (!pairs.data) return <Loading what="pairs" />;
  return (
    <section>
      <h2>Those with most events</h2>
      <ol class="plain pairs">
        {pairs.data.edges.map((edge) => (
          <li key={`${edge.a} ${edge.b}`}>
            <a href={formatAddress("relationship", { between: `${edge.a},${edge.b}` })}>
              <Text>{partyName(edge.a)}</Text> – <Text>{partyName(edge.b)}</Text>
            </a>
            <QuadBar counts={edge} />
            <a class="number" href={formatAddress("events", { between: `${edge.a},${edge.b}`, actuality: TOOK_PLACE })}>
              {counted(edge.events, "event")}
            </a>
          </li>
        ))}
      </ol>
    </section>
  );
}

function DossierOf({ one, other }: { one: string; other: string }) {
  const [showSilent, setShowSilent] = useState(false); // hundreds, which are drawn when they are asked for
  const { parameters } = address.value;
  const narrowed = pick(parameters, "since", "until", "outlet");
  const between = `${one},${other}`;
  const { data, error, retry } = useAnswer<Dossier>(dossierAddress({ ...parameters, between }));
  useEffect(() => MonthsChart.ahead(), []);
  if (error) return <Failed error={error} retry={retry} />;
  if (!data) return <Loading what="the dossier" />;
  const rows = (view: string, more: Record<string, string> = {}) => formatAddress(view, { between, ...narrowed, ...more });
  if (data.stories === 0) {
    return (
      <Empty>
        <p>
          No story in the store has both. <a href={formatAddress("relationship", { of: one })}>Whom does {partyName(one)} have to do with?</a>
        </p>
      </Empty>
    );
  }
  const overdue = data.commitments.filter((entry) => entry.overdue).length;
  const isCut = data.all_commitments > data.commitments.length;
  const agree = data.positions.filter((pair) => pair.they === "agree");
  const differ = data.positions.filter((pair) => pair.they === "differ");
  const open = (id: string) => formatAddress("relationship", { ...parameters, open: id });
  return (
    <div class="dossier">
      <ul class="figures">
        <li>
          <a href={rows("sources", { tab: "stories" })}>
            <span class="figure">{count(data.stories)}</span> {data.stories === 1 ? "story" : "stories"}
          </a>
        </li>
        <li>
          <a href={rows("events", { type: "CONSULT" })}>
            <span class="figure">{count(data.all_meetings)}</span> {data.all_meetings === 1 ? "meeting" : "meetings and talks"}
          </a>
        </li>
        <li>
          <a href={rows("ledger")}>
            <span class="figure">{count(data.all_commitments)}</span> undertakings
          </a>
        </li>
        <li>
          <a href={rows("ledger", { overdue: "1" })}>
            <span class="figure">{count(overdue)}</span> overdue{isCut && ` of the newest ${count(data.commitments.length)}`}
          </a>
        </li>
        <li>
          <a href="#positions" onClick={jump("positions")}>
            <span class="figure">{count(agree.length)}</span> agreed on
          </a>
        </li>
        <li>
          <a href="#positions" onClick={jump("positions")}>
            <span class="figure">{count(differ.length)}</span> in dispute
          </a>
        </li>
      </ul>
      <p class="quiet">
        {dayWords(data.first)} – {dayWords(data.last)}, told by{" "}
        {data.outlets.map((row, number) => (
          <span key={row.outlet}>
            {number > 0 && ", "}
            <a href={formatAddress("relationship", { ...parameters, outlet: row.outlet })}>
              <Text>{row.outlet ?? "no outlet"}</Text>
            </a>{" "}
            <a class="number" href={rows("sources", { tab: "stories", outlet: row.outlet ?? "" })}>
              ({row.stories})
            </a>
          </span>
        ))}
        {parameters.outlet && (
          <>
            {" · "}
            <button type="button" class="link" onClick={() => change({ outlet: null })}>
              all outlets
            </button>
          </>
        )}
      </p>

      <section>
        <h2>Cooperation and conflict by month</h2>
        <MonthsChart months={data.months} rows={(month, more) => formatAddress("events", { between, ...pick(parameters, "outlet"), month, actuality: TOOK_PLACE, ...more })} />
      </section>

      <div class="columns">
        <section>
          <h2>Meetings</h2>
          {data.meetings.length === 0 && <p class="quiet">None is reported.</p>}
          <ol class="history">
            {data.meetings.map((meeting, number) => (
              <li key={number}>
                <p class="when">
                  <span class="number">{rangeWords(meeting.from, meeting.to) || dayWords(meeting.source.date)}</span>
                  {meeting.places.length > 0 && (
                    <>
                      {" · "}
                      <Text>{meeting.places.join(", ")}</Text>
                    </>
                  )}
                  {" · "}
                  <span class={`actuality ${meeting.actuality}`}>{plain(meeting.actuality)}</span>
                  {meeting.mode && ` · ${plain(meeting.mode)}`}
                </p>
                <p>
                  <a href={storyAddress(meeting.source)}>
                    <Who people={[...meeting.actors, ...meeting.recipients].filter((person, at, all) => all.findIndex((it) => it.ref === person.ref) === at)} />
                  </a>
                </p>
                <Byline source={meeting.source} />
              </li>
            ))}
          </ol>
          {data.all_meetings > data.meetings.length && (
            <p>
              <a href={rows("events", { type: "CONSULT" })}>All {count(data.all_meetings)}</a>
            </p>
          )}
        </section>
        <section>
          <h2>Channels</h2>
          {data.channels.length === 0 && <p class="quiet">None is told of.</p>}
          {data.channels.length > 0 && (
            <div class="scroll" tabIndex={0} role="region" aria-label="Channels">
            <table class="data">
              <thead>
                <tr>
                  <th scope="col">Channel</th>
                  <th scope="col" class="numeric">held</th>
                  <th scope="col" class="numeric">planned</th>
                  <th scope="col" class="numeric">failed</th>
                  <th scope="col">last</th>
                </tr>
              </thead>
              <tbody>
                {data.channels.map((channel) => (
                  <tr key={channel.channel}>
                    <th scope="row">{plain(channel.channel)}</th>
                    {([["happened", TOOK_PLACE], ["planned", NOT_YET], ["failed", "did_not_happen"]] as const).map(([what, actuality]) => (
                      <td key={what} class="numeric">
                        {channel[what] > 0 ? <a href={rows("events", { type: "CONSULT", channel: channel.channel, actuality })}>{count(channel[what])}</a> : 0}
                      </td>
                    ))}
                    <td class="nowrap">{channel.last ? dayWords(channel.last) : "never"}</td>
                  </tr>
                ))}
              </tbody>
            </table>
            </div>
          )}
          {data.contacts.length > 0 && (
            <>
              <h3>Who met whom most often</h3>
              <ul class="plain">
                {data.contacts.map((contact, number) => (
                  <li key={number}>
                    <Who people={contact.people} />{" "}
                    <a class="number" href={rows("events", { type: "CONSULT", actuality: TOOK_PLACE, people: contact.people.map((person) => person.ref).join(",") })}>
                      {counted(contact.meetings, "meeting")}
                    </a>
                  </li>
                ))}
              </ul>
            </>
          )}
          {data.bodies.length > 0 && (
            <>
              <h3>Standing bodies</h3>
              <ul class="plain">
                {data.bodies.map((body) => (
                  <li key={body.ref}>
                    <Text>{body.name}</Text>
                    {body.sessions.map((session) => (
                      <a key={session.session} class="detail" href={storyAddress(session.source)}>
                        session {session.session}, told {dayWords(session.told)}
                      </a>
                    ))}
                  </li>
                ))}
              </ul>
            </>
          )}
        </section>
      </div>

      <section>
        <h2>Undertakings</h2>
        {data.commitments.length === 0 ? (
          <p class="quiet">Neither took anything on that a later story could check.</p>
        ) : (
          <>
            {isCut && (
              <p class="quiet">
                The newest {count(data.commitments.length)} of <a href={rows("ledger")}>{count(data.all_commitments)}</a>; what is overdue, disputed or hangs on a condition is told of these.
              </p>
            )}
            <Ways label="Show undertakings as" name="show" ways={[["board", "Board"], ["timeline", "Timeline"]]} />
            {parameters.show === "timeline" ? <Timeline entries={data.commitments} on={data.on} open={open} /> : <Board entries={data.commitments} open={open} rows={(stage) => rows("ledger", { stage })} />}
          </>
        )}
      </section>

      <section id="positions" tabIndex={-1}>
        <h2>Where they stand</h2>
        {data.positions.length === 0 && <p class="quiet">No stance of either is reported.</p>}
        <div class="columns">
          <Stances title="They agree" empty="On nothing that is reported." pairs={agree} data={data} />
          <Stances title="They differ" empty="On nothing that is reported." pairs={differ} data={data} />
        </div>
        {data.positions.length > agree.length + differ.length && (
          <details onToggle={(event) => event.currentTarget.open && setShowSilent(true)}>
            <summary>Only one has spoken ({data.positions.length - agree.length - differ.length})</summary>
            {showSilent && <Stances title="" empty="" pairs={data.positions.filter((pair) => pair.they !== "agree" && pair.they !== "differ")} data={data} />}
          </details>
        )}
      </section>

      <div class="columns">
        <section>
          <h2>Obstacles that are named</h2>
          {data.obstacles.length === 0 && <p class="quiet">None.</p>}
          <FirstOf
            class="history"
            rows={data.obstacles}
            most={ROWS_AT_FIRST}
            each={(obstacle, number) => (
              <li key={number}>
                <p class="when">
                  <span class="tag">{obstacle.kind}</span> <Text>{obstacle.what}</Text>
                </p>
                <SourceLine source={obstacle.source} />
              </li>
            )}
          />
        </section>
        <section>
          <h2>Third parties</h2>
          {data.third_parties.length === 0 && <p class="quiet">None.</p>}
          <ul class="plain">
            {data.third_parties.map((third) => (
              <li key={third.ref}>
                <a href={formatAddress("search", { q: third.name, between })}>
                  <Text>{third.name}</Text>
                </a>{" "}
                <span class="quiet">
                  {plain(third.kind)},{" "}
                  <a class="number" href={rows("sources", { tab: "stories", with: third.ref })}>
                    {counted(third.stories, "story", "stories")}
                  </a>
                </span>
              </li>
            ))}
          </ul>
        </section>
      </div>
      {parameters.open && <UndertakingPanel id={parameters.open} close={() => change({ open: null })} />}
    </div>
  );
}

function jump(id: string) {
  return (event: Event) => {
    event.preventDefault();
    const place = document.getElementById(id);
    place?.scrollIntoView();
    place?.focus({ preventScroll: true });
  };
}

function Stances({ title, empty, pairs, data }: { title: string; empty: string; pairs: Dossier["positions"]; data: Dossier }) {
  const side = (stance: Stance | null, party: string) => (
    <div class="side">
      <span class="quiet small">
        <Text>{partyName(party)}</Text>
      </span>
      {stance ? (
        <a href={storyAddress(stance.source)} class={`polarity ${stance.polarity}`} title={stance.source.quote}>
          <span aria-hidden="true">{POLARITY_SIGN[stance.polarity]}</span> {stance.change ? stance.change.replaceAll(">", "→") : stance.polarity}
        </a>
      ) : (
        <span class="quiet">silent</span>
      )}
    </div>
  );
  return (
    <div>
      {title && <h3>{title}</h3>}
      {pairs.length === 0 && <p class="quiet">{empty}</p>}
      <FirstOf
        class="plain stances"
        rows={pairs}
        most={ROWS_AT_FIRST}
        each={(pair) => (
          <li key={pair.issue_id}>
            <a class="issue" href={formatAddress("positions", { between: data.parties.join(","), issue: pair.issue_id })}>
              <Text>{capital(pair.issue)}</Text>
            </a>
            {side(pair.one, data.parties[0])}
            {side(pair.other, data.parties[1])}
          </li>
        )}
      />
    </div>
  );
}
