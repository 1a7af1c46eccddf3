// The licences of what is in the page: of each npm package that esbuild put in, its text as the package gives it.
//
// usage: node licences.mjs            writes ../../licences/explorer.txt
//        node licences.mjs --check    exit 1 if that file is not what it would write
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));

/** The packages that files come from, by name. `paths`: of the files, relative to web/app. */
function packagesOf(paths) {
  const names = new Set();
  for (const path of paths) {
    const found = /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path);
    if (found) names.add(found[1]);
  }
  names.add("world-atlas"); // its outlines are copied as they are, too
  return [...names].sort();
}

export function licenceText(paths) {
  const parts = ["The explorer's page (web/app) has these packages in it. Made by web/app/licences.mjs from the packages themselves.\n"];
  for (const name of packagesOf(paths)) {
    const folder = join(here, "node_modules", name);
    const about = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const file = readdirSync(folder).find((it) => /^(licen[cs]e|copying)/i.test(it));
    if (!file && !about.license) throw new Error(`${name}: no licence is to be found in ${folder}`);
    const text = file ? readFileSync(join(folder, file), "utf8").replaceAll("\r\n", "\n").trim() : "(the package has no text of it)";
    parts.push(`${"=".repeat(80)}\n${name} ${about.version}: ${about.license}\n\n${text}\n`);
  }
  parts.push(`${"=".repeat(80)}\nworld-atlas holds outlines of Natural Earth (public domain).\n`);
  return parts.join("\n");
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { bundle } = await import("./bundle.mjs");
  const wanted = licenceText(Object.keys((await bundle(null)).inputs));
  const target = join(here, "../../licences/explorer.txt");
  if (!process.argv.includes("--check")) writeFileSync(target, wanted);
  else if (!existsSync(target) || readFileSync(target, "utf8") !== wanted) {
    console.error(`${relative(process.cwd(), target)} is not up to date: node web/app/licences.mjs`);
    process.exit(1);
  }
}
