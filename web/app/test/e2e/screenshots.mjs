// The README's pictures, from a store of the project's own stories: node screenshots.mjs FOLDER   (./run screenshots)
import { mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { missing, openBrowser, openPage, ownStories, serve } from "./world.mjs";

const SHOTS = [
  { name: "read", address: "#/read?doc=1&at=c2", colorScheme: "light" },
  { name: "relationship", address: "#/relationship?between=NOR,PRT", colorScheme: "light" },
  { name: "timeline", address: "#/ledger?as=timeline", colorScheme: "light" },
  { name: "positions", address: "#/positions?cell=PRT~deep-sea-mining", colorScheme: "light" },
  { name: "map-dark", address: "#/events?as=map&between=NOR,PRT", colorScheme: "dark" },
  { name: "read-phone", address: "#/read?doc=1", colorScheme: "light", viewport: { width: 390, height: 780 } },
];
const MOST_BYTES = 300_000;

const [folder] = process.argv.slice(2);
const why = missing();
if (!folder || why) {
  console.error(why ?? "usage: node screenshots.mjs FOLDER");
  process.exit(1);
}
mkdirSync(folder, { recursive: true });
const server = await serve({ files: ownStories });
const browser = await openBrowser();
let tooLarge = false;
for (const { name, address, ...options } of SHOTS) {
  const page = await openPage(browser, server, { viewport: { width: 1280, height: 860 }, ...options });
  await page.visit(address);
  await page.waitForTimeout(300);
  const path = join(folder, `${name}.png`);
  await page.screenshot({ path });
  const { size } = statSync(path);
  console.log(`${path}: ${size} bytes`);
  tooLarge ||= size > MOST_BYTES;
  await page.context().close();
}
await browser.close();
await server.stop();
if (tooLarge) {
  console.error(`a picture is larger than ${MOST_BYTES} bytes`);
  process.exit(1);
}
