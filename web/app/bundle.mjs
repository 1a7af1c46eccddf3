// What esbuild is told.
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));

/** Bundles into a folder; null only tells what would be in it. */
export async function bundle(page) {
  const { metafile } = await build({
    absWorkingDir: here,
    entryPoints: { app: "src/start.ts", style: "src/style/style.css" },
    outdir: page ?? "unwritten",
    write: page !== null,
    metafile: true,
    bundle: true,
    splitting: true, // the chart, map and network libraries come when a view needs them
    format: "esm",
    target: ["es2022", "chrome109", "firefox115", "safari16"],
    minify: true,
    jsx: "automatic",
    jsxImportSource: "preact",
    loader: { ".woff2": "file" },
    assetNames: "[name]",
    chunkNames: "[name]-[hash]",
    legalComments: "none", // licences.txt has them all
    logLevel: "warning",
  });
  return metafile;
}
