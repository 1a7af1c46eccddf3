// Where the parties of a network stand on a drawing.
import Graph from "graphology";
import forceAtlas2 from "graphology-layout-forceatlas2";
import type { Network } from "./api_types.ts";

const PAD = 60;

interface Point {
  party: string;
  name: string;
  events: number;
  x: number;
  y: number;
}

/** Places the parties. The same network is drawn the same way each time: it starts from a circle, not from chance. */
export function layOut(network: Network, width: number, height: number): Map<string, Point> {
  const graph = new Graph({ type: "undirected" });
  network.nodes.forEach((node, number) => {
    const angle = (number / network.nodes.length) * 2 * Math.PI;
    const ring = 1 + (number % 5) * 0.4;
    graph.addNode(node.party, { x: Math.cos(angle) * ring * 100, y: Math.sin(angle) * ring * 100, size: 4 + Math.sqrt(node.events) });
  });
  for (const edge of network.edges) {
    if (graph.hasNode(edge.a) && graph.hasNode(edge.b) && edge.a !== edge.b) graph.mergeEdge(edge.a, edge.b, { weight: Math.log2(1 + edge.events) });
  }
  const places = forceAtlas2(graph, {
    iterations: graph.order > 200 ? 120 : 350,
    settings: { gravity: 0.4, scalingRatio: 14, strongGravityMode: true, adjustSizes: false, edgeWeightInfluence: 0.7, slowDown: 4, barnesHutOptimize: graph.order > 150 },
  });
  const known = network.nodes.map((node) => ({ node, ...places[node.party]! }));
  const bound = (values: number[]) => [Math.min(...values), Math.max(...values)] as const;
  const [left, right] = bound(known.map((it) => it.x!));
  const [top, bottom] = bound(known.map((it) => it.y!));
  const scale = (value: number, from: number, to: number, size: number) => (to - from < 1e-9 ? size / 2 : PAD + ((value - from) / (to - from)) * (size - 2 * PAD));
  return new Map(
    known.map((it) => [it.node.party, { party: it.node.party, name: it.node.name, events: it.node.events, x: scale(it.x!, left, right, width), y: scale(it.y!, top, bottom, height) }]),
  );
}
