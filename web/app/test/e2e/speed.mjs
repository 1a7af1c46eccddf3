// How long until something is painted, and until each view is there, over a store: node test/e2e/speed.mjs DB [TIMES]
// Prints medians in milliseconds; exit 1 if the first paint of any address takes more than 300 ms, or a view more than a second.
import { openBrowser, openPage, serve, settled } from "./world.mjs";

const FIRST_PAINT_MS = 300;
const VIEW_MS = 1000;

const [store, times = "3"] = process.argv.slice(2);
const server = await serve({ store });
const browser = await openBrowser();
const api = async (path) => (await fetch(`${server.url}/api/${path}`)).json();
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

const { documents } = await api("summary");
const { edges } = await api("network?limit=1");
const [pair] = edges;
const [newest] = (await api("documents?limit=1")).rows;
const [cell] = (await api("matrix?limit=1")).rows;
const between = `${pair.a},${pair.b}`;
const addresses = {
  overview: "#/overview",
  read: `#/read?doc=${newest.doc}`,
  "relationship (choice)": "#/relationship",
  [`relationship ${between}`]: `#/relationship?between=${between}`,
  ledger: "#/ledger",
  "ledger, board": "#/ledger?as=board",
  "ledger, timeline": "#/ledger?as=timeline",
  [`ledger ${between}`]: `#/ledger?between=${between}`,
  positions: "#/positions",
  "positions, a cell": `#/positions?cell=${cell.holder}~${encodeURIComponent(cell.issue_id)}`,
  quotes: "#/quotes",
  [`quotes ${between}`]: `#/quotes?between=${between}`,
  events: "#/events",
  [`events ${between}`]: `#/events?between=${between}&type=verbal_conflict`,
  map: "#/events?as=map",
  network: "#/network",
  sources: "#/sources",
  "sources, duplicates": "#/sources?tab=duplicates",
  "sources, not read": "#/sources?tab=failures",
  review: "#/review",
  search: "#/search?q=talks",
};
console.log(`${documents} documents`);
let slow = false;
const paints = [];
const rows = [];
for (const [name, address] of Object.entries(addresses)) {
  const cold = [];
  const warm = [];
  const painted = [];
  for (let time = 0; time < Number(times); ++time) {
    const page = await openPage(browser, server);
    const start = performance.now();
    await page.goto(`${server.url}/${address}`, { waitUntil: "commit" });
    await settled(page);
    cold.push(performance.now() - start);
    painted.push(await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? Infinity));
    // From another view, as a reader comes: the page is there, the rows are not.
    await page.goto(`${server.url}/#/paste`);
    await page.reload();
    await settled(page);
    warm.push(
      await page.evaluate(async (to) => {
        const begin = performance.now();
        location.hash = to;
        await new Promise((done) => setTimeout(done, 0));
        for (let quiet = 0, last = begin; ; ) {
          await new Promise(requestAnimationFrame);
          if (document.querySelector("main[aria-busy=true]")) (quiet = 0), (last = performance.now());
          else if (++quiet > 5) return last - begin;
        }
      }, address),
    );
    await page.context().close();
  }
  rows.push([name, median(painted), median(cold), median(warm)]);
  paints.push(...painted);
  slow ||= median(cold) > VIEW_MS || median(warm) > VIEW_MS || median(painted) > FIRST_PAINT_MS;
}
await browser.close();
await server.stop();
console.log(`first paint: ${median(paints).toFixed(0)} ms, the slowest ${Math.max(...paints).toFixed(0)} ms (${paints.length} loads)`);
console.log("view".padEnd(34), "first paint".padStart(12), "opened anew".padStart(12), "from another view".padStart(19));
for (const [name, paint, cold, warm] of rows) {
  const late = cold > VIEW_MS || warm > VIEW_MS || paint > FIRST_PAINT_MS ? " slow" : "";
  console.log(name.padEnd(34), paint.toFixed(0).padStart(12), cold.toFixed(0).padStart(12), warm.toFixed(0).padStart(19), late);
}
if (slow) process.exit(1);
