#!/usr/bin/env python3
"""Reads the bundled stories and some odd texts, and checks every reading: valid against docs/formats/reading.schema.json, spans inside
the text and on the borders of characters, references that lead somewhere.

usage: tests/check_readings.py PROGRAM [BROKEN [SEED]]     exit 77 (skipped) without a model or without jsonschema

BROKEN   so many texts more, made of the bundled stories by accidents (./run check-slow: 200)
SEED     of those accidents (12)
"""
import json
import subprocess
import sys
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parents[1]
SKIPPED = 77

ODD = [
    "",
    " \n\t\n",
    "“",
    "He said “",
    "\"\"\"\"",
    "said said said said said.",
    "Åland’s minister said “we – ﬁnally – agree.” 👩🏽‍🚀 and \u202eright\u202c to left, فارسی گفت",
    "A" * 3000,
    ("The envoy said that " * 400) + "it rained.",
    "Mira Tolvanen, who said Oskar Lind, who said the port, which said nothing, would open, said no.",
    "\u00a0\u00adco\u00adoperation\u200b\ufeff said the ministers.",
    "1. Item\n2. Item\n\n* “Quoted” — said\n>>> he: she: it: said",
]


def mutated(texts, count, seed):
    """Stories after random accidents; the same every time."""
    random = Random(seed)
    splinters = ["“", "”", '"', "\n\n", " said", ", he said, ", "»", "\t", "\0", "Iran", "’s", "—", "1. ", "\r\n", "(", "👩🏽", "\u202e", "\ufffd", " Ольга Иванова "]
    for _ in range(count):
        text = random.choice(texts)
        for _ in range(random.randint(1, 12)):
            at, length = random.randrange(len(text) + 1), random.randrange(200)
            text = random.choice((text[:at] + text[at + length:], text[:at] + text[at // 2:at // 2 + length] + text[at:],
                                  text[:at] + random.choice(splinters) + text[at:])) or "x"
        yield text


def spans_below(node, key=""):
    if isinstance(node, list) and len(node) == 2 and all(isinstance(x, int) for x in node) and key not in ("amount",):
        yield node
        return
    if isinstance(node, dict):
        for name, value in node.items():
            yield from spans_below(value, name)
    elif isinstance(node, list):
        for value in node:
            yield from spans_below(value, key)


def check(reading, text):
    data = text.encode()
    borders = {0}
    for character in text:
        borders.add(max(borders) + len(character.encode())) if len(text) < 5000 else None
    for begin, end in spans_below({k: v for k, v in reading.items() if k != "document"}):
        assert 0 <= begin < end <= len(data), f"span {begin}-{end} of {len(data)} bytes"
        if len(text) < 5000:
            assert begin in borders and end in borders, f"span {begin}-{end} cuts a character"
    entities = {e["id"] for e in reading["entities"]}
    assert len(entities) == len(reading["entities"]) == len({e["ref"] for e in reading["entities"]}), "ids or refs twice"
    statements = {s["id"] for s in reading["statements"]}
    for layer in ("statements", "events", "commitments", "positions"):
        for item in reading[layer]:
            for field in ("speakers", "addressee", "actors", "recipients", "undertakers", "counterparties", "places", "holders", "target"):
                assert set(item.get(field, [])) <= entities, f"{item['id']}.{field} leads nowhere"
            assert item.get("voice", "outlet") in statements | {"outlet"}, f"{item['id']}.voice leads nowhere"
            assert item.get("within") in statements | {None}, f"{item['id']}.within leads nowhere"


def main():
    program = Path(sys.argv[1])
    try:
        from jsonschema import Draft202012Validator
    except ImportError:
        print("skipped: no jsonschema for this Python (Debian: python3-jsonschema)")
        return SKIPPED
    if not (program.parent / "dragoman.model").exists():
        print(f"skipped: no dragoman.model beside {program}; `./run build` makes it")
        return SKIPPED
    validator = Draft202012Validator(json.loads((ROOT / "docs/formats/reading.schema.json").read_text()))
    texts = [path.read_text() for path in sorted((ROOT / "examples").glob("**/*.txt"))]
    broken = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 12
    texts += [*ODD, *mutated(texts, broken, seed)]
    rows = "".join(json.dumps({"id": str(i), "text": text, "published": "2026-03-12"}) + "\n" for i, text in enumerate(texts))
    run = subprocess.run([program, "read", "--in", "jsonl", "--format", "jsonl", "-"], input=rows.encode(), capture_output=True, check=False)
    readings = [json.loads(line) for line in run.stdout.splitlines()]
    assert len(readings) == len(texts), f"{len(texts)} texts, {len(readings)} readings: {run.stderr.decode()[-500:]}"
    found = {layer: 0 for layer in ("entities", "statements", "events", "commitments", "positions")}
    for text, reading in zip(texts, readings):
        errors = [f"{'/'.join(map(str, e.path))}: {e.message}" for e in validator.iter_errors(reading)]
        assert not errors, errors[:3]
        check(reading, text)
        for layer in found:
            found[layer] += len(reading[layer])
    print(f"{len(texts)} texts, " + ", ".join(f"{count} {layer}" for layer, count in found.items()))
    assert all(found.values()), "a layer that finds nothing in any of them"
    return 0


if __name__ == "__main__":
    sys.exit(main())
