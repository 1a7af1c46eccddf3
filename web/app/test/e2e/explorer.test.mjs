// Walks every view of the explorer in a browser, over a store of the project's own stories.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, describe, test } from "node:test";
import { missing, openBrowser, openPage, ownStories, serve, settled } from "./world.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

// Every view, and what of it has to be there.
const VIEWS = {
  "#/overview": ".figures a",
  "#/read?doc=1&at=s1": ".story .seg.is-chosen",
  "#/relationship": ".pairs a",
  "#/relationship?between=ISL,PRT": ".dossier .board .slip",
  "#/relationship?between=ISL,PRT&show=timeline": ".timeline .report",
  "#/ledger": ".ledger-table [role=row] .sentence",
  "#/ledger?as=board": ".board .slip",
  "#/ledger?as=timeline": ".timeline .entry",
  "#/positions": ".matrix .stance",
  "#/quotes": ".quotes-table .words",
  "#/events": ".events-table .sentence",
  "#/events?as=map": ".map circle.place",
  "#/network": ".network circle.node",
  "#/sources": ".outlets-table [role=row]",
  "#/sources?tab=stories": ".documents-table .headline",
  "#/sources?tab=duplicates": ".documents-table .headline",
  "#/sources?tab=failures": ".documents-table .tag.bad",
  "#/review": ".review-table .sentence",
  "#/review?why=log": ".notice",
  "#/search?q=cod": ".search-table .headline",
  "#/paste": ".paste textarea",
  "#/nowhere": ".notice",
};

describe("explorer", { skip: missing() ?? false }, () => {
  let server;
  let browser;
  const pages = [];
  const open = async (options) => {
    const page = await openPage(browser, server, options);
    pages.push(page);
    return page;
  };
  const api = async (path) => (await fetch(`${server.url}/api/${path}`)).json();

  before(async () => {
    server = await serve({ files: [...ownStories, "web/app/test/hostile.jsonl"] });
    browser = await openBrowser();
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  for (const colorScheme of ["light", "dark"]) {
    test(`every view is there, asks nobody else, and axe finds nothing (${colorScheme})`, async () => {
      const page = await open({ colorScheme });
      const found = [];
      for (const [address, part] of Object.entries(VIEWS)) {
        await page.visit(address);
        assert.ok((await page.locator(part).count()) > 0, `${address}: no ${part}`);
        assert.equal(await page.locator("main h1").count(), 1, `${address}: one h1`);
        await page.evaluate(axe);
        // The dark page differs in its colours alone.
        const { violations } = await page.evaluate((dark) => axe.run(document, dark ? { runOnly: ["color-contrast"] } : {}), colorScheme === "dark");
        for (const it of violations) found.push(`${address}: ${it.id}: ${it.nodes.map((node) => node.html.slice(0, 160)).slice(0, 3).join(" | ")} ${it.nodes[0]?.failureSummary ?? ""}`);
      }
      assert.deepEqual(found, []);
      assert.deepEqual(page.wrong, []);
      await page.context().close();
    });
  }

  test("panels and dialogs, too, are without fault for axe", async () => {
    const page = await open();
    const entry = (await api("ledger?limit=1")).rows[0].id;
    const cell = (await api("matrix?limit=1")).rows[0];
    for (const address of [`#/ledger?open=${entry}`, `#/positions?cell=${cell.holder}~${encodeURIComponent(cell.issue_id)}`]) {
      await page.visit(address);
      await page.waitForSelector(".panel .history li");
      await page.evaluate(axe);
      assert.deepEqual((await page.evaluate(() => axe.run(document))).violations.map((it) => `${it.id}: ${it.nodes[0].html}`), []);
      await page.keyboard.press("Escape");
      await page.waitForSelector(".panel", { state: "detached" });
    }
    await page.keyboard.press("?");
    await page.waitForSelector("dialog[open]");
    await page.evaluate(axe);
    assert.deepEqual((await page.evaluate(() => axe.run(document))).violations.map((it) => `${it.id}: ${it.nodes[0].html}`), []);
    await page.context().close();
  });

  test("marks stand at the bytes of the reading", async () => {
    const page = await open();
    const { rows } = await api("documents?limit=100");
    let checked = 0;
    for (const row of rows.filter((it) => it.state === "read")) {
      const story = await api(`story?doc=${row.doc}`);
      const bytes = new TextEncoder().encode(story.reading.document.text);
      for (const commitment of story.reading.commitments.slice(0, 2)) {
        await page.visit(`#/read?doc=${row.doc}&at=${commitment.id}`);
        const words = (commitment.evidence.spans ?? [commitment.evidence.trigger]).map((span) => new TextDecoder().decode(bytes.slice(...span))).join("");
        const shown = await page.locator(".story .seg.is-chosen").allTextContents();
        assert.equal(shown.join("").replace(/\s+/g, ""), words.replace(/\s+/g, ""), `${row.title} ${commitment.id}`);
        checked++;
      }
      if (checked > 8) break;
    }
    assert.ok(checked > 3);
    await page.context().close();
  });

  test("keys: j and k walk the findings, digits hide layers, the address follows and can be shared", async () => {
    const page = await open();
    await page.visit("#/read?doc=1");
    const press = async (key) => {
      await page.keyboard.press(key);
      await settled(page);
      return (await page.locator(".card.is-chosen .title").allTextContents()).join();
    };
    const first = await press("j");
    const second = await press("j");
    assert.notEqual(first, second);
    assert.equal(await press("k"), first);
    assert.match(page.url(), /at=/);
    assert.equal(await press("j"), second);
    const shared = await open();
    await shared.goto(page.url());
    await settled(shared);
    assert.equal(await shared.locator(".card.is-chosen .title").textContent(), second);
    const cards = await page.locator(".card").count();
    await press("3");
    assert.ok((await page.locator(".card").count()) < cards);
    assert.equal(await page.locator(".story .on-event").count(), 0);
    assert.match(page.url(), /hide=E/);
    assert.equal(await press("Escape"), "");
    await page.keyboard.press("/");
    assert.equal(await page.evaluate(() => document.activeElement.id), "search-field");
    await page.keyboard.type("j"); // in a field a letter is a letter
    assert.equal(await page.locator(".card.is-chosen").count(), 0);
    await page.context().close();
    await shared.context().close();
  });

  test("numbers open their rows, rows their sentence, and that can be cited", async () => {
    const page = await open();
    await page.visit("#/overview");
    const wanted = await page.locator(".figures a", { hasText: "undertakings" }).locator(".figure").textContent();
    await page.locator(".figures a", { hasText: "undertakings" }).click();
    await settled(page);
    assert.equal((await page.locator(".how-many").textContent()).split(" ")[0], wanted);
    const sentence = page.locator(".ledger-table .sentence").first();
    const words = await sentence.textContent();
    await sentence.click();
    await settled(page);
    const lit = (await page.locator(".story .lit, .story .is-chosen").allTextContents()).join("");
    const squeezed = (text) => text.replace(/\s+/g, "");
    assert.ok(squeezed(lit).length > 10 && squeezed(words).includes(squeezed(lit).slice(0, 40)), `${words} / ${lit}`);
    await page.keyboard.press("c");
    await page.waitForSelector(".toast.shown");
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    const parameters = new URLSearchParams(new URL(page.url()).hash.split("?")[1]);
    const citation = await api(`citation?doc=${parameters.get("doc")}&finding=${parameters.get("at")}`);
    assert.equal(copied, citation.citation);
    for (const part of [citation.text, citation.outlet, citation.date, ...citation.span.map(String)]) assert.ok(copied.includes(part), `${part} is not in: ${copied}`);
    await page.context().close();
  });

  test("the map comes closer and moves, by button, key, hand and wheel, and its address says so", async () => {
    const page = await open();
    await page.visit("#/events?as=map");
    const svg = page.locator(".map svg");
    const places = () => page.locator(".map circle.place").evaluateAll((all) => all.map((it) => [it.getAttribute("cx"), it.getAttribute("cy")].join()));
    const zoom = () => new URLSearchParams(new URL(page.url()).hash.split("?")[1]).get("zoom");
    const settles = (is) => page.waitForFunction((wanted) => (new URLSearchParams(location.hash.split("?")[1]).get("zoom") ?? "").startsWith(wanted), is);
    const whole = await places();
    assert.ok(await page.getByRole("button", { name: "Farther" }).isDisabled());
    await page.getByRole("button", { name: "Closer" }).click();
    await settles("2.00,");
    const closer = await places();
    assert.notDeepEqual(closer, whole);
    // Whoever gets the link sees the same.
    const again = await open();
    await again.goto(page.url());
    await again.waitForSelector(".map circle.place");
    await again.waitForFunction((wanted) => Math.abs(Number(document.querySelector(".map circle.place").getAttribute("cx")) - wanted) < 3, Number(closer[0].split(",")[0]));
    await again.context().close();
    // By hand; a place that was taken hold of is not opened.
    await page.locator(".map").scrollIntoViewIfNeeded();
    const box = await svg.boundingBox();
    const middle = [box.x + box.width / 2, box.y + box.height / 2];
    await page.mouse.move(...middle);
    await page.mouse.down();
    await page.mouse.move(middle[0] - 80, middle[1], { steps: 4 });
    await page.mouse.up();
    assert.notDeepEqual(await places(), closer);
    assert.match(page.url(), /as=map/);
    // The wheel scrolls the page, unless Ctrl is held or the map was clicked into.
    await page.evaluate(() => document.activeElement.blur());
    const before = await places();
    await svg.hover();
    await page.keyboard.down("Control");
    await page.mouse.wheel(0, -200);
    await page.keyboard.up("Control");
    await page.waitForFunction((wanted) => document.querySelector(".map circle.place")?.getAttribute("cx") !== wanted, before[0].split(",")[0]);
    await svg.focus();
    await page.keyboard.press("0");
    await page.waitForFunction(() => !location.hash.includes("zoom="));
    assert.deepEqual(await places(), whole);
    await page.keyboard.press("+");
    await settles("1.60,");
    assert.ok(zoom());
    assert.deepEqual(page.wrong, []);
    await page.context().close();
  });

  test("each number opens as many rows as it says", async () => {
    const page = await open();
    const rows = await open();
    const seen = new Set();
    for (const address of ["#/overview", "#/relationship?between=ISL,PRT", "#/network", "#/sources", "#/ledger?as=board"]) {
      await page.visit(address);
      const numbers = await page.evaluate(() => {
        document.querySelectorAll("details").forEach((it) => (it.open = true));
        return [...document.querySelectorAll("main a[href^='#/']")].map((it) => [it.textContent.trim(), it.getAttribute("href")]).filter(([words, href]) => /^\(?\d/.test(words) && !href.startsWith("#/read"));
      });
      assert.ok(numbers.length > 5, address);
      for (const [words, href] of numbers) {
        if (seen.has(href)) continue;
        seen.add(href);
        await rows.visit(href);
        const none = (await rows.locator(".how-many").count()) === 0;
        const shown = none ? "0" : /[\d,]+/.exec(await rows.locator(".how-many").textContent())[0];
        assert.equal(shown, /[\d,]+/.exec(words)[0], `${address}: ${words}, ${href}`);
      }
    }
    assert.deepEqual(rows.wrong, []);
    await rows.context().close();
    await page.visit("#/events?as=map");
    const row = page.locator(".map tbody tr").first();
    assert.ok((await row.count()) > 0, "these stories have places");
    const number = row.locator("td a").first();
    const events = await number.textContent();
    await number.click();
    await settled(page);
    assert.equal((await page.locator(".how-many").textContent()).split(" ")[0], events);
    await page.context().close();
  });

  test("a search box that knows parties, people and stories", async () => {
    const page = await open();
    await page.visit("#/overview");
    await page.locator("#search-field").fill("Portug");
    await page.locator("[role=option]", { hasText: "Portugal" }).first().waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await settled(page);
    assert.match(page.url(), /relationship\?of=PRT/);
    await page.locator("#search-field").fill("geothermal centre");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".search-table .headline");
    await page.locator(".search-table .headline").first().click();
    await settled(page);
    assert.match((await page.locator(".story .lit").allTextContents()).join(""), /geothermal/i);
    await page.context().close();
  });

  test("filters are in the address, and survive a reload", async () => {
    const page = await open();
    await page.visit("#/events");
    const all = await page.locator(".how-many").textContent();
    await page.locator(".filters select").first().selectOption("verbal_conflict");
    await settled(page);
    const some = await page.locator(".how-many").textContent();
    assert.notEqual(some, all);
    await page.reload();
    await settled(page);
    assert.equal(await page.locator(".how-many").textContent(), some);
    await page.locator("text=Clear filters").click();
    await settled(page);
    assert.equal(await page.locator(".how-many").textContent(), all);
    await page.context().close();
  });

  test("hostile stories are text and nothing else", async () => {
    const page = await open();
    const { rows } = await api("documents?limit=100");
    const hostile = rows.filter((row) => !row.title || /script|Opens|Line|[\u0600-\u06FF]/.test(row.title));
    assert.ok(hostile.length >= 4);
    for (const address of ["#/sources?tab=stories", "#/search?q=window", "#/quotes", "#/events", "#/ledger", ...hostile.map((row) => `#/read?doc=${row.doc}`)]) {
      await page.visit(address);
      assert.equal(await page.evaluate(() => window.hacked), undefined);
      const dom = await page.evaluate(() => ({
        text: document.getElementById("app").textContent,
        bad: document.querySelectorAll("#app script, #app img, #app iframe, #app [onerror], #app [onload], a[href^='javascript:' i]").length,
      }));
      assert.equal(dom.bad, 0, address);
      assert.ok(!/[\u202A-\u202E\u2066-\u2069\u200E\u200F]/.test(dom.text), `${address}: controls in the text`);
    }
    const scripted = hostile.find((row) => /script/.test(row.title));
    await page.visit(`#/read?doc=${scripted.doc}`);
    const text = await page.locator(".story").textContent();
    assert.ok(text.includes("<svg onload=window.hacked=1>") && text.includes("&amp; a library &lt;there&gt;"), text);
    assert.ok((await page.locator(".story .control", { hasText: "RLO" }).count()) > 0);
    const rtl = hostile.find((row) => /[\u0600-\u06FF]/.test(row.title));
    await page.visit(`#/read?doc=${rtl.doc}`);
    assert.equal(await page.locator("main h1 bdi").evaluate((element) => getComputedStyle(element).direction), "rtl");
    assert.deepEqual(page.wrong, []);
    await page.context().close();
  });

  test("at 400% zoom and on a phone nothing has to be scrolled sideways", async () => {
    const page = await open({ viewport: { width: 320, height: 640 } });
    for (const address of Object.keys(VIEWS)) {
      await page.visit(address);
      const [wide, shown] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
      assert.ok(wide <= shown, `${address}: ${wide} in ${shown}`);
    }
    const { rows } = await api("documents?limit=100");
    for (const row of rows.slice(0, 8)) {
      await page.visit(`#/read?doc=${row.doc}`);
      const [wide, shown] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
      assert.ok(wide <= shown, `${row.title}: ${wide} in ${shown}`);
    }
    await page.context().close();
  });

  test("ten thousand rows: few elements, quick, to the last one", async () => {
    const page = await open();
    const [sample] = (await api("events?limit=1")).rows;
    await page.route("**/api/events?*", async (route) => {
      const parameters = new URL(route.request().url()).searchParams;
      const from = Number(parameters.get("after") ?? 0);
      const rows = Array.from({ length: Math.min(1000, 10_000 - from) }, (_, number) => ({ ...sample, id: `x:${from + number}`, places: [`row ${from + number + 1}`] }));
      await route.fulfill({ json: { rows, next: from + 1000 < 10_000 ? String(from + 1000) : null, total: 10_000 } });
    });
    await page.visit("#/events");
    assert.match(await page.locator(".how-many").textContent(), /^10,000 events/);
    assert.equal(await page.locator("[role=table]").getAttribute("aria-rowcount"), "10001");
    for (let step = 0; step < 40; ++step) {
      await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
      await page.waitForTimeout(60);
      if ((await page.locator(".events-table").textContent()).includes("row 10000")) break;
    }
    assert.ok((await page.locator(".events-table").textContent()).includes("row 10000"));
    assert.ok((await page.locator(".events-table [role=row]").count()) < 80);
    const last = page.locator(".events-table [role=row]").last();
    assert.equal(await last.getAttribute("aria-rowindex"), "10001");
    // No two rows lie on each other.
    const boxes = await page.locator(".events-table .body [role=row]").evaluateAll((rows) => rows.map((row) => row.getBoundingClientRect()).map(({ top, bottom }) => [top, bottom]).sort((a, b) => a[0] - b[0]));
    for (let i = 1; i < boxes.length; ++i) assert.ok(boxes[i][0] >= boxes[i - 1][1] - 1);
    assert.deepEqual(page.wrong, []);
    await page.context().close();
  });

  test("what is asked ahead is asked once, and is what the view would ask", async () => {
    const page = await open();
    const asked = [];
    page.on("request", (request) => request.url().includes("/api/") && asked.push(decodeURIComponent(new URL(request.url()).pathname + new URL(request.url()).search)));
    await page.visit("#/relationship?since=2026-01-02&between=NOR,PRT&open=&outlet=Northern+Wire");
    assert.equal(asked.length, new Set(asked).size, asked.join(" "));
    assert.ok(asked.includes("/api/dossier?between=NOR,PRT&outlet=Northern+Wire&since=2026-01-02"), asked.join(" "));
    assert.equal(asked.filter((it) => it.startsWith("/api/dossier")).length, 1);
    await page.context().close();
  });

  test("a dossier of hundreds of positions shows some, and all when asked", async () => {
    const page = await open();
    await page.route("**/api/dossier?*", async (route) => {
      const dossier = await (await route.fetch()).json();
      const { source } = dossier.meetings[0];
      const stance = { polarity: "for", change: null, source };
      dossier.positions = Array.from({ length: 300 }, (_, number) => ({ issue: `issue ${number}`, issue_id: `i${number}`, they: "agree", one: stance, other: stance }));
      await route.fulfill({ json: dossier });
    });
    await page.visit("#/relationship?between=NOR,PRT");
    assert.match(await page.locator(".figures").textContent(), /300 agreed on/);
    const few = await page.locator(".stances li").count();
    assert.ok(few > 0 && few < 50, `${few} rows`);
    await page.locator("#positions button", { hasText: "All 300" }).focus();
    await page.keyboard.press("Enter");
    assert.equal(await page.locator(".stances li").count(), 300);
    assert.equal(await page.evaluate(() => document.activeElement.textContent), `Issue ${few}`);
    assert.deepEqual(page.wrong, []);
    await page.context().close();
  });

  test("a text is read on the spot, and nothing is stored", async () => {
    const page = await open();
    const before = (await api("summary")).documents;
    await page.visit("#/paste");
    assert.ok(await page.locator("button.main").isDisabled());
    await page.locator("textarea").fill("Peru and Nepal Plan Kite Museum\n\nLIMA, May 6 - Peru and Nepal signed an agreement on Wednesday to open a kite museum in Cusco by 2028. “Wind is free,” Peruvian Foreign Minister Lucía Quispe said. <script>window.hacked=1</script>");
    await page.locator("input[type=date]").fill("2026-05-07");
    await page.locator("button.main").click();
    await page.waitForSelector(".story .seg");
    assert.ok((await page.locator(".card").count()) > 0);
    assert.match(await page.locator(".provenance").textContent(), /nothing of it was stored/);
    assert.equal((await api("summary")).documents, before);
    assert.equal(await page.evaluate(() => window.hacked), undefined);
    await page.keyboard.press("j");
    await page.keyboard.press("c");
    await page.waitForSelector(".toast.shown");
    assert.match(await page.evaluate(() => navigator.clipboard.readText()), /bytes \d+–\d+/);
    assert.deepEqual(page.wrong, []);
    await page.context().close();
  });

  test("when the server says no, or nothing, the page says so and can try again", async () => {
    const page = await open();
    let broken = true;
    await page.route("**/api/ledger?*", (route) => (broken ? route.fulfill({ status: 503, json: { error: "busy", message: "the store is locked by a writer; try again" } }) : route.continue()));
    await page.visit("#/ledger");
    assert.match(await page.locator("[role=alert]").textContent(), /busy.*locked by a writer/s);
    broken = false;
    await page.locator("button", { hasText: "Try again" }).click();
    await page.waitForSelector(".ledger-table .sentence");
    await page.route("**/api/quotes?*", (route) => route.abort());
    await page.visit("#/quotes");
    assert.match(await page.locator("[role=alert]").textContent(), /still running/);
    await page.visit("#/read?doc=999999");
    assert.match(await page.locator("[role=alert]").textContent(), /Not found/);
    await page.visit("#/relationship?between=Xyzzy,PRT");
    assert.equal(await page.locator("[role=alert]").count(), 1);
    await page.context().close();
  });

  test("with --allow-add a text that was read is added when one asks for it", async () => {
    const writable = await serve({ files: ownStories, options: ["--allow-add"] });
    try {
      const page = await openPage(browser, writable);
      await page.visit("#/paste");
      await page.locator("textarea").fill("LIMA, May 6 - Peru and Nepal signed an agreement on Wednesday to open a kite museum in Cusco by 2028.");
      await page.getByLabel("Outlet").fill("Andean <i>Mail</i>");
      await page.getByLabel("Title").fill("Kite museum");
      await page.locator("input[type=date]").fill("2026-05-07");
      await page.locator("button.main").click();
      await page.locator("button", { hasText: "Add it to the store" }).click();
      await page.waitForURL(/#\/read\?doc=\d+/);
      await page.waitForSelector(".story .seg");
      assert.match(await page.locator("main").textContent(), /Andean <i>Mail<\/i>/);
      await page.visit("#/ledger?between=NPL,PER");
      assert.match(await page.locator(".ledger-table").textContent(), /kite museum/);
      await page.visit("#/paste");
      assert.equal(await page.locator("textarea").inputValue(), "");
      assert.deepEqual(page.wrong, []);
      await page.context().close();
    } finally {
      await writable.stop();
    }
  });

  test("with --allow-review findings are accepted and rejected, and that is logged", async () => {
    const reviewed = await serve({ files: ownStories, options: ["--allow-review"] });
    try {
      const page = await openPage(browser, reviewed);
      await page.visit("#/review");
      await page.locator("#reviewer").fill("Ana");
      const row = page.locator(".review-table .body [role=row]").first();
      await row.locator("button", { hasText: "Accept" }).click();
      await row.locator(".tag", { hasText: "accept" }).waitFor();
      await page.visit("#/review?why=log");
      assert.match(await page.locator(".log-table .body").textContent(), /accept.*Ana/);
      assert.deepEqual(page.wrong, []);
      await page.context().close();
    } finally {
      await reviewed.stop();
    }
  });

  test("on paper: the story and its findings, no controls", async () => {
    const page = await open();
    await page.visit("#/read?doc=1");
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.locator(".bar").isVisible(), false);
    assert.equal(await page.locator(".story").isVisible(), true);
    const position = await page.locator(".card").first().evaluate((element) => getComputedStyle(element).position);
    assert.equal(position, "static");
    await page.visit("#/events");
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    const loaded = (await api("events?limit=100")).rows.length;
    await page.waitForFunction((wanted) => document.querySelectorAll(".events-table .body [role=row]").length === wanted, loaded);
    await page.context().close();
  });
});
