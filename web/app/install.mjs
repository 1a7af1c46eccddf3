// Installs what package-lock.json names, if that has not been done yet: `npm ci` runs when the lock changes, not at every build.
//
// usage: node install.mjs [--dev]     --dev: what the tests need, too
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const stamp = join(here, "node_modules", ".dragoman-lock");
const wanted = process.argv.includes("--dev") ? "dev" : "build";
const lock = createHash("sha256").update(readFileSync(join(here, "package-lock.json"))).digest("hex");

function installed() {
  try {
    const [hash, what] = readFileSync(stamp, "utf8").trim().split(" ");
    return hash === lock && (what === "dev" || what === wanted);
  } catch {
    return false; // no stamp: nothing is installed
  }
}

if (!installed()) {
  const only = wanted === "dev" ? [] : ["--omit=dev"];
  const run = spawnSync("npm", ["ci", "--no-fund", "--no-audit", "--ignore-scripts", ...only], { cwd: here, stdio: ["ignore", 2, 2] });
  if (run.status !== 0) {
    console.error("npm ci failed in web/app. Without a way to npm's registry, build without the explorer: cmake -DDRAGOMAN_EXPLORER=OFF");
    process.exit(1);
  }
  writeFileSync(stamp, `${lock} ${wanted}\n`);
}
