#!/usr/bin/env python3
"""Speed of the Python package beside the command, in the same run on the same stories, best of some rounds.

usage: .cache/python/bin/python bench/python_rates.py [--stories 2000] [--rounds 3]      (after ./run python)

Prints stories/s and, as other work on the machine blurs wall-clock time, CPU milliseconds a story.
"""
import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import dragoman
from dragoman._command import PROGRAM

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "python" / "tests"))
from stories import stories  # noqa: E402


def cpu(who):
    usage = resource.getrusage(who)
    return usage.ru_utime + usage.ru_stime


def measured(work, who):
    begin, used = time.perf_counter(), cpu(who)
    work()
    return time.perf_counter() - begin, cpu(who) - used


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--stories", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    rows = list(stories(options.stories))
    text_bytes = sum(len(row["text"].encode()) for row in rows)
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
        file.flush()

        def command(threads):
            subprocess.run([PROGRAM, "read", "--in", "jsonl", "--format", "jsonl", "--threads", str(threads), file.name],
                           stdout=subprocess.DEVNULL, check=True)

        def package(threads):
            assert sum(1 for _ in dragoman.read_many(rows, threads=threads)) == len(rows)

        def touched(threads):
            assert sum(len(reading.statements) + len(reading.events) for reading in dragoman.read_many(rows, threads=threads)) > 0

        children, own = resource.RUSAGE_CHILDREN, resource.RUSAGE_SELF
        tasks = {
            "command, 1 thread": lambda: measured(lambda: command(1), children),
            "read_many, 1 thread": lambda: measured(lambda: package(1), own),
            "command, 2 threads": lambda: measured(lambda: command(2), children),
            "read_many, 2 threads": lambda: measured(lambda: package(2), own),
            "read_many, 2 threads, layers opened": lambda: measured(lambda: touched(2), own),
        }
        dragoman.read("The engine is opened before the clock runs.")
        best = {}
        for _ in range(options.rounds):
            for name, task in tasks.items():
                wall, used = task()
                before = best.get(name, (wall, used))
                best[name] = (min(before[0], wall), min(before[1], used))
    print(f"{len(rows)} stories, {text_bytes / len(rows):.0f} bytes each; {os.cpu_count()} cores; best of {options.rounds}")
    print(f"{'':38}{'stories/s':>10}{'MB/s':>8}{'CPU ms':>8}")
    for name, (wall, used) in best.items():
        print(f"{name:38}{len(rows) / wall:10.0f}{text_bytes / wall / 1e6:8.2f}{used * 1000 / len(rows):8.2f}")
    rate = {name: len(rows) / wall for name, (wall, _) in best.items()}
    print(f"read_many: two threads {rate['read_many, 2 threads'] / rate['read_many, 1 thread']:.2f} times one; "
          f"{rate['read_many, 2 threads'] / rate['command, 2 threads']:.0%} of the command's rate")


if __name__ == "__main__":
    main()
