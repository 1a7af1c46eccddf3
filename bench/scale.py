#!/usr/bin/env python3
"""Measures a store of many stories: pure reading, adding, size, every query, the brief, an export; prints a table.

usage: bench/scale.py [COUNT] [--dragoman build/dragoman] [--store FILE] [--threads N] [--parties POL ROU]

COUNT stories (10,000) are made by bench/make_stories.py. With --store the store is kept there; one that is there already is measured as it
is, without reading and adding. Rates are by the clock and by CPU time; on a busy machine only the latter mean anything. Queries are timed as
a user has them: the whole command, with its start, the best of three (the clock), output thrown away; in brackets what of it is the start
(`dragoman --version`). Exit 1 where a bar of issue 9 is missed: adding at 70 % of reading, 6 times the text, 200 ms.
"""
import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def timed(*words, **options):
    """Wall clock, CPU time and peak memory (MB) of a command."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    done = subprocess.run([str(w) for w in words], stdout=options.get("out", subprocess.DEVNULL), stderr=subprocess.PIPE)
    wall, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 1):
        sys.exit(f"{' '.join(map(str, words))}: {done.returncode}: {done.stderr.decode()[-500:]}")
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def queries(dragoman, store, a, b):
    """Name and words of every query; limits as a user has them."""
    return [
        ("ledger", ["ledger", store, "--between", a, b]),
        ("ledger of one party", ["ledger", store, "--of", a, "--since", "2025-06"]),
        ("matrix", ["matrix", store, "--between", a, b]),
        ("events", ["events", store, "--between", a, b]),
        ("events of all, newest", ["events", store]),
        ("quotes", ["quotes", store, "--of", a]),
        ("people", ["people", store, "--of", a]),
        ("timeline", ["timeline", store, "--between", a, b]),
        ("timeline of all", ["timeline", store]),
        ("search, a phrase", ["search", store, '"working group"', a]),
        ("search, two words", ["search", store, "consulate", "ferry"]),
        ("brief", ["brief", store, a, b]),
        ("brief, a year, HTML", ["brief", store, a, b, "--since", "2025", "--format", "html"]),
    ]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int, nargs="?", default=10_000)
    parser.add_argument("--dragoman", default=str(ROOT / "build/dragoman"))
    parser.add_argument("--store")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--parties", nargs=2, default=["POL", "ROU"])
    parser.add_argument("--read", type=int, default=2000, help="how many stories pure reading is measured on (2000)")
    chosen = parser.parse_args()
    missed = []

    def bar(fine, what):
        if not fine:
            missed.append(what)
        return "ok" if fine else "MISSED"

    with tempfile.TemporaryDirectory() as folder:
        store = Path(chosen.store or Path(folder) / "scale.db")
        there = store.exists()
        if not there:
            stories, some = Path(folder) / "stories.jsonl", Path(folder) / "some.jsonl"
            with stories.open("wb") as out:
                subprocess.run([sys.executable, str(ROOT / "bench/make_stories.py"), str(chosen.count)], stdout=out, check=True)
            few = min(chosen.read, chosen.count)
            with stories.open("rb") as lines, some.open("wb") as out:
                for _, line in zip(range(few), lines):
                    out.write(line)
            threads = ["--threads", chosen.threads]
            read_wall, read_cpu = timed(chosen.dragoman, "read", "--in", "jsonl", "--format", "jsonl", *threads, some)
            add_wall, add_cpu = timed(chosen.dragoman, "add", store, stories, *threads)
            print(f"{chosen.count} stories, {chosen.threads} threads, load {os.getloadavg()[0]:.0f}")
            print(f"{'':<28}{'a second':>10}{'a CPU second':>14}")
            print(f"{'read':<28}{few / read_wall:>10.0f}{few / read_cpu:>14.0f}")
            print(f"{'add':<28}{chosen.count / add_wall:>10.0f}{chosen.count / add_cpu:>14.0f}")
            share, by_cpu = read_wall / few / (add_wall / chosen.count), read_cpu / few / (add_cpu / chosen.count)
            print(f"{'add, share of read':<28}{share:>10.0%}{by_cpu:>14.0%}  {bar(max(share, by_cpu) >= 0.7, 'add')}")
        import sqlite3
        with sqlite3.connect(f"file:{store}?mode=ro", uri=True) as database:
            text, documents = database.execute("SELECT sum(length(CAST(text AS BLOB))), count(*) FROM documents").fetchone()
        size = sum(Path(str(store) + end).stat().st_size for end in ("", "-wal") if Path(str(store) + end).exists())
        print(f"{documents} documents, text {text / 1e6:.1f} MB, store {size / 1e6:.1f} MB: {size / text:.2f} times  {bar(size <= 6 * text, 'size')}")

        start = min(timed(chosen.dragoman, "--version")[0] for _ in range(3))
        print(f"{'query':<28}{'ms':>7}{'CPU ms':>8}   (of which start {1000 * start:.0f} ms)")
        for name, words in queries(chosen.dragoman, store, *chosen.parties):
            runs = [timed(chosen.dragoman, *words) for _ in range(3)]
            wall, cpu = min(r[0] for r in runs), min(r[1] for r in runs)
            print(f"{name:<28}{1000 * wall:>7.0f}{1000 * cpu:>8.0f}  {bar(min(wall, cpu) <= 0.2, name)}", flush=True)
        wall, cpu = timed(chosen.dragoman, "export", store, "--as", "csv", "--out", Path(folder) / "csv")
        print(f"{'export --as csv':<28}{wall:>6.1f}s{cpu:>7.1f}s")
    if missed:
        print("missed:", ", ".join(missed))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
