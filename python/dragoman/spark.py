"""Reading on a cluster with Apache Spark (3.5 or later): one engine a worker process, opened when its first row comes.

    from dragoman import spark as dragoman_spark

    found = dragoman_spark.read(df, text="body", id="guid", published="day")
    found.events.write.parquet("events")
    found.errors.show()

A row that can't be read (no text, too long) becomes a row with an `error`; it never fails the stage. What is found is the same as on
one machine: a reading depends on its story and on nothing else.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from .engine import PARTICULARS, Engine, default_engine
from .errors import MisuseError
from .reading import Reading
from .tables import TABLES, Table, _need

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import DataFrame
    from pyspark.sql.types import StructType

#: How many readings go into one batch of rows.
BATCH = 256

_READINGS = "readings"


def _arrow_schema(table: str) -> "pyarrow.Schema":
    pa = _need("pyarrow", "spark")
    if table == _READINGS:
        return pa.schema([("document", pa.string()), ("reading", pa.string()), ("error", pa.string())])
    if table not in TABLES:
        raise MisuseError(f"no table {table!r}; there are {_READINGS}, {', '.join(TABLES)}")
    return pa.schema(Table(table, ())).append(pa.field("error", pa.string()))


def schema(table: str) -> "StructType":
    """The Spark schema of what `extract(table)` gives: the table's columns, then `error`. Table "readings": document, reading (the line
    that `dragoman read --format jsonl` prints), error."""
    from pyspark.sql.pandas.types import from_arrow_schema

    return from_arrow_schema(_arrow_schema(table))


def _rows(table: str, outcomes: "list[tuple[str | None, Reading | str]]") -> "Iterator[pyarrow.RecordBatch]":
    """Outcomes (document id, reading or error) as rows of the table."""
    pa = _need("pyarrow", "spark")
    shape = _arrow_schema(table)
    readings = [outcome for _, outcome in outcomes if isinstance(outcome, Reading)]
    failed = [{"document": document, "error": error} for document, error in outcomes if not isinstance(error, Reading)]
    if table == _READINGS:
        done = [{"document": reading.id, "reading": reading.json.decode(), "error": None} for reading in readings]
        yield pa.RecordBatch.from_pylist(done + failed, schema=shape)
        return
    found = Table(table, readings).to_arrow()
    yield from found.append_column(shape.field("error"), pa.nulls(found.num_rows, pa.string())).to_batches()
    if failed:
        yield pa.RecordBatch.from_pylist(failed, schema=shape)


def _stories(batches: "Iterator[pyarrow.RecordBatch]", columns: "dict[str, str]", ids: "deque[str | None]") -> "Iterator[Any]":
    for batch in batches:
        names = set(batch.schema.names)
        taken = {field: column for field, column in columns.items() if column in names}
        if columns["text"] not in names:
            raise MisuseError(f"no column {columns['text']!r} among {', '.join(batch.schema.names)}; name it: text=...")
        values = {field: batch.column(batch.schema.get_field_index(column)).to_pylist() for field, column in taken.items()}
        for row in range(batch.num_rows):
            story = {field: column[row] for field, column in values.items()}
            ids.append(None if story.get("id") is None else str(story["id"]))
            yield story


def extract(table: str, *, text: str = "text", threads: int = 1, engine: "dict[str, Any] | None" = None,
            **columns: str) -> "Callable[[Iterator[pyarrow.RecordBatch]], Iterator[pyarrow.RecordBatch]]":  # fmt: skip
    """A function for `df.mapInArrow(extract("events"), schema("events"))`.

    `text`, `id`, `published`, `title`, `outlet`, `url`, `dateline`, `language` name columns; those other than `text` default to the
    columns of these names and may be missing. `threads`: how many a worker process (Spark gives each task one core unless told
    otherwise). `engine`: options of `dragoman.Engine`, such as `{"overlays": [...]}`; paths as the workers see them.
    """
    _arrow_schema(table)  # a wrong name is told here and not on the cluster
    for name in columns:
        if name not in PARTICULARS:
            raise MisuseError(f"a story has no {name!r}; it has {', '.join(PARTICULARS)}")
    wanted = {"text": text, **{name: columns.get(name, name) for name in PARTICULARS}}

    def run(batches: "Iterator[pyarrow.RecordBatch]") -> "Iterator[pyarrow.RecordBatch]":
        ids: "deque[str | None]" = deque()
        readings = _engine(engine).read_many(_stories(batches, wanted, ids), threads=threads)
        outcomes: "list[tuple[str | None, Reading | str]]" = []
        while True:
            try:
                reading: "Reading | str" = next(readings)
            except StopIteration:
                break
            except Exception as error:
                if not ids:  # not a row's fault: the source itself broke
                    raise
                reading = f"{type(error).__name__}: {error}"
            outcomes.append((ids.popleft(), reading))
            if len(outcomes) >= BATCH:
                yield from _rows(table, outcomes)
                outcomes.clear()
        if outcomes:
            yield from _rows(table, outcomes)

    return run


_engines: "dict[str, Engine]" = {}


def _engine(options: "dict[str, Any] | None") -> Engine:
    """One engine a process and set of options."""
    if not options:
        return default_engine()
    key = repr(sorted(options.items()))
    if key not in _engines:
        _engines[key] = Engine(**options)
    return _engines[key]


def _tables_of(table: str) -> "Callable[[Iterator[pyarrow.RecordBatch]], Iterator[pyarrow.RecordBatch]]":
    """Rows of a table out of rows of readings."""

    def run(batches: "Iterator[pyarrow.RecordBatch]") -> "Iterator[pyarrow.RecordBatch]":
        for batch in batches:
            lines = batch.column(0).to_pylist()
            yield from Table(table, [Reading(line.encode()) for line in lines if line is not None]).to_arrow().to_batches()

    return run


class Found:
    """What a DataFrame of stories says, as DataFrames: one of readings, from which the five tables are made without reading again."""

    def __init__(self, readings: "DataFrame") -> None:
        self.readings = readings  #: document, reading (JSON), error; a row a story

    @property
    def errors(self) -> "DataFrame":
        """The rows that could not be read: document, error."""
        return self.readings.where("error is not null").select("document", "error")

    @property
    def documents(self) -> "DataFrame":
        return self.table("documents")

    @property
    def entities(self) -> "DataFrame":
        return self.table("entities")

    @property
    def statements(self) -> "DataFrame":
        return self.table("statements")

    @property
    def events(self) -> "DataFrame":
        return self.table("events")

    @property
    def commitments(self) -> "DataFrame":
        return self.table("commitments")

    @property
    def positions(self) -> "DataFrame":
        return self.table("positions")

    def table(self, name: str) -> "DataFrame":
        """A table by its name, as `dragoman.tables` gives it on one machine."""
        from pyspark.sql.types import StructType

        shape = StructType([field for field in schema(name).fields if field.name != "error"])
        return self.readings.select("reading").where("reading is not null").mapInArrow(_tables_of(name), shape)

    def unpersist(self) -> None:
        """Gives the memory of the kept readings back."""
        self.readings.unpersist()


def read(df: "DataFrame", text: str = "text", *, persist: bool = True, threads: int = 1, engine: "dict[str, Any] | None" = None,
         **columns: str) -> Found:  # fmt: skip
    """Reads a DataFrame of stories; see `extract` for the names of columns.

    Readings are kept (memory, then disk) when first computed, so that taking all five tables reads once; `persist=False` leaves that
    to you, for instance to write `found.readings` to Parquet and to build the tables from there with `tables_from`.
    """
    wanted = [text, *(columns.get(name, name) for name in PARTICULARS)]
    if text not in df.columns:
        raise MisuseError(f"no column {text!r} among {', '.join(df.columns)}; name it: text=...")
    for name, column in columns.items():
        if column not in df.columns:
            raise MisuseError(f"no column {column!r} for {name}; there are {', '.join(df.columns)}")
    stories = df.select(*dict.fromkeys(column for column in wanted if column in df.columns))
    readings = stories.mapInArrow(extract(_READINGS, text=text, threads=threads, engine=engine, **columns), schema(_READINGS))
    if persist:
        from pyspark import StorageLevel

        readings = readings.persist(StorageLevel.MEMORY_AND_DISK)
    return Found(readings)


def tables_from(readings: "DataFrame") -> Found:
    """The tables over readings that were kept elsewhere: a DataFrame with the columns document, reading, error."""
    return Found(readings)
