#!/usr/bin/env python3
"""Checks that README.md shows what dragoman really says of the story above it; --update writes it there.

usage: tests/check_readme.py PROGRAM [--update]     exit 77 (skipped) without a model
"""
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
STORY = ROOT / "examples/readme.txt"
BLOCK = re.compile(r"(<!-- readme-output[^\n]*-->\n```\n)(.*?)(```\n)", re.S)


def main():
    program = Path(sys.argv[1])
    if not (program.parent / "dragoman.model").exists():
        print(f"skipped: no dragoman.model beside {program}")
        return 77
    readme = (ROOT / "README.md").read_text()
    story = STORY.read_text().strip()
    shown_story = " ".join(line[2:] for line in readme.splitlines() if line.startswith("> "))
    assert shown_story == story, "the story in README.md is not examples/readme.txt"
    said = subprocess.run([program, "read", "--published", "2026-03-12", STORY], capture_output=True, text=True, check=True).stdout.strip() + "\n"
    if "--update" in sys.argv:
        (ROOT / "README.md").write_text(BLOCK.sub(lambda m: m[1] + said + m[3], readme))
        return 0
    shown = BLOCK.search(readme)[2]
    if shown != said:
        print("README.md shows another output than dragoman gives; tests/check_readme.py PROGRAM --update")
        print(said)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
