#!/usr/bin/env python3
"""A store that an older dragoman made is brought to this version by `add`, and then says what a new store says of the same stories.

usage: tests/check_migration.py build/dragoman

tests/golden/store/version-3.db.gz is a store of version 3 with the story version-3.txt, made by the dragoman of 26 November 2026.
"""
import gzip
import json
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

GOLDEN = Path(__file__).resolve().parent / "golden" / "store"
MORE = {"id": "more", "published": "2026-04-02", "outlet": "Evening Mail",
        "text": "Iceland's transport minister, Snorri Vik, said on Thursday that work on the ferry line between Sines and Hofn had begun."}


def run(*words, fine=(0,)):
    done = subprocess.run([str(w) for w in words], capture_output=True, text=True)
    if done.returncode not in fine:
        sys.exit(f"{' '.join(map(str, words))}: {done.returncode}: {done.stderr[-500:]}")
    return done.stdout + done.stderr


def main():
    dragoman = sys.argv[1]
    with tempfile.TemporaryDirectory() as folder:
        old, new, more = Path(folder) / "old.db", Path(folder) / "new.db", Path(folder) / "more.jsonl"
        old.write_bytes(gzip.decompress((GOLDEN / "version-3.db.gz").read_bytes()))
        more.write_text(json.dumps(MORE) + "\n")
        told = run(dragoman, "ledger", old, fine=(1,))
        assert "version 3" in told and "dragoman add" in told, told  # reading alone changes no file
        run(dragoman, "add", old, more)
        run(dragoman, "add", new, GOLDEN / "version-3.txt", "--published", "2026-03-09", "--outlet", "Coast Herald")
        run(dragoman, "add", new, more)
        with sqlite3.connect(old) as database:
            assert database.execute("PRAGMA user_version").fetchone() == (4,)
            assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert database.execute("PRAGMA foreign_key_check").fetchall() == []
            assert not database.execute("SELECT name FROM sqlite_master WHERE name LIKE 'old_%'").fetchall()
        assert run(dragoman, "search", old, "harbour"), "the search index was not made anew"
        # The one story was read by an older engine, which may have found other things: what it found is compared with itself, read anew.
        run(dragoman, "reread", old, "--all")
        for words in (["ledger", "--format", "json"], ["matrix", "--format", "json"], ["events", "--format", "jsonl"], ["quotes", "--format", "jsonl"],
                      ["people", "--format", "json"], ["timeline", "--format", "json"], ["brief", "ISL", "PRT", "--format", "json"]):
            a, b = (run(dragoman, words[0], store, *words[1:]).replace(str(store), "STORE") for store in (old, new))
            a, b = (text.replace(str(GOLDEN) + "/", "").replace("first.txt", "version-3.txt") for text in (a, b))
            assert a == b, f"{words}:\n{a}\n{b}"
    print("a store of version 3 became one of version 4")


if __name__ == "__main__":
    main()
