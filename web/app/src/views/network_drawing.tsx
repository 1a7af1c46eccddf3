// The network as a drawing.
import { useMemo, useState } from "preact/hooks";
import { formatAddress, go } from "../core/address.ts";
import type { Network } from "../core/api_types.ts";
import { layOut } from "../core/network_layout.ts";
import { counted } from "../core/words.ts";
import { usePictureSize } from "../parts/picture_size.ts";
import { partyName } from "../parts/store.ts";

export function NetworkDrawing({ network }: { network: Network }) {
  const { width, height } = usePictureSize();
  const points = useMemo(() => layOut(network, width, height), [network, width]);
  const [near, setNear] = useState<string | null>(null);
  const most = Math.max(...network.edges.map((edge) => edge.events));
  const largest = Math.max(...network.nodes.map((node) => node.events));
  const radius = (events: number) => 4 + 14 * Math.sqrt(events / largest);
  const byWeight = [...points.values()].sort((a, b) => b.events - a.events);
  const labelled = new Set(byWeight.slice(0, 40).map((point) => point.party));
  return (
    <figure class="network">
      <svg viewBox={`0 0 ${width} ${height}`} role="group" aria-label={`${counted(points.size, "party", "parties")}; the same stand in the table below`}>
        {[...network.edges].reverse().map((edge) => {
          const a = points.get(edge.a);
          const b = points.get(edge.b);
          if (!a || !b) return null;
          const conflict = (edge.verbal_conflict + edge.material_conflict) / Math.max(1, edge.events);
          const tone = conflict >= 0.6 ? "conflict" : conflict <= 0.4 ? "cooperation" : "both";
          const faint = near !== null && near !== edge.a && near !== edge.b;
          const words = `${a.name} – ${b.name}: ${counted(edge.events, "event")}`;
          return (
            <line
              key={`${edge.a} ${edge.b}`}
              class={`edge ${tone} ${faint ? "faint" : ""}`}
              x1={a.x}
              y1={a.y}
              x2={b.x}
              y2={b.y}
              stroke-width={1 + 6 * Math.sqrt(edge.events / most)}
              onClick={() => go("relationship", { between: `${edge.a},${edge.b}` })}
            >
              <title>{words}</title>
            </line>
          );
        })}
        {[...byWeight].reverse().map((point) => (
          <a
            key={point.party}
            href={formatAddress("network", { of: point.party })}
            aria-label={`${point.name}: ${counted(point.events, "event")}`}
            onMouseEnter={() => setNear(point.party)}
            onMouseLeave={() => setNear(null)}
            onFocus={() => setNear(point.party)}
            onBlur={() => setNear(null)}
          >
            <circle class="node" cx={point.x} cy={point.y} r={radius(point.events)}>
              <title>{`${point.name}: ${counted(point.events, "event")}`}</title>
            </circle>
          </a>
        ))}
        {byWeight
          .filter((point) => labelled.has(point.party) || near === point.party)
          .map((point) => (
            <text key={point.party} class="label" aria-hidden="true" x={point.x} y={point.y - radius(point.events) - 5} text-anchor={point.x < 90 ? "start" : point.x > width - 90 ? "end" : "middle"}>
              {partyName(point.party)}
            </text>
          ))}
      </svg>
      <figcaption class="quiet small">A line’s width is the number of events, its colour their kind: blue mostly cooperation, orange mostly conflict, grey both. Where parties stand says only who is near whom.</figcaption>
    </figure>
  );
}
