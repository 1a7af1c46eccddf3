"""Readings as tables: one a layer, one row a finding, the words beside their spans.

Tables are Arrow streams (`__arrow_c_stream__`): polars, pyarrow, DuckDB and others take them as they are, without a copy and without a
dependency of ours. What they need is imported when it is asked for.
"""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from . import _core
from .errors import MisuseError, of_file

if TYPE_CHECKING:
    from .reading import Reading

#: What the numbers of spans count: bytes of the UTF-8 text (as in the JSON and the store), or characters (as Python strings do).
Offsets = Literal["bytes", "characters"]

#: The names of the tables.
TABLES: "tuple[str, ...]" = tuple(_core.table_names)


def _characters(offsets: str) -> bool:
    if offsets not in ("bytes", "characters"):
        raise MisuseError(f"offsets={offsets!r}; they count \"bytes\" or \"characters\"")
    return offsets == "characters"


def _need(module: str, extra: str) -> Any:
    import importlib

    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError(f"{module} is not installed: pip install {module}, or dragoman[{extra}]", name=module) from error


class ArrowTable(ABC):
    """What is a table: give it to anything that takes Arrow streams."""

    @property
    @abstractmethod
    def table_name(self) -> str: ...

    @abstractmethod
    def _readings(self) -> "Iterator[tuple[bytes, bytes | None]]":
        """JSON and source text of each reading."""

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        return _core.table_stream(self.table_name, False, self._readings())

    def __arrow_c_schema__(self) -> Any:
        return _core.table_schema(self.table_name)

    def to_arrow(self, *, offsets: Offsets = "bytes") -> Any:
        """A pyarrow.Table."""
        return self.to_batches(offsets=offsets).read_all()

    def to_batches(self, *, offsets: Offsets = "bytes") -> Any:
        """A pyarrow.RecordBatchReader: the rows as they come, for tables that don't fit in memory."""
        return _need("pyarrow", "arrow").RecordBatchReader.from_stream(_Stream(self, offsets))

    def to_pandas(self, *, offsets: Offsets = "bytes") -> Any:
        """A pandas.DataFrame; spans and other lists are columns of lists. Needs pyarrow beside pandas."""
        _need("pandas", "pandas")
        return self.to_arrow(offsets=offsets).to_pandas()

    def to_polars(self, *, offsets: Offsets = "bytes") -> Any:
        """A polars.DataFrame."""
        return _need("polars", "polars").DataFrame(_Stream(self, offsets))


class _Stream:
    def __init__(self, table: ArrowTable, offsets: str) -> None:
        self._table = table
        self._characters = _characters(offsets)

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        return _core.table_stream(self._table.table_name, self._characters, self._table._readings())


class Table(ArrowTable):
    """One table over many readings. If they came as an iterator, it can be taken once."""

    def __init__(self, name: str, readings: "Iterable[Reading]") -> None:
        if name not in TABLES:
            raise MisuseError(f"no table {name!r}; there are {', '.join(TABLES)}")
        self._name = name
        self._all = readings

    @property
    def table_name(self) -> str:
        return self._name

    def _readings(self) -> "Iterator[tuple[bytes, bytes | None]]":
        return ((reading.json, reading._utf8) for reading in self._all)

    def __repr__(self) -> str:
        return f"<table of {self._name}>"


class Tables:
    """All tables over the same readings, which are kept: `tables.events.to_pandas()`."""

    def __init__(self, readings: "Iterable[Reading]") -> None:
        self.readings: "Sequence[Reading]" = readings if isinstance(readings, Sequence) else list(readings)

    @property
    def documents(self) -> Table:
        return Table("documents", self.readings)

    @property
    def entities(self) -> Table:
        return Table("entities", self.readings)

    @property
    def statements(self) -> Table:
        return Table("statements", self.readings)

    @property
    def events(self) -> Table:
        return Table("events", self.readings)

    @property
    def commitments(self) -> Table:
        return Table("commitments", self.readings)

    @property
    def positions(self) -> Table:
        return Table("positions", self.readings)

    def __getitem__(self, name: str) -> Table:
        return Table(name, self.readings)

    def __repr__(self) -> str:
        return f"<tables of {len(self.readings)} readings>"


def table(name: str, readings: "Iterable[Reading]") -> Table:
    """One table over readings, which may be a stream: `dragoman.table("events", dragoman.read_many(stories)).to_batches()`."""
    return Table(name, readings)


def tables(readings: "Iterable[Reading]") -> Tables:
    """All tables over readings: documents, entities, statements, events, commitments, positions."""
    return Tables(readings)


def read_jsonl(path: "str | os.PathLike[str]") -> "Iterator[Reading]":
    """The readings in a file that `dragoman read --format jsonl` wrote, one after the other."""
    from .reading import Reading

    try:
        file = open(path, "rb")  # closed below, when the last line is read or the caller stops
    except OSError as error:
        raise of_file(path, error) from error
    with file:
        for line in file:
            if line.strip():
                yield Reading.from_json(line.rstrip(b"\r\n"))


def write_parquet(readings: "Iterable[Reading]", folder: "str | os.PathLike[str]", *, offsets: Offsets = "bytes", batch: int = 1000) -> "dict[str, int]":
    """Writes documents.parquet, entities.parquet, ... into `folder` in one pass, `batch` readings in memory at a time, and gives the
    number of rows of each. The readings may be a stream. Files appear under their names only when all are complete."""
    parquet = _need("pyarrow.parquet", "arrow")
    characters = _characters(offsets)
    out = Path(folder)
    out.mkdir(parents=True, exist_ok=True)
    writers: "dict[str, Any]" = {}
    rows = dict.fromkeys(TABLES, 0)
    try:
        for name in TABLES:
            schema = _need("pyarrow", "arrow").schema(Table(name, ()))
            writers[name] = parquet.ParquetWriter(out / f"{name}.parquet.part", schema, compression="zstd")
        pending: "list[Reading]" = []

        def flush() -> None:
            for name, writer in writers.items():
                part = Table(name, pending).to_arrow(offsets="characters" if characters else "bytes")
                rows[name] += part.num_rows
                writer.write_table(part)
            pending.clear()

        for reading in readings:
            pending.append(reading)
            if len(pending) >= batch:
                flush()
        flush()
    except BaseException:
        for name, writer in writers.items():
            writer.close()
            (out / f"{name}.parquet.part").unlink(missing_ok=True)
        raise
    for name, writer in writers.items():
        writer.close()
        (out / f"{name}.parquet.part").replace(out / f"{name}.parquet")
    return rows
