"""A store that `dragoman add` filled: the ledger, the matrix, the dossier, quotations and events over many stories. Read-only.

    store = dragoman.open("news.db")
    for entry in store.ledger(between=("IRN", "TUR")):
        print(entry.title, entry.stage, entry.deadline, len(entry.history))

Questions are answered by the program that comes with this package (`dragoman ledger DB --format json` and so on), so the answers are
those of the command. The file itself is SQLite, its tables are documented in docs/formats/store.md: `sqlite3`, pandas and others may read
it beside this.
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar, Union, overload

from . import _html
from ._command import PROGRAM
from .errors import DragomanError, MalformedError, MisuseError, NotFoundError, UnreadableError
from .tables import _need

Day = Union[str, date]
T = TypeVar("T")

_APPLICATION = 0x4452474D  # "DRGM" in SQLite's application_id


@dataclass(frozen=True)
class Step:
    """A report of how far an undertaking has come, or of where somebody stands, and where that is written."""

    stage: "str | None"  #: of an undertaking
    polarity: "str | None"  #: of a position
    date: "str | None"  #: of publication
    document: "str | None"
    outlet: "str | None"
    voice: str  #: "outlet", or the statement that claims it
    said_by: "tuple[str, ...]"
    quote: "str | None"  #: the sentence
    row: "dict[str, Any]"

    @staticmethod
    def of(row: "dict[str, Any]") -> "Step":
        return Step(row.get("stage"), row.get("polarity"), row.get("date"), row.get("document"), row.get("outlet"),
                    row.get("voice") or "outlet", tuple(row.get("said_by") or ()), row.get("quote"), row)  # fmt: skip


class Row:
    """An answer: its fields are attributes, as the JSON of the command names them; `row` is that JSON."""

    __slots__ = ("row",)

    def __init__(self, row: "dict[str, Any]") -> None:
        self.row = row

    def __getattr__(self, name: str) -> Any:
        try:
            return self.row[name]
        except KeyError:
            raise AttributeError(f"no {name!r}; there are {', '.join(self.row)}") from None

    def __getitem__(self, name: str) -> Any:
        return self.row[name]

    def __reduce__(self) -> "tuple[Any, ...]":
        return type(self), (self.row,)

    def __dir__(self) -> "Iterable[str]":
        return [*super().__dir__(), *self.row]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Row) and self.row == other.row

    def __repr__(self) -> str:
        shown = ", ".join(f"{name}={value!r}" for name, value in self.row.items() if not isinstance(value, (list, dict)) and value is not None)
        return f"{type(self).__name__}({shown})"


class LedgerEntry(Row):
    """An undertaking over all stories, with every stage that was reported of it."""

    __slots__ = ()

    id: str
    title: str
    undertakers: "list[str]"
    counterparties: "list[str]"
    action: str
    object: str
    sector: str
    stage: str
    deadline: "str | None"
    overdue: bool

    @property
    def history(self) -> "list[Step]":
        """Oldest first."""
        return [Step.of(step) for step in self.row["history"]]


class Cell(Row):
    """Where one holder stands on one issue, and stood before."""

    __slots__ = ()

    holder: str
    issue: str
    polarity: str

    @property
    def history(self) -> "list[Step]":
        """Oldest first."""
        return [Step.of(step) for step in self.row["history"]]


class Rows(Sequence[T], Generic[T]):
    """Answers in order; also a frame (`to_pandas()`, `to_polars()`, `to_arrow()`)."""

    def __init__(self, rows: "list[dict[str, Any]]", kind: "Callable[[dict[str, Any]], T]", columns: "tuple[str, ...]" = ()) -> None:
        self.rows = rows  #: the JSON of the command
        self._kind = kind
        self._columns = columns

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> "list[T]": ...
    def __getitem__(self, index: "int | slice") -> "T | list[T]":
        if isinstance(index, slice):
            return [self._kind(row) for row in self.rows[index]]
        return self._kind(self.rows[index])

    def __iter__(self) -> "Iterator[T]":
        return map(self._kind, self.rows)

    def to_arrow(self) -> Any:
        """A pyarrow.Table."""
        return _need("pyarrow", "arrow").Table.from_pylist(self.rows)

    def to_pandas(self) -> Any:
        """A pandas.DataFrame."""
        return _need("pandas", "pandas").DataFrame(self.rows)

    def to_polars(self) -> Any:
        """A polars.DataFrame."""
        return _need("polars", "polars").DataFrame(self.rows, infer_schema_length=None)

    def __repr__(self) -> str:
        return f"<{len(self)} rows>"

    def _repr_html_(self) -> str:
        columns = self._columns or tuple(name for name, value in (self.rows[0] if self.rows else {}).items() if not isinstance(value, dict))
        return _html.page(_html.rows(columns, ([_cell(row.get(name)) for name in columns] for row in self.rows)))


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        return ", ".join(str(item) for item in value) if all(isinstance(item, str) for item in value) else len(value)
    return value


class Brief:
    """A dossier of two parties; every line of it stands on a sentence."""

    def __init__(self, ask: "Callable[[str], bytes]") -> None:
        self._ask = ask

    def text(self) -> str:
        """For a terminal."""
        return self._ask("text").decode()

    def markdown(self) -> str:
        return self._ask("md").decode()

    def html(self) -> str:
        """A page of its own."""
        return self._ask("html").decode()

    def data(self) -> "dict[str, Any]":
        """The JSON."""
        return json.loads(self._ask("json"))

    def __str__(self) -> str:
        return self.text()

    def _repr_markdown_(self) -> str:
        return self.markdown()


class Store:
    """An open store. Nothing is kept open; other programs may add to it meanwhile."""

    def __init__(self, path: "str | os.PathLike[str]") -> None:
        self.path = os.fspath(path)
        _check(self.path)

    def ledger(self, *, between: "tuple[str, str] | None" = None, of: "str | None" = None, sector: "str | None" = None,
               stage: "str | None" = None, issue: "str | None" = None, outlet: "str | None" = None, since: "Day | None" = None,
               until: "Day | None" = None, on: "Day | None" = None, limit: "int | None" = None) -> "Rows[LedgerEntry]":  # fmt: skip
        """Undertakings, those with the newest report first. Parties by ISO code or by name; `on`: the day by which deadlines are over."""
        return Rows(self._rows("ledger", between=between, of=of, sector=sector, stage=stage, issue=issue, outlet=outlet, since=since,
                               until=until, on=on, limit=limit), LedgerEntry,
                    ("title", "undertakers", "counterparties", "sector", "stage", "deadline", "overdue", "history"))  # fmt: skip

    def matrix(self, *, between: "tuple[str, str] | None" = None, of: "str | None" = None, issue: "str | None" = None,
               outlet: "str | None" = None, since: "Day | None" = None, until: "Day | None" = None,
               limit: "int | None" = None) -> "Rows[Cell]":  # fmt: skip
        """Who stands where on which issue."""
        return Rows(self._rows("matrix", between=between, of=of, issue=issue, outlet=outlet, since=since, until=until, limit=limit), Cell,
                    ("holder", "issue", "polarity", "history"))  # fmt: skip

    def events(self, **filters: Any) -> "Rows[Row]":
        """Events over all stories; filters as of `dragoman events --help` (`between`, `of`, `outlet`, `since`, `until`, `limit`, ...)."""
        return Rows(self._rows("events", **filters), Row)

    def quotes(self, **filters: Any) -> "Rows[Row]":
        """What was said; filters as of `dragoman quotes --help`."""
        return Rows(self._rows("quotes", **filters), Row)

    def people(self, **filters: Any) -> "Rows[Row]":
        """Who speaks and acts; filters as of `dragoman people --help`."""
        return Rows(self._rows("people", **filters), Row)

    def timeline(self, **filters: Any) -> "Rows[Row]":
        """Cooperation and conflict by month; filters as of `dragoman timeline --help`."""
        return Rows(self._rows("timeline", **filters), Row)

    def search(self, words: str, **filters: Any) -> "Rows[Row]":
        """Documents with these words; filters as of `dragoman search --help`."""
        return Rows(self._rows("search", words, **filters), Row)

    def brief(self, one: str, other: str, *, since: "Day | None" = None, until: "Day | None" = None) -> Brief:
        """The dossier of two states or organisations."""
        self._ask("brief", [one, other], "text", {"since": since, "until": until})  # a wrong name is told here
        return Brief(lambda form: self._ask("brief", [one, other], form, {"since": since, "until": until}))

    def connect(self) -> sqlite3.Connection:
        """The file itself, opened read-only, for SQL of your own."""
        return sqlite3.connect(f"file:{_quoted(self.path)}?mode=ro", uri=True)

    def __repr__(self) -> str:
        return f"<Store {self.path}>"

    def _rows(self, question: str, *words: str, **filters: Any) -> "list[dict[str, Any]]":
        return json.loads(self._ask(question, list(words), "json", filters))

    def _ask(self, question: str, words: "list[str]", form: str, filters: "dict[str, Any]") -> bytes:
        asked: "list[str]" = []
        for name, value in filters.items():
            option = "--" + name.replace("_", "-")
            if value is None or value is False:
                continue
            if value is True:
                asked.append(option)
            elif isinstance(value, (tuple, list)):
                asked += [option, *map(str, value)]
            else:
                asked += [option, str(value)]
        command = [os.fspath(PROGRAM), question, *asked, "--format", form, "--", self.path, *words]
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)
        if done.returncode != 0:
            message = done.stderr.decode("utf-8", "replace").strip().removeprefix("dragoman: ")
            raise (MisuseError if done.returncode == 2 else DragomanError)(message or f"dragoman {question} failed ({done.returncode})")
        return done.stdout


def _quoted(path: str) -> str:
    from urllib.parse import quote

    return quote(os.path.abspath(path))


def _check(path: str) -> None:
    """That it is a store: a message now instead of one at the first question."""
    if not os.path.exists(path):
        raise NotFoundError(f"{path}: no such file; `dragoman add {path} FILE...` makes a store")
    try:
        connection = sqlite3.connect(f"file:{_quoted(path)}?mode=ro", uri=True)
        try:
            (application,) = connection.execute("PRAGMA application_id").fetchone()
        finally:
            connection.close()
    except sqlite3.DatabaseError as error:
        kind = UnreadableError if isinstance(error, sqlite3.OperationalError) else MalformedError
        raise kind(f"{path}: {error}; not a dragoman store, or not to be read") from error
    if application != _APPLICATION:
        raise MalformedError(f"{path}: an SQLite file of another program, not a dragoman store")


def open(path: "str | os.PathLike[str]") -> Store:  # noqa: A001
    """Opens a store for reading."""
    return Store(path)
