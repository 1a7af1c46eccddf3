"""Stores that the command made, from Python and from R."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
from pathlib import Path

import pytest
from conftest import ROOT, command
from stories import stories

import dragoman


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("store")
    rows = folder / "rows.jsonl"
    rows.write_text("".join(json.dumps(row) + "\n" for row in stories(40)), encoding="utf-8")
    db = folder / "a store & more.db"
    status, _, messages = command("add", str(db), str(rows))
    assert status == 0, messages
    for name, day in (("lisbon.txt", "2026-03-12"), ("reykjavik.txt", "2026-09-14")):
        assert command("add", str(db), str(ROOT / "examples" / name), "--published", day)[0] == 0
    return db


def test_sql_beside_it(path: Path) -> None:
    connection = dragoman.open(path).connect()
    assert connection.execute("SELECT count(*) FROM documents").fetchone() == (42,)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        connection.execute("DELETE FROM documents")
    connection.close()


def asked(question: str) -> None:
    if f"  {question} ".encode() not in command("--help")[1]:
        pytest.skip(f"this build has no `dragoman {question}`")


def test_ledger(path: Path) -> None:
    asked("ledger")
    store = dragoman.open(path)
    ledger = store.ledger(between=("PRT", "Iceland"), until="2026-12-31")
    _, out, _ = command("ledger", str(path), "--between", "PRT", "ISL", "--until", "2026-12-31", "--format", "json")
    assert [entry.row for entry in ledger] == json.loads(out) and len(ledger) > 0
    entry = ledger[0]
    assert isinstance(entry, dragoman.LedgerEntry) and entry.title == entry["title"] and entry.overdue in (True, False)
    step = entry.history[0]
    assert step.stage and step.quote and step.voice
    assert "title" in ledger._repr_html_() and len(ledger[:1]) == 1 and repr(entry).startswith("LedgerEntry(")
    assert all({"PRT", "ISL"} & {*entry.undertakers, *entry.counterparties} for entry in ledger)
    with pytest.raises(AttributeError, match="there are"):
        entry.colour
    with pytest.raises(dragoman.MisuseError, match="Atlantis"):
        store.ledger(of="Atlantis")
    with pytest.raises(dragoman.MisuseError):
        store.ledger(stage="fabled")


@pytest.mark.parametrize("question", ["ledger", "matrix", "events", "quotes", "people", "timeline"])
def test_questions_are_answered_as_the_command_does(path: Path, question: str) -> None:
    asked(question)
    rows = getattr(dragoman.open(path), question)()
    assert [row.row for row in rows] == json.loads(command(question, str(path), "--format", "json")[1])
    assert len(rows) > 0 and "<table>" in rows._repr_html_()
    frame = pytest.importorskip("pandas") and rows.to_pandas()
    assert len(frame) == len(rows)


def test_brief(path: Path) -> None:
    asked("brief")
    brief = dragoman.open(path).brief("PRT", "ISL")
    assert brief.markdown() and brief.data() and "<html" in brief.html().lower() and str(brief)
    with pytest.raises(dragoman.DragomanError):
        dragoman.open(path).brief("PRT", "Atlantis")


def test_search(path: Path) -> None:
    asked("search")
    assert len(dragoman.open(path).search("ferry")) > 0


def test_what_is_no_store_is_refused(tmp_path: Path) -> None:
    with pytest.raises(dragoman.NotFoundError, match="dragoman add"):
        dragoman.open(tmp_path / "none.db")
    (tmp_path / "text.db").write_text("No database at all. " * 100)
    with pytest.raises(dragoman.MalformedError, match=r"text\.db"):
        dragoman.open(tmp_path / "text.db")
    other = sqlite3.connect(tmp_path / "other.db")
    other.execute("CREATE TABLE t (x)")
    other.close()
    with pytest.raises(dragoman.MalformedError, match="another program"):
        dragoman.open(tmp_path / "other.db")


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="no R here")
def test_the_example_in_r(path: Path) -> None:
    packages = subprocess.run(["Rscript", "-e", "library(DBI); library(RSQLite)"], capture_output=True, check=False)
    if packages.returncode != 0:
        pytest.skip("R has no DBI or RSQLite here")
    done = subprocess.run(["Rscript", str(ROOT / "examples" / "r" / "store.R"), str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "speakers of statements" in done.stdout and "Goldstein" in done.stdout
