#!/usr/bin/env python3
"""Runs every measure of ../shared/measure.py, eval/series.py and eval/units.py, and prints one table. Without ../shared: says so and leaves with 0.

usage: eval/run.py [--only conformance|gold|series|attribution|plv|units|speed]...   (speed is left out unless asked for: it takes minutes)
"""
import argparse
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MEASURE = ROOT.parent / "shared" / "measure.py"

# What to run, which figures to show, and the bar that an issue sets for each.
MEASURES = [
    ("conformance", "annotator", ["conformance"], {"same": 264}),
    ("gold", "gold, all stories", ["gold", "--set", "dev"], {
        "entities.ref_accuracy": 0.85, "statements.f1": 0.80, "statement_content.speaker_accuracy": 0.90,
        "statement_content.kind_accuracy": 0.95, "events.f1": 0.60, "events_lenient.f1": 0.70, "events.actuality_accuracy": 0.88,
        "events.voice_accuracy": 0.88, "commitments.f1": 0.70, "commitments.stage_accuracy": 0.85,
        "commitments.sector_accuracy": 0.85, "positions.f1": 0.62}),
    ("gold", "gold, the seed alone", ["gold", "--set", "seed"], {
        "entities.ref_accuracy": 0.92, "statements.f1": 0.88, "events.f1": None, "commitments.f1": 0.85, "positions.f1": 0.75}),
    ("series", "gold, the series", [], {
        "series.entries": 1, "series.surplus": None, "series.stages": 0.9, "series.extra": None, "series.stances": None, "series.clusters": 1}),
    ("attribution", "PolNeAR dev", ["attribution"], {
        "full.overlap.all": 66, "full.overlap.speech": 80, "full.overlap.direct": 91, "content.exact.all": 50, "source.exact.all": 72}),
    ("plv", "PLV dev, pair track", ["plv", "--track", "pair"], {"quad": 88, "root": 78}),
    ("plv", "PLV dev, open track", ["plv", "--track", "open"], {"found": 70, "root": None}),
    ("units", "unit records", [], {"triple.f1": 58, "triple.precision": 68, "root_triple.f1": None}),
    ("speed", "speed, ratio to spaCy", ["speed"], {"annotate": 12, "read": 8, "annotate_two": 1.8, "annotate_start_ms": None}),
]


def figures(kind, arguments):
    script = ROOT / f"eval/{kind}.py" if kind in ("series", "units") else MEASURE
    run = subprocess.run([sys.executable, str(script), *arguments], cwd=ROOT, capture_output=True, text=True)
    found = dict(re.findall(r"^(\S+)\s+(-?[\d.]+)$", run.stdout, re.M))
    if not found:
        print((run.stdout + run.stderr).strip()[-500:], file=sys.stderr)
    return {name: float(value) for name, value in found.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", action="append", choices=sorted({kind for kind, *_ in MEASURES}))
    wanted = parser.parse_args().only or ["conformance", "gold", "series", "attribution", "plv", "units"]
    if not MEASURE.exists():
        print(f"skipped: {MEASURE} is not there; the gold sets are not part of dragoman")
        return 0
    failed = False
    print(f"{'measure':<24} {'figure':<38} {'value':>9} {'bar':>7}")
    for kind, title, arguments, bars in MEASURES:
        if kind not in wanted:
            continue
        found = figures(kind, arguments)
        failed |= not found
        for name, bar in bars.items():
            value = found.get(name)
            shown = "none" if value is None else f"{value:.3f}" if value < 2 else f"{value:.1f}"
            mark = "" if bar is None or value is None else "  ok" if value >= bar else "  below"
            print(f"{title:<24} {name:<38} {shown:>9} {'' if bar is None else bar:>7}{mark}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
