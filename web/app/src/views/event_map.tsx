// Events by place. The outlines are Natural Earth's, which draws boundaries as they are held, and the page says so.
import { geoEqualEarth, geoGraticule10, geoPath } from "d3-geo";
import type { FeatureCollection, GeoJsonProperties, Geometry, MultiLineString } from "geojson";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { feature, mesh } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import coarse from "world-atlas/countries-110m.json";
import { address, change, formatAddress, pick } from "../core/address.ts";
import { usePages } from "../core/api.ts";
import type { Place } from "../core/api_types.ts";
import { QUADS } from "../core/api_types.ts";
import { dayWords } from "../core/days.ts";
import { QUAD_WORDS, count, counted } from "../core/words.ts";
import { Failed, Loading } from "../parts/states.tsx";
import { placeLabels } from "../core/labels.ts";
import { WHOLE, type Zoom, centred } from "../core/zoom.ts";
import { usePanZoom } from "../parts/pan_zoom.ts";
import { usePictureSize } from "../parts/picture_size.ts";
import { Text } from "../parts/text.tsx";
import { EVENT_FILTERS } from "./events.tsx";
import { QuadBar, QuadKey } from "./quad_bar.tsx";

type World = Topology<{ countries: GeometryCollection; land: GeometryCollection }>;

const CLOSE_DEGREES = 60; // below this the finer outlines are worth their 750 kB

function merge(rows: Place[]): Place[] {
  const places = new Map<string, Place>();
  for (const row of rows) {
    const key = `${row.name} ${row.lat} ${row.lon}`;
    const known = places.get(key);
    if (!known) {
      places.set(key, { ...row });
      continue;
    }
    known.events += row.events;
    for (const quad of QUADS) known[quad] += row[quad];
    if ((row.last ?? "") > (known.last ?? "")) known.last = row.last;
  }
  return [...places.values()].sort((a, b) => b.events - a.events || (a.name < b.name ? -1 : 1));
}

function useOutlines(fine: boolean): World {
  const [world, setWorld] = useState(coarse as unknown as World);
  useEffect(() => {
    if (!fine) return;
    // Without the finer ones the coarse ones stay: the map is there all the same.
    fetch("/countries-50m.json").then(async (answer) => answer.ok && setWorld((await answer.json()) as World), () => undefined);
  }, [fine]);
  return world;
}

export function EventMap() {
  const { parameters } = address.value;
  const query = pick(parameters, ...EVENT_FILTERS.filter((name) => name !== "issue" && name !== "place"));
  const pages = usePages<Place>("places", query, 1000);
  const places = useMemo(() => merge(pages.rows), [pages.rows]);
  const [whole, setWhole] = useState(false);
  const bounds = useMemo(() => {
    const west = Math.min(...places.map((place) => place.lon));
    const east = Math.max(...places.map((place) => place.lon));
    const south = Math.min(...places.map((place) => place.lat));
    const north = Math.max(...places.map((place) => place.lat));
    return { west, east, south, north };
  }, [places]);
  const close = !whole && places.length > 0 && bounds.east - bounds.west < 140;
  const picture = usePictureSize();
  const { width } = picture;
  const height = close ? picture.height : Math.min(picture.height, Math.round(width * 0.52)); // the world is twice as wide as high
  const frame = { width, height };
  const [zoom, setZoom] = useState<Zoom>(WHOLE);
  const world = useOutlines((close ? bounds.east - bounds.west : 360) / zoom.k < CLOSE_DEGREES);

  const projection = useMemo(() => {
    const projection = geoEqualEarth();
    if (close) {
      const pad = Math.max(4, (bounds.east - bounds.west) * 0.12);
      const middle = (bounds.west + bounds.east) / 2;
      projection.rotate([-middle, 0]);
      const corners = {
        type: "MultiPoint" as const,
        coordinates: [
          [bounds.west - pad, Math.max(-85, bounds.south - pad)],
          [bounds.east + pad, Math.min(85, bounds.north + pad)],
          [bounds.west - pad, Math.min(85, bounds.north + pad)],
          [bounds.east + pad, Math.max(-85, bounds.south - pad)],
        ],
      };
      projection.fitExtent([[10, 10], [width - 10, height - 10]], corners);
    } else {
      projection.fitExtent([[4, 4], [width - 4, height - 4]], { type: "Sphere" });
    }
    return projection.clipExtent([[-20, -20], [width + 20, height + 20]]);
  }, [close, bounds, width, height]);
  const drawing = useMemo(() => {
    const path = geoPath(projection);
    const countries = world.objects.countries;
    const land = feature(world, countries) as FeatureCollection<Geometry, GeoJsonProperties>;
    const borders: MultiLineString = mesh(world, countries as never, (a, b) => a !== b);
    return { land: path(land) ?? "", borders: path(borders) ?? "", grid: path(geoGraticule10()) ?? "" };
  }, [world, projection]);

  // The address says what is looked at: how close, and what is in the middle.
  const written = useRef<string | undefined>(undefined);
  const shownBy = useRef<unknown>(undefined);
  useEffect(() => {
    if (parameters.zoom === written.current && projection === shownBy.current) return;
    written.current = parameters.zoom;
    shownBy.current = projection;
    const [k, lon, lat] = (parameters.zoom ?? "").split(",").map(Number);
    const middle = k && lon !== undefined && lat !== undefined ? projection([lon, lat]) : null;
    setZoom(middle && middle.every(Number.isFinite) ? centred(k!, middle[0], middle[1], frame) : WHOLE);
  }, [parameters.zoom, projection]);
  useEffect(() => {
    const middle = projection.invert?.([(width / 2 - zoom.x) / zoom.k, (height / 2 - zoom.y) / zoom.k]);
    const now = zoom.k === 1 || !middle ? undefined : [zoom.k.toFixed(2), middle[0].toFixed(3), middle[1].toFixed(3)].join(",");
    if (now === written.current || (places.length === 0 && !now)) return;
    const timer = setTimeout(() => {
      written.current = now;
      change({ zoom: now }, true);
    }, 250);
    return () => clearTimeout(timer);
  }, [zoom]);
  const hand = usePanZoom(zoom, frame, setZoom);

  if (pages.error && places.length === 0) return <Failed error={pages.error} retry={pages.retry} />;
  if (pages.loading && places.length === 0) return <Loading what="places" />;
  const most = Math.max(1, ...places.map((place) => place.events));
  const largest = Math.min(18, Math.max(5, 0.133 * Math.sqrt((width * height) / places.length))); // many are not to hide each other
  const shown = places.flatMap((place) => {
    const point = projection([place.lon, place.lat]);
    if (!point) return [];
    const x = zoom.k * point[0] + zoom.x;
    const y = zoom.k * point[1] + zoom.y;
    const radius = 3 + largest * Math.sqrt(place.events / most);
    return x < -radius || x > width + radius || y < -radius || y > height + radius ? [] : [{ place, name: place.name, x, y, radius }];
  });
  const labels = placeLabels(shown, width);
  const rows = (place: Place) => formatAddress("events", { ...query, place: place.name });
  return (
    <section class="map">
      {parameters.issue && <p class="quiet">Words narrow the table alone; the map counts every sentence.</p>}
      {places.length === 0 ? (
        <p class="notice">No event of this selection has a place with coordinates.</p>
      ) : (
        <figure>
          <ul class="key" aria-label="Colours">
            <li><span class="dot quad-material_cooperation" /> mostly cooperation</li>
            <li><span class="dot quad-material_conflict" /> mostly conflict</li>
            <li><span class="dot both" /> both</li>
          </ul>
          <div class={zoom.k > 1 ? "hand closer" : "hand"}>
            <svg
              ref={hand.ref}
              viewBox={`0 0 ${width} ${height}`}
              role="group"
              tabindex={0}
              aria-label={`Map of ${counted(places.length, "place")}; the same stand in the table below. Keys: plus and minus, arrows, 0 for all of it`}
            >
              <rect class="sea" width={width} height={height} />
              <g transform={`translate(${zoom.x} ${zoom.y}) scale(${zoom.k})`}>
                <path class="grid" d={drawing.grid} />
                <path class="land" d={drawing.land} />
                <path class="borders" d={drawing.borders} />
              </g>
              {shown.map(({ place, x, y, radius }) => {
                const conflict = place.verbal_conflict + place.material_conflict;
                const share = conflict / Math.max(1, place.events);
                const tone = share >= 0.6 ? "conflict" : share <= 0.4 ? "cooperation" : "both";
                return (
                  <a key={`${place.name} ${place.lat} ${place.lon}`} href={rows(place)} aria-label={`${place.name}: ${counted(place.events, "event")}`}>
                    <circle class={`place ${tone}`} cx={x} cy={y} r={radius}>
                      <title>{`${place.name}: ${counted(place.events, "event")}`}</title>
                    </circle>
                  </a>
                );
              })}
              {labels.map((label) => (
                <text key={`${label.name} ${label.x} ${label.y}`} class="label" aria-hidden="true" x={label.x} y={label.y} text-anchor={label.left ? "end" : "start"}>
                  {label.name}
                </text>
              ))}
            </svg>
            <div class="zoom" role="group" aria-label="Zoom">
              <button type="button" aria-label="Closer" title="Closer (+)" onClick={() => hand.by(2)}>
                +
              </button>
              <button type="button" aria-label="Farther" title="Farther (−)" disabled={zoom.k === 1} onClick={() => hand.by(0.5)}>
                −
              </button>
              <button type="button" aria-label="All of it" title="All of it (0)" disabled={zoom.k === 1} onClick={hand.reset}>
                ⤢
              </button>
            </div>
          </div>
          <figcaption class="quiet small">
            A circle’s area is the number of events. Drag to move; Ctrl and the wheel, two fingers or the buttons to come closer. Outlines and borders: Natural Earth 2.0.2 of world-atlas, which shows
            boundaries as they are held on the ground; they are no judgement of dragoman’s on whose they are.{" "}
            {(close || whole) && (
              <button type="button" class="link" onClick={() => (setWhole(!whole), hand.reset())}>
                {whole ? "Where the places are" : "Whole world"}
              </button>
            )}
          </figcaption>
        </figure>
      )}
      {!pages.done && (
        <p>
          Places of the newest events so far.{" "}
          <button type="button" disabled={pages.loading} onClick={pages.more}>
            More
          </button>
        </p>
      )}
      {places.length > 0 && <QuadKey />}
      {places.length > 0 && (
        <div class="scroll" tabIndex={0} role="region" aria-label="Places">
          <table class="data">
            <caption class="unseen">Events by place</caption>
            <thead>
              <tr>
                <th scope="col">Place</th>
                <th scope="col" class="numeric">Events</th>
                <th scope="col">Cooperation and conflict</th>
                <th scope="col">Last</th>
              </tr>
            </thead>
            <tbody>
              {places.slice(0, 200).map((place) => (
                <tr key={`${place.name} ${place.lat} ${place.lon}`}>
                  <th scope="row">
                    <Text>{place.name}</Text>
                  </th>
                  <td class="numeric">
                    <a href={rows(place)}>{count(place.events)}</a>
                  </td>
                  <td>
                    <QuadBar counts={place} />
                    <span class="unseen">{QUADS.map((quad) => `${place[quad]} ${QUAD_WORDS[quad]}`).join(", ")}</span>
                  </td>
                  <td class="nowrap">{dayWords(place.last)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
