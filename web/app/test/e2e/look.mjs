// Screenshots of every view for a look with one's own eyes: node test/e2e/look.mjs FOLDER [view ...]
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { openBrowser, openPage, ownStories, serve } from "./world.mjs";

const VIEWS = {
  overview: "#/overview",
  read: "#/read?doc=1&at=c2",
  relationship: "#/relationship?between=NOR,PRT",
  timeline: "#/relationship?between=NOR,PRT&show=timeline",
  ledger: "#/ledger",
  positions: "#/positions",
  cell: "#/positions?cell=PRT~deep-sea-mining",
  quotes: "#/quotes",
  events: "#/events",
  map: "#/events?as=map",
  network: "#/network",
  sources: "#/sources",
  failures: "#/sources?tab=failures",
  review: "#/review",
  search: "#/search?q=cod",
  paste: "#/paste",
};
const [folder, ...only] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const server = await serve(process.env.STORE ? { store: process.env.STORE } : { files: [...ownStories, "web/app/test/hostile.jsonl"] });
const browser = await openBrowser();
const kinds = { desk: { width: 1360, height: 900 }, phone: { width: 390, height: 844 } };
for (const [kind, viewport] of Object.entries(kinds)) {
  for (const colorScheme of (process.env.SCHEMES ?? "light,dark").split(",")) {
    const page = await openPage(browser, server, { viewport, colorScheme });
    for (const [name, address] of Object.entries(VIEWS)) {
      if (only.length > 0 && !only.includes(name)) continue;
      await page.visit(address);
      await page.waitForTimeout(150);
      await page.screenshot({ path: join(folder, `${name}-${kind}-${colorScheme}.png`), fullPage: kind === "desk" && process.env.FULL === "1" });
    }
    if (page.wrong.length) console.log(kind, colorScheme, [...new Set(page.wrong)]);
    await page.context().close();
  }
}
await browser.close();
await server.stop();
