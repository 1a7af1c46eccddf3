"""Reading on Spark: the same rows as on one machine and as the command, bad rows as rows. The heavy run (20,000 stories, two worker
processes) is `./run check-slow`, which sets DRAGOMAN_SPARK_STORIES."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from conftest import command
from stories import stories

import dragoman

pytest.importorskip("pyspark")

from pyspark.sql import SparkSession  # noqa: E402

from dragoman import spark as dragoman_spark  # noqa: E402

COUNT = int(os.environ.get("DRAGOMAN_SPARK_STORIES", "300"))
LAYERS = [name for name in dragoman.TABLES if name != "documents"]


@pytest.fixture(scope="module")
def session() -> "Iterator[SparkSession]":
    os.environ["PYSPARK_PYTHON"] = sys.executable  # the workers' Python too must have dragoman
    session = (
        SparkSession.builder.master(os.environ.get("DRAGOMAN_SPARK_MASTER", "local[2]"))
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.memory", "3g")
        .getOrCreate()
    )
    yield session
    session.stop()


def rows_of(frame: Any) -> "list[dict[str, Any]]":
    """Rows in the order of the stories."""
    rows = [row.asDict(recursive=True) for row in frame.collect()]
    return sorted(rows, key=lambda row: (int(row["document"].split("-")[1]), int(row["id"][1:])))


def test_the_same_rows_as_one_machine_and_as_the_command(session: SparkSession) -> None:
    lines = "".join(json.dumps(row) + "\n" for row in stories(COUNT)).encode()
    status, out, _ = command("read", "--in", "jsonl", "--format", "jsonl", input=lines)
    assert status == 0
    expected = [dragoman.Reading.from_json(line) for line in out.splitlines()]

    found = dragoman_spark.read(session.createDataFrame(list(stories(COUNT))).repartition(8))
    readings = {row.document: row.reading for row in found.readings.collect()}
    assert len(readings) == COUNT
    assert [readings[reading.id].encode() for reading in expected] == [reading.json for reading in expected]
    for name in LAYERS:
        assert rows_of(found.table(name)) == dragoman.table(name, expected).to_arrow().to_pylist(), name
    assert found.errors.count() == 0
    found.unpersist()


def test_bad_rows_are_rows(session: SparkSession) -> None:
    frame = session.createDataFrame(
        [(1, "Mira Tolvanen said Finland would sign in May."), (2, None), (3, "x" * (11 << 20)), (4, "")], "id long, body string"
    )
    found = dragoman_spark.read(frame, text="body", persist=False)
    errors = {row.document: row.error for row in found.errors.collect()}
    assert set(errors) == {"2", "3"} and "OverLimitError" in errors["3"] and "text" in errors["2"]
    assert found.documents.count() == 2 and found.statements.count() == 1

    direct = frame.mapInArrow(dragoman_spark.extract("statements", text="body"), dragoman_spark.schema("statements"))
    rows = direct.collect()
    assert {row.document for row in rows if row.error} == {"2", "3"}
    assert [row.speaker_names for row in rows if not row.error] == [["Mira Tolvanen"]]


def test_columns_by_name_and_dates(session: SparkSession) -> None:
    frame = session.sql("select 'a' as guid, 'Oskar Lindqvist said on Monday that Chile would sign.' as text, date'2026-03-12' as day, 7 as other")
    found = dragoman_spark.read(frame, id="guid", published="day", persist=False)
    row = found.documents.collect()[0]
    assert (row.document, row.published) == ("a", "2026-03-12")
    with pytest.raises(dragoman.MisuseError, match="no column 'body'"):
        dragoman_spark.read(frame, text="body")
    with pytest.raises(dragoman.MisuseError, match="no column 'date'"):
        dragoman_spark.read(frame, published="date")
    with pytest.raises(dragoman.MisuseError, match="no table"):
        dragoman_spark.schema("verbs")
    with pytest.raises(dragoman.MisuseError, match="a story has no"):
        dragoman_spark.extract("events", day="day")


def test_kept_readings_give_the_tables_again(session: SparkSession, tmp_path: Any) -> None:
    frame = session.createDataFrame(list(stories(10)))
    dragoman_spark.read(frame, persist=False).readings.write.parquet(str(tmp_path / "readings"))
    again = dragoman_spark.tables_from(session.read.parquet(str(tmp_path / "readings")))
    assert rows_of(again.events) == dragoman.table("events", dragoman.read_many(stories(10))).to_arrow().to_pylist()
