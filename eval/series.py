#!/usr/bin/env python3
"""Scores ledger, matrix and clusters on the series and the tellings of the development gold, read by the engine as a user would.

usage: eval/series.py [DRAGOMAN]      (build/dragoman) Without ../shared: says so and leaves with 0.

entries    of the undertakings of ledger.json, how many are an entry of their own that has most of their stages
surplus    entries of the ledger beyond those of ledger.json, by entry of the gold: an undertaking in two parts shows here
stages     of their stages (which document says what), how many the entry has
extra      stages that the entry has beyond those, by stage of the gold
stances    of the stances of matrix.json, how many the cell has
clusters   of the tellings in clusters.json, how many are in the cluster (optional ones not counted); 0 where a look-alike is in it too
"""
import json
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))
from check_relationship import GOLD, Checker, common  # noqa: E402


def stories(folders):
    for folder in folders:
        meta = json.loads((folder / "meta.json").read_text())
        yield {"id": folder.name, "text": (folder / "article.txt").read_text(),
               **{k: meta[k] for k in ("title", "published", "outlet", "dateline") if meta.get(k)}}


def add(check, name, folders):
    rows, store = check.folder / f"{name}.jsonl", check.folder / f"{name}.db"
    rows.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in stories(folders)))
    check.run("add", store, rows)
    return store


def score_series(check, series, totals):
    store = add(check, series.name, sorted(p.parent for p in series.glob("*/article.txt")))
    gold = json.loads((series / "ledger.json").read_text())
    ledger = check.json("ledger", store, "--between", *gold["states"])
    left = list(ledger)
    for row in gold["entries"]:
        want = [(h["article"], h["stage"]) for h in row["history"]]
        best = max(left, key=lambda e: len(common(e, want)), default=None)
        if best:
            left.remove(best)
        hits = len(common(best, want)) if best else 0
        for name, right in (("entries", 2 * hits > len(want)), ("stages", hits), ("extra", len(best["history"]) - hits if best else 0)):
            totals[name][0] += right
        totals["entries"][1] += 1
        totals["stages"][1] += len(want)
        totals["extra"][1] += len(want)
    totals["surplus"][0] += len(left)
    totals["surplus"][1] += len(gold["entries"])
    cells = check.json("matrix", store)
    for row in json.loads((series / "matrix.json").read_text())["cells"]:
        want = {(h["article"], h["polarity"]) for h in row["history"]}
        got = [{(h["document"], h["polarity"]) for h in c["history"]} for c in cells if c["holder"] == row["holder"]]
        totals["stances"][0] += max((len(g & want) for g in got), default=0)
        totals["stances"][1] += len(want)


def score_clusters(check, totals):
    gold = json.loads((GOLD / "dedup/clusters.json").read_text())
    originals = [GOLD / "articles" / c["original"] for c in gold["clusters"]]
    store = add(check, "dedup", sorted(p.parent for p in (GOLD / "dedup").glob("*/article.txt")) + originals)
    with sqlite3.connect(store) as database:
        cluster = dict(database.execute("SELECT id, cluster FROM documents"))
    apart = all(cluster[a] != cluster[b] for a, b in gold["not_duplicates"])
    for story in gold["clusters"]:
        needed = [m for m in story["members"] if m not in story.get("optional", [])]
        totals["clusters"][0] += apart * sum(cluster[m] == cluster[story["original"]] for m in needed)
        totals["clusters"][1] += len(needed)


def main():
    if not (GOLD / "series").exists():
        print(f"skipped: {GOLD} is not there; the gold is not part of dragoman")
        return 0
    program = sys.argv[1] if len(sys.argv) > 1 else str(ROOT / "build/dragoman")
    if subprocess.run([program, "doctor"], capture_output=True).returncode != 0:
        print(f"{program} has no model or no knowledge; `./run build` makes them", file=sys.stderr)
        return 1
    totals = {name: [0, 0] for name in ("entries", "surplus", "stages", "extra", "stances", "clusters")}
    with tempfile.TemporaryDirectory() as folder:
        check = Checker(program, Path(folder))
        for series in sorted((GOLD / "series").iterdir()):
            score_series(check, series, totals)
        score_clusters(check, totals)
    for name, (hits, total) in totals.items():
        print(f"series.{name} {hits / total:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
