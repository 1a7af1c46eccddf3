// Events by month: cooperation up, conflict down.
import * as Plot from "@observablehq/plot";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Month, Quad } from "../core/api_types.ts";
import { QUADS } from "../core/api_types.ts";
import { dayWords } from "../core/days.ts";
import { QUAD_WORDS, count } from "../core/words.ts";
import { QuadKey } from "./quad_bar.tsx";

interface Bar {
  month: Date;
  name: string;
  quad: Quad;
  events: number; // negative: conflict
}

const MONTHS_AT_LEAST = 12;

/** `rows`: the address of the events of a month. */
export function MonthsChart({ months, rows }: { months: Month[]; rows: (month: string, more: Record<string, string>) => string }) {
  const holder = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const bars = useMemo<Bar[]>(
    () =>
      months.flatMap((month) =>
        // Verbal next to the axis, so that the two classes of one side stack in the same order.
        (["verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict"] as Quad[])
          .filter((quad) => month[quad] > 0)
          .map((quad) => ({ month: new Date(`${month.month}-01T00:00:00Z`), name: month.month, quad, events: quad.endsWith("conflict") ? -month[quad] : month[quad] })),
      ),
    [months],
  );
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => setWidth(Math.round(entry!.contentRect.width)));
    observer.observe(holder.current!);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    if (width === 0 || bars.length === 0) return;
    const first = bars.reduce((a, bar) => (bar.month < a ? bar.month : a), bars[0]!.month);
    const last = bars.reduce((a, bar) => (bar.month > a ? bar.month : a), bars[0]!.month);
    const end = new Date(Date.UTC(last.getUTCFullYear(), last.getUTCMonth() + 1, 1));
    const spare = Math.max(0, MONTHS_AT_LEAST - Math.round((end.getTime() - first.getTime()) / 2.63e9));
    const domain: [Date, Date] = [new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() - Math.ceil(spare / 2), 1)), new Date(Date.UTC(end.getUTCFullYear(), end.getUTCMonth() + Math.floor(spare / 2), 1))];
    const most = Math.max(...months.map((month) => Math.max(month.verbal_cooperation + month.material_cooperation, month.verbal_conflict + month.material_conflict)));
    const chart = Plot.plot({
      className: "months",
      width,
      height: 232,
      marginLeft: 36,
      marginBottom: 38,
      x: { type: "utc", domain, label: null },
      y: { label: null, grid: true, ticks: Math.min(6, most * 2), tickFormat: (value: number) => (Number.isInteger(value) ? count(Math.abs(value)) : "") },
      marks: [
        Plot.rectY(bars, { x: "month", interval: "month", y: "events", className: "bars", fill: "quad", title: (bar: Bar) => `${dayWords(bar.name)}: ${Math.abs(bar.events)} ${QUAD_WORDS[bar.quad]}`, inset: 0.5 }),
        Plot.ruleY([0]),
      ],
      color: { type: "identity" },
    });
    chart.querySelectorAll("style").forEach((style) => style.remove()); // the page's own style sheet has the same (the policy allows no other)
    chart.setAttribute("aria-hidden", "true"); // the table below says the same
    // Plot draws the bars in the order of the data, one title each: colours and links come from there.
    const drawn = [...chart.querySelectorAll<SVGRectElement>(".bars rect")];
    drawn.forEach((rectangle) => {
      const words = rectangle.querySelector("title")?.textContent ?? "";
      const bar = bars.find((it) => words === `${dayWords(it.name)}: ${Math.abs(it.events)} ${QUAD_WORDS[it.quad]}`);
      if (!bar) return;
      rectangle.removeAttribute("fill");
      rectangle.classList.add(`quad-${bar.quad}`);
      rectangle.addEventListener("click", () => (location.hash = rows(bar.name, { type: bar.quad })));
    });
    holder.current!.replaceChildren(chart);
    return () => chart.remove();
  }, [bars, width]);

  if (bars.length === 0) return <p class="quiet">No event between them happened or goes on in these stories.</p>;
  return (
    <>
      <QuadKey />
      <div ref={holder} class="chart" />
      <details>
        <summary>The same as a table</summary>
        <div class="scroll" tabIndex={0} role="region" aria-label="Events by month">
          <table class="data">
            <thead>
              <tr>
                <th scope="col">Month</th>
                {QUADS.map((quad) => (
                  <th key={quad} scope="col" class="numeric">
                    {QUAD_WORDS[quad]}
                  </th>
                ))}
                <th scope="col" class="numeric">of these claimed</th>
                <th scope="col" class="numeric">mean Goldstein</th>
              </tr>
            </thead>
            <tbody>
              {months.map((month) => (
                <tr key={month.month}>
                  <th scope="row">{dayWords(month.month)}</th>
                  {QUADS.map((quad) => (
                    <td key={quad} class="numeric">
                      {month[quad] > 0 ? <a href={rows(month.month, { type: quad })}>{count(month[quad])}</a> : 0}
                    </td>
                  ))}
                  <td class="numeric">{month.claimed > 0 ? <a href={rows(month.month, { claimed: "1" })}>{count(month.claimed)}</a> : 0}</td>
                  <td class="numeric">{month.goldstein === null ? "–" : month.goldstein.toFixed(1).replace("-", "−")}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </>
  );
}
