"""Tables: Arrow, pandas, polars, Parquet."""

from __future__ import annotations

import builtins
from pathlib import Path

import pytest
from conftest import command
from stories import stories

import dragoman

pa = pytest.importorskip("pyarrow")


@pytest.fixture(scope="module")
def readings() -> "list[dragoman.Reading]":
    return list(dragoman.read_many(stories(50)))


def test_rows_are_the_findings(reading: dragoman.Reading) -> None:
    table = reading.to_arrow("statements")
    table.validate(full=True)
    assert table.num_rows == len(reading.statements)
    for row, statement in zip(table.to_pylist(), reading.statements):
        assert row["id"] == statement.id and row["document"] == reading.id and row["published"] == "2026-03-12"
        assert row["speakers"] == [speaker.ref for speaker in statement.speakers]
        assert row["speaker_names"] == [speaker.name for speaker in statement.speakers]
        assert row["content"] == statement.text and row["denied"] == statement.denied
        assert [(span["begin"], span["end"]) for span in row["content_spans"]] == [(span.begin, span.end) for span in statement.content]
        assert row["cue"] == (statement.cue.text if statement.cue else None)
        assert row["cue_begin"] == (statement.cue.begin if statement.cue else None)
        assert row["quoted"] == [span.text for span in statement.quoted]
    for row, event in zip(reading.to_arrow("events").to_pylist(), reading.events):
        assert (row["type"], row["mode"], row["cameo"], row["goldstein"]) == (event.type, event.mode, event.cameo, event.goldstein)
        assert row["actors"] == [actor.ref for actor in event.actors] and row["sentence"] == event.sentence.text
        assert row["voice_speakers"] == ([speaker.ref for speaker in event.voice.speakers] if event.voice else None)
        assert [place["ref"] for place in row["places"]] == [place.entity.ref for place in event.where]
        assert row["when_from"] == (str(event.when.start) if event.when and event.when.start else None)
    for row, entity in zip(reading.to_arrow("entities").to_pylist(), reading.entities):
        assert [mention["words"] for mention in row["mentions"]] == [mention.span.text for mention in entity.mentions]
    document = reading.to_arrow("documents").to_pylist()[0]
    assert document["text"] == reading.text and document["sentences"] == len(reading.sentences)


def test_offsets_in_characters(reading: dragoman.Reading) -> None:
    for row in reading.to_arrow("events", offsets="characters").to_pylist():
        assert reading.text[row["sentence_begin"] : row["sentence_end"]] == row["sentence"]
    with pytest.raises(dragoman.MisuseError, match="offsets"):
        reading.to_arrow("events", offsets="words")  # type: ignore[arg-type]


def test_every_table_is_sound_over_many_readings(readings: "list[dragoman.Reading]") -> None:
    found = dragoman.tables(readings)
    for name in dragoman.TABLES:
        table = found[name].to_arrow()
        table.validate(full=True)
        assert table.schema == pa.schema(found[name])
        if name == "documents":
            assert table["document"].to_pylist() == [f"story-{n}" for n in range(50)]
        else:
            assert table.num_rows == sum(len(getattr(reading, name)) for reading in readings)
    assert found.events.to_arrow().equals(dragoman.table("events", iter(readings)).to_batches().read_all())
    with pytest.raises(dragoman.MisuseError, match="no table"):
        found["verbs"]


def test_pandas_and_polars(readings: "list[dragoman.Reading]") -> None:
    pandas = pytest.importorskip("pandas")
    polars = pytest.importorskip("polars")
    rows = dragoman.tables(readings).events.to_arrow().to_pylist()
    frame = dragoman.tables(readings).events.to_pandas()
    assert isinstance(frame, pandas.DataFrame) and list(frame["id"]) == [row["id"] for row in rows]
    assert dragoman.tables(readings).events.to_polars().to_dicts() == rows
    assert polars.DataFrame(readings[0].events).height == len(readings[0].events)
    assert len(readings[0].to_pandas("entities")) == len(readings[0].entities)
    assert readings[0].to_polars("positions").columns == list(pa.schema(dragoman.table("positions", [])).names)


def test_empty_tables_have_their_columns() -> None:
    for name in dragoman.TABLES:
        table = dragoman.table(name, []).to_arrow()
        assert table.num_rows == 0 and "document" in table.column_names
    assert dragoman.read("").statements.to_arrow().num_rows == 0


def test_a_stream_is_pulled_as_it_is_consumed(readings: "list[dragoman.Reading]") -> None:
    pulled = 0

    def watched() -> "object":
        nonlocal pulled
        for _ in range(200):
            for reading in readings:
                pulled += 1
                yield reading

    batches = dragoman.table("events", watched()).to_batches()  # type: ignore[arg-type]
    assert pulled == 0
    batches.read_next_batch()
    assert 0 < pulled < 200 * 50


def test_what_the_source_raises_comes_out() -> None:
    def broken() -> "object":
        yield dragoman.read("Some text.")
        raise RuntimeError("the wire was cut")

    with pytest.raises(Exception, match="the wire was cut"):
        dragoman.table("events", broken()).to_arrow()  # type: ignore[arg-type]
    with pytest.raises(Exception, match="format"):
        dragoman.table("events", [dragoman.Reading(b"{}")]).to_arrow()


def test_foreign_json_cannot_lead_outside_the_text() -> None:
    row = {"format": "dragoman-reading/1", "document": {"id": "d", "text": "Short."}, "entities": [], "statements": [
        {"id": "s1", "speakers": ["e9"], "kind": "direct", "cue": [900, 2], "content": [[3, 99999], ["x", 1]], "quoted": 5}]}  # fmt: skip
    import json

    table = dragoman.table("statements", [dragoman.Reading(json.dumps(row).encode())]).to_arrow()
    table.validate(full=True)
    assert table.to_pylist()[0]["content"] == "rt." and table.to_pylist()[0]["speakers"] == [None]


def test_parquet(readings: "list[dragoman.Reading]", tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    rows = dragoman.write_parquet(iter(readings), tmp_path / "out", batch=7)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(f"{name}.parquet" for name in dragoman.TABLES)
    for name in dragoman.TABLES:
        table = parquet.read_table(tmp_path / "out" / f"{name}.parquet")
        assert rows[name] == table.num_rows
        assert table.equals(dragoman.tables(readings)[name].to_arrow())

    def broken() -> "object":
        yield from readings[:3]
        raise RuntimeError("the wire was cut")

    with pytest.raises(RuntimeError):
        dragoman.write_parquet(broken(), tmp_path / "half")  # type: ignore[arg-type]
    assert not list((tmp_path / "half").iterdir())


def test_readings_from_a_file_of_the_command(tmp_path: Path) -> None:
    import json

    lines = "".join(json.dumps(row) + "\n" for row in stories(5)).encode()
    (tmp_path / "rows.jsonl").write_bytes(command("read", "--in", "jsonl", "--format", "jsonl", input=lines)[1])
    assert list(dragoman.read_jsonl(tmp_path / "rows.jsonl")) == list(dragoman.read_many(stories(5)))
    with pytest.raises(dragoman.NotFoundError):
        next(dragoman.read_jsonl(tmp_path / "none.jsonl"))


def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch, reading: dragoman.Reading) -> None:
    import sys

    real = builtins.__import__
    monkeypatch.setitem(sys.modules, "polars", None)
    monkeypatch.setattr(builtins, "__import__", real)
    with pytest.raises(ModuleNotFoundError, match="pip install polars"):
        reading.events.to_polars()
