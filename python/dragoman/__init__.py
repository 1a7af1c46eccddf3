"""dragoman reads diplomatic news into data that can be checked: who said what, what happened, who undertook what, who stands where.

>>> import dragoman
>>> reading = dragoman.read(text, published="2026-03-12")
>>> for statement in reading.statements:
...     print([speaker.name for speaker in statement.speakers], statement.text)

`read_many` reads in parallel, `tables` turns readings into columns for pandas, polars and Arrow, `open` opens a store that
`dragoman add` filled, `dragoman.spark` reads on a cluster, `dragoman.spacy` gives spaCy documents.
"""

from ._core import version as __version__
from .engine import Engine, ReadMany, Story, read, read_many
from .errors import (
    BusyError,
    ChecksumMismatchError,
    DragomanError,
    MalformedError,
    MisuseError,
    NotFoundError,
    OverLimitError,
    UnreadableError,
    UnsupportedVersionError,
    UnwritableError,
)
from .reading import (
    Amount,
    Commitment,
    Entity,
    Event,
    Layer,
    Mention,
    Place,
    Position,
    Reading,
    Span,
    Statement,
    Time,
)
from .store import Brief, Cell, LedgerEntry, Row, Rows, Step, Store
from .store import open as open  # not in __all__: `import *` must not hide Python's own
from .tables import TABLES, Table, Tables, read_jsonl, table, tables, write_parquet

__all__ = [
    "Amount", "Brief", "BusyError", "Cell", "ChecksumMismatchError", "Commitment", "DragomanError", "Engine", "Entity", "Event", "Layer", "LedgerEntry",
    "MalformedError", "Mention", "MisuseError", "NotFoundError", "OverLimitError", "Place", "Position", "ReadMany", "Reading", "Row", "Rows", "Span",
    "Statement", "Step", "Store", "Story", "TABLES", "Table", "Tables", "Time", "UnreadableError", "UnsupportedVersionError", "UnwritableError",
    "__version__", "read", "read_jsonl", "read_many", "table", "tables", "write_parquet",
]
