// Builds the explorer's page into a folder, and the two sources that put it into the binary (see web/server/assets.h).
//
// usage: node build.mjs FOLDER
//
// FOLDER/page/ holds the page; FOLDER/assets.s and FOLDER/assets.cc embed it.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync, copyFileSync } from "node:fs";
import { basename, dirname, extname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { bundle } from "./bundle.mjs";
import { licenceText } from "./licences.mjs";

const here = dirname(fileURLToPath(import.meta.url));

const types = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
  ".txt": "text/plain; charset=utf-8",
};

async function makePage(page) {
  rmSync(page, { recursive: true, force: true });
  mkdirSync(page, { recursive: true });
  const made = await bundle(page);
  copyFileSync(join(here, "src/icon.svg"), join(page, "icon.svg"));
  // What app.js loads, and what that begins with, is fetched beside it, not after it.
  const main = Object.keys(made.outputs).find((name) => made.outputs[name].entryPoint === "src/main.tsx");
  const first = [main, ...made.outputs[main].imports.filter((it) => it.kind === "import-statement").map((it) => it.path)].map((path) => `<link rel="modulepreload" href="/${basename(path)}">\n`);
  const html = readFileSync(join(here, "src/index.html"), "utf8");
  writeFileSync(join(page, "index.html"), html.replace('<script type="module"', `${first.join("")}$&`));
  copyFileSync(join(here, "node_modules/world-atlas/countries-50m.json"), join(page, "countries-50m.json"));
  writeFileSync(join(page, "licences.txt"), licenceText(Object.keys(made.inputs)));
}

// The page itself is "/"; the rest keeps its name.
function embed(folder, page) {
  let assembly = ".section .rodata\n";
  let externs = "";
  let table = "";
  readdirSync(page).sort().forEach((name, number) => {
    const path = join(page, name);
    const type = types[extname(name)];
    if (!type) throw new Error(`${name}: no media type for it in build.mjs`);
    const etag = createHash("sha256").update(readFileSync(path)).digest("hex").slice(0, 16);
    assembly += `.balign 16\n.global dragoman_web_${number}\n.global dragoman_web_${number}_end\n`;
    assembly += `dragoman_web_${number}:\n.incbin "${path}"\ndragoman_web_${number}_end:\n.byte 0\n`;
    externs += `extern "C" const char dragoman_web_${number}[], dragoman_web_${number}_end[];\n`;
    const address = name === "index.html" ? "/" : `/${name}`;
    table += `    {"${address}", dragoman_web_${number}, dragoman_web_${number}_end, "${type}", "\\"${etag}\\""},\n`;
  });
  assembly += '.section .note.GNU-stack,"",@progbits\n';
  writeFileSync(join(folder, "assets.s"), assembly);
  writeFileSync(join(folder, "assets.cc"), `// Made by web/app/build.mjs.
#include "web/server/assets.h"
#include <cstddef>
${externs}
namespace dragoman::web {
namespace {
struct File { std::string_view path; const char* begin; const char* end; std::string_view type; std::string_view etag; };
const File files[] = {
${table}};
}  // namespace
std::optional<WebAsset> web_asset(std::string_view path) {
  for (const File& file : files)
    if (file.path == path) return WebAsset{{file.begin, static_cast<std::size_t>(file.end - file.begin)}, file.type, file.etag};
  return std::nullopt;
}
}  // namespace dragoman::web
`);
}

const folder = resolve(process.argv[2] ?? join(here, "dist"));
const page = join(folder, "page");
await makePage(page);
embed(folder, page);
