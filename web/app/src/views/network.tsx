// Who has to do with whom: parties as points, events as lines. The table below says the same in rows.
import { address, formatAddress, pick } from "../core/address.ts";
import { apiAddress, useAnswer } from "../core/api.ts";
import type { Network } from "../core/api_types.ts";
import { QUADS } from "../core/api_types.ts";
import { QUAD_WORDS, count, counted } from "../core/words.ts";
import { Filters, SelectField } from "../parts/filters.tsx";
import { lazy } from "../parts/lazy.tsx";
import { Empty, Failed, Loading } from "../parts/states.tsx";
import { partyName } from "../parts/store.ts";
import { Text } from "../parts/text.tsx";
import { TOOK_PLACE } from "./events.tsx";
import { QuadBar } from "./quad_bar.tsx";

const Drawing = lazy(() => import("./network_drawing.tsx").then((module) => module.NetworkDrawing), "the drawing");

export function NetworkView() {
  const { parameters } = address.value;
  const limit = parameters.limit ?? "100";
  const { data, error, retry } = useAnswer<Network>(apiAddress("network", { ...pick(parameters, "of", "since", "until"), limit }));
  const events = (a: string, b: string, more: Record<string, string> = {}) => formatAddress("events", { ...pick(parameters, "since", "until"), between: `${a},${b}`, actuality: TOOK_PLACE, ...more });
  return (
    <>
      <h1 tabIndex={-1}>Network of parties</h1>
      <p class="lead">Pairs between whom most happened or goes on. A line leads to the pair’s dossier.</p>
      <Filters more={["limit"]} without={["between", "outlet"]}>
        <SelectField label="Pairs" name="limit" any="100" choices={[["30", "30"], ["200", "200"], ["500", "500"]]} />
      </Filters>
      {error && <Failed error={error} retry={retry} />}
      {!data && !error && <Loading what="the network" />}
      {data?.edges.length === 0 && <Empty>No event of this selection has two parties.</Empty>}
      {data && data.edges.length > 0 && (
        <>
          <Drawing network={data} key={JSON.stringify(parameters)} />
          <p class="how-many">
            {counted(data.edges.length, "pair")} shown{data.total > data.edges.length ? ` of ${count(data.total)}` : ""}
          </p>
          <div class="scroll" tabIndex={0} role="region" aria-label="Pairs">
            <table class="data">
              <caption class="unseen">Pairs of parties by events</caption>
              <thead>
                <tr>
                  <th scope="col">Pair</th>
                  <th scope="col" class="numeric">Events</th>
                  <th scope="col">Cooperation and conflict</th>
                  <th scope="col" class="numeric">claimed</th>
                  <th scope="col" class="numeric">mean Goldstein</th>
                </tr>
              </thead>
              <tbody>
                {data.edges.map((edge) => (
                  <tr key={`${edge.a} ${edge.b}`}>
                    <th scope="row">
                      <a href={formatAddress("relationship", { between: `${edge.a},${edge.b}` })}>
                        <Text>{partyName(edge.a)}</Text> – <Text>{partyName(edge.b)}</Text>
                      </a>
                    </th>
                    <td class="numeric">
                      <a href={events(edge.a, edge.b)}>{count(edge.events)}</a>
                    </td>
                    <td>
                      <QuadBar counts={edge} href={(type) => events(edge.a, edge.b, { type })} />
                      <span class="unseen">{QUADS.map((quad) => `${edge[quad]} ${QUAD_WORDS[quad]}`).join(", ")}</span>
                    </td>
                    <td class="numeric">{edge.claimed > 0 ? <a href={events(edge.a, edge.b, { claimed: "1" })}>{count(edge.claimed)}</a> : 0}</td>
                    <td class="numeric">{edge.goldstein === null ? "–" : edge.goldstein.toFixed(1).replace("-", "−")}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </>
  );
}
