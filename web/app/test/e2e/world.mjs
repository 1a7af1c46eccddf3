// What the browser tests stand on: a store made of the project's own stories, dragoman serve over it, and Debian's Chromium.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const here = dirname(fileURLToPath(import.meta.url));
export const root = resolve(here, "../../../..");
const program = process.env.DRAGOMAN ?? join(root, "build/dragoman");
export const browserPath = process.env.CHROMIUM ?? "/usr/bin/chromium";

/** Why the tests cannot run here, or null. */
export function missing() {
  if (!existsSync(program)) return `${program} is not built`;
  if (!existsSync(browserPath)) return `there is no ${browserPath} (apt-get install chromium)`;
  return null;
}

function run(...parameters) {
  const done = spawnSync(program, parameters, { encoding: "utf8", cwd: root });
  // 1: some document was not read, which is part of these stories
  if (done.error || done.status > 1) throw new Error(`dragoman ${parameters.join(" ")}: ${done.stderr || done.error}`);
  return done.stdout;
}

/** Serves a store until stop(). `files`: what to add to a new one; else `store` is a path. */
export async function serve({ files = [], store = null, options = [] }) {
  const folder = mkdtempSync(join(tmpdir(), "dragoman-explorer-"));
  const path = store ?? join(folder, "stories.db");
  for (const file of files) run("add", path, file);
  if (!existsSync(path)) throw new Error(`dragoman add made no store of ${files.join(", ")}`);
  const server = spawn(program, ["serve", path, "--port", "0", ...options], { stdio: ["ignore", "pipe", "inherit"] });
  const url = await new Promise((found, failed) => {
    let out = "";
    server.stdout.on("data", (chunk) => {
      out += chunk;
      const line = /^(http:\/\/\S+)/m.exec(out);
      if (line) found(line[1]);
    });
    server.on("exit", (code) => failed(new Error(`dragoman serve ended with ${code}`)));
  });
  return {
    url: url.replace(/\/$/, ""),
    path,
    async stop() {
      const ended = new Promise((done) => server.on("exit", done));
      server.kill("SIGTERM");
      await ended;
      rmSync(folder, { recursive: true });
    },
  };
}

export const ownStories = ["examples/series", "web/app/test/stories.jsonl"];

export function openBrowser() {
  return chromium.launch({
    executablePath: browserPath,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
}

/** A page that remembers what went wrong in it: errors, and what the content security policy refused. */
export async function openPage(browser, server, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1360, height: 900 }, reducedMotion: "reduce", ...options });
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: server.url });
  // While one works on the page: DRAGOMAN_PAGE=FOLDER/page shows what build.mjs made there, under the headers of the server.
  if (process.env.DRAGOMAN_PAGE) {
    const { headers } = await fetch(`${server.url}/`).then((answer) => ({ headers: Object.fromEntries(answer.headers) }));
    await context.route((url) => url.href.startsWith(server.url) && !url.pathname.startsWith("/api/"), (route) => {
      const { pathname } = new URL(route.request().url());
      delete headers["content-length"];
      delete headers["content-type"];
      return route.fulfill({ path: join(process.env.DRAGOMAN_PAGE, pathname === "/" ? "index.html" : pathname), headers });
    });
  }
  const page = await context.newPage();
  const wrong = [];
  page.on("pageerror", (error) => wrong.push(String(error)));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) wrong.push(message.text());
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(server.url) && !request.url().startsWith("data:")) wrong.push(`asked elsewhere: ${request.url()}`);
  });
  page.wrong = wrong;
  page.visit = async (address) => {
    await page.goto(`${server.url}/${address}`);
    await settled(page);
  };
  return page;
}

/** Waits until the view is there and awaits nothing more: not busy in six frames on end. */
export async function settled(page) {
  await page.waitForSelector("main h1, main [role=alert]");
  await page.evaluate(async () => {
    await document.fonts.ready;
    for (let quiet = 0; quiet < 6; ) {
      await new Promise(requestAnimationFrame);
      quiet = document.querySelector("main[aria-busy=true]") ? 0 : quiet + 1;
    }
  });
}
