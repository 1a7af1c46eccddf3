"""A reading as typed objects. They are light views of the reading's JSON ("dragoman-reading/1"): made when asked for, equal when they
stand for the same finding of the same reading, and safe to pickle with it."""

from __future__ import annotations

import json as _json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from . import _html
from .errors import MalformedError, UnsupportedVersionError
from .tables import ArrowTable, Offsets

if TYPE_CHECKING:
    from . import _core
    from .engine import Engine

FORMAT = "dragoman-reading/1"


class SourceText:
    """A text as bytes and as characters, and the way from one to the other. A span that cuts a character shows U+FFFD."""

    __slots__ = ("_ascii", "text", "utf8")

    def __init__(self, utf8: bytes) -> None:
        self.utf8 = utf8
        self.text = utf8.decode("utf-8", "replace")
        self._ascii = utf8.isascii()

    def words(self, begin: int, end: int) -> str:
        return self.utf8[begin:end].decode("utf-8", "replace")

    def characters(self, byte: int) -> int:
        return byte if self._ascii else len(self.utf8[:byte].decode("utf-8", "replace"))


class Span:
    """Where something stands in the text: `begin` and `end` count bytes of its UTF-8, `start_char` and `end_char` its characters."""

    __slots__ = ("_source", "begin", "end")

    def __init__(self, source: SourceText, begin: int, end: int) -> None:
        self._source = source
        self.begin = begin
        self.end = end

    @property
    def text(self) -> str:
        """The words themselves."""
        return self._source.words(self.begin, self.end)

    @property
    def start_char(self) -> int:
        return self._source.characters(self.begin)

    @property
    def end_char(self) -> int:
        return self._source.characters(self.end)

    def __len__(self) -> int:
        return self.end - self.begin

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"Span({self.begin}, {self.end}, {self.text!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Span) and (self.begin, self.end, self._source.utf8) == (other.begin, other.end, other._source.utf8)

    def __hash__(self) -> int:
        return hash((self.begin, self.end))

    def __reduce__(self) -> "tuple[Any, ...]":
        return _unpickle_span, (self._source.utf8, self.begin, self.end)


def _unpickle_span(utf8: bytes, begin: int, end: int) -> Span:
    return Span(SourceText(utf8), begin, end)


@dataclass(frozen=True)
class Time:
    """A time the text names, both ends inclusive. `precision` "relative": not resolved, or only to a guess."""

    start: "date | None"
    end: "date | None"
    precision: str
    span: "Span | None"


@dataclass(frozen=True)
class Mention:
    """A place where the text speaks of an entity. `form`: name, nominal, pronoun, metonym, demonym."""

    span: Span
    form: str


@dataclass(frozen=True)
class Amount:
    """A sum or count: `unit` is a currency ("USD") or what is counted ("megawatts")."""

    value: float
    unit: str
    span: Span


@dataclass(frozen=True)
class Place:
    """Where an event is; degrees in WGS 84 where they are known."""

    entity: "Entity"
    lat: "float | None"
    lon: "float | None"


class Finding:
    """One thing found. `row` is its JSON object, with spans in bytes and entities by id."""

    __slots__ = ("reading", "row")

    def __init__(self, reading: "Reading", row: "dict[str, Any]") -> None:
        self.reading = reading
        self.row = row

    @property
    def id(self) -> str:
        """Its id in this reading: e1, s1, v1, c1, p1, ..."""
        return self.row["id"]

    def _spans(self, name: str) -> "tuple[Span, ...]":
        return tuple(self.reading._span(span) for span in self.row.get(name) or ())

    def _span(self, name: str) -> "Span | None":
        span = self.row.get(name)
        return self.reading._span(span) if span else None

    def _entities(self, name: str) -> "tuple[Entity, ...]":
        return tuple(self.reading._entity(id) for id in self.row.get(name) or ())

    def _time(self, name: str) -> "Time | None":
        row = self.row.get(name)
        if not row:
            return None
        span = row.get("span")
        return Time(_date(row.get("from")), _date(row.get("to")), row["precision"], self.reading._span(span) if span else None)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Finding) and type(self) is type(other) and self.id == other.id and self.reading == other.reading

    def __hash__(self) -> int:
        return hash((type(self), self.id, self.reading))

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.id}: {self}>"

    def _repr_html_(self) -> str:
        return _html.finding(self)


def _date(text: "str | None") -> "date | None":
    return date.fromisoformat(text) if text else None


def _names(entities: "Sequence[Entity]") -> str:
    return ", ".join(entity.name for entity in entities)


class Entity(Finding):
    """Who or what the story speaks of."""

    __slots__ = ()

    @property
    def kind(self) -> str:
        """state, person, office, government_body, intergovernmental_body, armed_group, party, company, organisation, people, region,
        place, agreement, document, occasion."""
        return self.row["kind"]

    @property
    def ref(self) -> str:
        """Who it is, in every story: "IRN", "person:...", "org:...", or "local:..." for whom the knowledge lacks."""
        return self.row["ref"]

    @property
    def name(self) -> str:
        return self.row.get("name") or self.row["ref"]

    @property
    def state(self) -> "str | None":
        """ISO 3166-1 alpha-3 of the state it belongs to or speaks for."""
        return self.row.get("state")

    @property
    def sector(self) -> "str | None":
        """GOV, MIL, OPP, IGO, ..."""
        return self.row.get("sector")

    @property
    def office(self) -> "str | None":
        return self.row.get("office")

    @property
    def mentions(self) -> "tuple[Mention, ...]":
        return tuple(Mention(self.reading._span(row["span"]), row["form"]) for row in self.row["mentions"])

    def __str__(self) -> str:
        return f"{self.name} ({self.kind}, {self.ref})"


class Statement(Finding):
    """What someone is reported to have said."""

    __slots__ = ()

    @property
    def speakers(self) -> "tuple[Entity, ...]":
        """Empty where the text names nobody."""
        return self._entities("speakers")

    @property
    def kind(self) -> str:
        """direct (all in quotation marks), indirect, or mixed."""
        return self.row["kind"]

    @property
    def cue(self) -> "Span | None":
        """The words that attribute: "said"."""
        return self._span("cue")

    @property
    def source(self) -> "Span | None":
        """The words that name the speaker here: "the Turkish minister"."""
        return self._span("source")

    @property
    def content(self) -> "tuple[Span, ...]":
        """What is said; more than one span where the cue interrupts it."""
        return self._spans("content")

    @property
    def text(self) -> str:
        """The words of the content, its pieces joined by " … "."""
        return " … ".join(span.text for span in self.content)

    @property
    def quoted(self) -> "tuple[Span, ...]":
        """The speaker's own words: what stands in quotation marks."""
        return self._spans("quoted")

    @property
    def addressee(self) -> "tuple[Entity, ...]":
        return self._entities("addressee")

    @property
    def occasion(self) -> "str | None":
        return self.row.get("occasion")

    @property
    def when(self) -> "Time | None":
        return self._time("when")

    @property
    def within(self) -> "Statement | None":
        """The statement that this one is nested in."""
        return self.reading._statement(self.row.get("within"))

    @property
    def denied(self) -> bool:
        """The speaker denies the content: never show it as his view."""
        return bool(self.row.get("denied"))

    def __str__(self) -> str:
        return f"{_names(self.speakers) or '?'}{' denied' if self.denied else ''}: {self.text}"


class Evident(Finding):
    """A finding with a voice and with evidence."""

    __slots__ = ()

    @property
    def voice(self) -> "Statement | None":
        """The statement in which it is claimed; None: the outlet tells it in its own words."""
        voice = self.row["voice"]
        return None if voice == "outlet" else self.reading._statement(voice)

    @property
    def trigger(self) -> "Span | None":
        """The words that say it."""
        span = self.row["evidence"].get("trigger")
        return self.reading._span(span) if span else None

    @property
    def sentence(self) -> Span:
        return self.reading._span(self.row["evidence"]["sentence"])

    @property
    def evidence(self) -> "tuple[Span, ...]":
        """All the words that carry it."""
        return tuple(self.reading._span(span) for span in self.row["evidence"].get("spans") or ())


class Event(Evident):
    """What happened, is planned, demanded, feared or denied; in PLOVER, with CAMEO beside it."""

    __slots__ = ()

    @property
    def type(self) -> str:
        """PLOVER: AGREE, CONSULT, SUPPORT, CONCEDE, COOPERATE, AID, RETREAT, REQUEST, ACCUSE, REJECT, THREATEN, PROTEST, SANCTION, MOBILIZE,
        COERCE, ASSAULT."""
        return self.row["type"]

    @property
    def mode(self) -> "str | None":
        return self.row.get("mode")

    @property
    def contexts(self) -> "tuple[str, ...]":
        return tuple(self.row.get("contexts") or ())

    @property
    def cameo(self) -> "str | None":
        return self.row.get("cameo")

    @property
    def goldstein(self) -> "float | None":
        """From -10 (conflict) to 10 (cooperation)."""
        return self.row.get("goldstein")

    @property
    def quad(self) -> str:
        return self.row["quad"]

    @property
    def actors(self) -> "tuple[Entity, ...]":
        return self._entities("actors")

    @property
    def recipients(self) -> "tuple[Entity, ...]":
        return self._entities("recipients")

    @property
    def actuality(self) -> str:
        """happened, ongoing, planned, called_for, possible, did_not_happen."""
        return self.row["actuality"]

    @property
    def when(self) -> "Time | None":
        return self._time("when")

    @property
    def where(self) -> "tuple[Place, ...]":
        return tuple(Place(self.reading._entity(row["entity"]), row.get("lat"), row.get("lon")) for row in self.row.get("where") or ())

    def __str__(self) -> str:
        kind = f"{self.type}/{self.mode}" if self.mode else self.type
        return f"{kind} {self.actuality}: {_names(self.actors) or '?'} → {_names(self.recipients) or '?'}"


class Commitment(Evident):
    """What a party has taken on, offered, or put on the table."""

    __slots__ = ()

    @property
    def title(self) -> str:
        """One line in plain words."""
        return self.row["title"]

    @property
    def undertakers(self) -> "tuple[Entity, ...]":
        return self._entities("undertakers")

    @property
    def counterparties(self) -> "tuple[Entity, ...]":
        return self._entities("counterparties")

    @property
    def action(self) -> str:
        return self.row["action"]

    @property
    def object(self) -> str:
        return self.row["object"]

    @property
    def sector(self) -> str:
        return self.row["sector"]

    @property
    def stage(self) -> str:
        """discussed, offered, pledged, agreed, underway, completed; or stalled, cancelled, broken."""
        return self.row["stage"]

    @property
    def deadline(self) -> "Time | None":
        return self._time("deadline")

    @property
    def amounts(self) -> "tuple[Amount, ...]":
        return tuple(Amount(row["value"], row["unit"], self.reading._span(row["span"])) for row in self.row.get("amount") or ())

    @property
    def places(self) -> "tuple[Entity, ...]":
        return self._entities("places")

    @property
    def condition(self) -> "Span | None":
        return self._span("condition")

    def __str__(self) -> str:
        return f"{_names(self.undertakers) or '?'}: {self.title} ({self.stage})"


class Position(Evident):
    """Where someone stands on an issue."""

    __slots__ = ()

    @property
    def holders(self) -> "tuple[Entity, ...]":
        return self._entities("holders")

    @property
    def issue(self) -> str:
        """The thing that one can be for or against, in the words of the text."""
        return self.row["issue"]

    @property
    def issue_id(self) -> "str | None":
        """Its entry in the catalogue of issues."""
        return self.row.get("issue_id")

    @property
    def polarity(self) -> str:
        """for, against, mixed."""
        return self.row["polarity"]

    @property
    def act(self) -> str:
        """endorse, demand, condemn, reject, welcome, warn, express_concern, express_readiness, thank."""
        return self.row["act"]

    @property
    def target(self) -> "tuple[Entity, ...]":
        return self._entities("target")

    def __str__(self) -> str:
        return f"{_names(self.holders) or '?'} {self.polarity} {self.issue} ({self.act})"


F = TypeVar("F", bound=Finding)


class Layer(ArrowTable, Sequence[F], Generic[F]):
    """The findings of one kind, in text order; also a table (`to_pandas()`, `to_polars()`, `to_arrow()`, or as it is for whatever takes
    Arrow streams)."""

    def __init__(self, reading: "Reading", name: str, kind: "Callable[[Reading, dict[str, Any]], F]") -> None:
        self._reading = reading
        self._name = name
        self._kind = kind
        self._rows: "list[dict[str, Any]]" = reading.data[name]

    @property
    def table_name(self) -> str:
        return self._name

    def _readings(self) -> "Iterator[tuple[bytes, bytes | None]]":
        yield self._reading.json, self._reading.source.utf8

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, index: int) -> F: ...
    @overload
    def __getitem__(self, index: slice) -> "list[F]": ...
    def __getitem__(self, index: "int | slice") -> "F | list[F]":
        if isinstance(index, slice):
            return [self._kind(self._reading, row) for row in self._rows[index]]
        return self._kind(self._reading, self._rows[index])

    def __repr__(self) -> str:
        return f"<{len(self)} {self._name}>"

    def _repr_html_(self) -> str:
        return _html.layer(self._name, list(self))


class Reading:
    """What one story says. Every finding points at the words it was found in."""

    __slots__ = ("_data", "_engine", "_ids", "_kept", "_source", "_utf8", "json", "warnings")

    def __init__(
        self,
        json: bytes,
        utf8: "bytes | None" = None,
        warnings: "tuple[str, ...]" = (),
        kept: "_core.KeptReading | None" = None,
        engine: "Engine | None" = None,
    ) -> None:
        self.json = json  #: the line that `dragoman read --format jsonl` prints for this story
        self.warnings = warnings  #: what was odd about the text ("broken UTF-8 ...")
        self._utf8 = utf8
        self._kept = kept
        self._engine = engine
        self._data: "dict[str, Any] | None" = None
        self._source: "SourceText | None" = None
        self._ids: "dict[str, dict[str, Any]] | None" = None

    @classmethod
    def from_json(cls, json: "str | bytes") -> "Reading":
        """The reading in a line of `dragoman read --format jsonl`."""
        reading = cls(json.encode() if isinstance(json, str) else json)
        try:
            data = reading.data
        except ValueError as error:
            raise MalformedError(f"no JSON: {error}") from error
        found = data.get("format") if isinstance(data, dict) else None
        if found != FORMAT:
            kind = UnsupportedVersionError if isinstance(found, str) and found.startswith("dragoman-reading/") else MalformedError
            raise kind(f"JSON of format {found!r}; this version reads {FORMAT!r}")
        return reading

    @property
    def data(self) -> "dict[str, Any]":
        """The JSON, parsed; not to be changed."""
        if self._data is None:
            self._data = _json.loads(self.json)
        return self._data

    def to_dict(self) -> "dict[str, Any]":
        """A copy of the JSON, yours to change."""
        return _json.loads(self.json)

    @property
    def source(self) -> SourceText:
        if self._source is None:
            if self._utf8 is None:
                self._utf8 = self.data["document"]["text"].encode()
            self._source = SourceText(self._utf8)
        return self._source

    @property
    def text(self) -> str:
        """The story, as it was given; U+FFFD stands for bytes that are no UTF-8."""
        return self.source.text

    @property
    def id(self) -> str:
        """The caller's id, else the sha256 of the text."""
        return self.data["document"]["id"]

    @property
    def title(self) -> "str | None":
        return self.data["document"].get("title")

    @property
    def outlet(self) -> "str | None":
        return self.data["document"].get("outlet")

    @property
    def url(self) -> "str | None":
        return self.data["document"].get("url")

    @property
    def published(self) -> "str | None":
        return self.data["document"].get("published")

    @property
    def dateline(self) -> "str | None":
        return self.data["document"].get("dateline")

    @property
    def language(self) -> "str | None":
        return self.data["document"].get("language")

    @property
    def sentences(self) -> "tuple[Span, ...]":
        return tuple(self._span(span) for span in self.data.get("sentences", ()))

    @property
    def entities(self) -> "Layer[Entity]":
        return Layer(self, "entities", Entity)

    @property
    def statements(self) -> "Layer[Statement]":
        return Layer(self, "statements", Statement)

    @property
    def events(self) -> "Layer[Event]":
        return Layer(self, "events", Event)

    @property
    def commitments(self) -> "Layer[Commitment]":
        return Layer(self, "commitments", Commitment)

    @property
    def positions(self) -> "Layer[Position]":
        return Layer(self, "positions", Position)

    def briefing(self, width: int = 100) -> str:
        """The briefing that `dragoman read` prints."""
        return self._keep().briefing(width).decode()

    def annotation(self) -> "dict[str, Any]":
        """Tokens with lemmas, tags, heads and names, as `dragoman annotate` gives them."""
        return _json.loads(self._keep().annotation())

    def to_arrow(self, table: str, *, offsets: "Offsets" = "bytes") -> Any:
        """One layer as a pyarrow.Table; likewise `to_pandas` and `to_polars`."""
        return self._table(table).to_arrow(offsets=offsets)

    def to_pandas(self, table: str, *, offsets: "Offsets" = "bytes") -> Any:
        return self._table(table).to_pandas(offsets=offsets)

    def to_polars(self, table: str, *, offsets: "Offsets" = "bytes") -> Any:
        return self._table(table).to_polars(offsets=offsets)

    def to_displacy(self, layer: str = "entities") -> "dict[str, Any]":
        """For `spacy.displacy.render(reading.to_displacy(), style="ent", manual=True)`: marks that don't overlap, in characters.

        `layer`: entities (their mentions), statements (what is said), events, commitments, positions (what triggers them).
        """
        marks = _html.flat_marks(_html.marks_of(self, (layer,)))
        return {
            "text": self.text,
            "title": self.title,
            "ents": [
                {"start": mark.begin, "end": mark.end, "label": mark.label, "kb_id": mark.ref}
                for mark in marks
            ],
        }

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Reading) and self.json == other.json

    def __hash__(self) -> int:
        return hash(self.json)

    def __repr__(self) -> str:
        counts = ", ".join(f"{len(self.data[name])} {name}" for name in ("entities", "statements", "events", "commitments", "positions"))
        return f"<Reading {self.title or self.id!r}: {counts}>"

    def __str__(self) -> str:
        return self.briefing()

    def _repr_html_(self) -> str:
        return _html.reading(self)

    def __reduce__(self) -> "tuple[Any, ...]":
        return Reading, (self.json, self._utf8, self.warnings)

    def _table(self, name: str) -> ArrowTable:
        from .tables import Table

        return Table(name, (self,))

    def _keep(self) -> "_core.KeptReading":
        """The engine's own reading; of a story that came from elsewhere, or many, it is made again: the same text gives the same."""
        if self._kept is None:
            from .engine import PARTICULARS, default_engine

            document = self.data["document"]
            engine = self._engine or default_engine()
            self._kept = engine._native.read(self.source.utf8, [document.get(name) or "" for name in PARTICULARS])
        return self._kept

    def _span(self, pair: "Sequence[int]") -> Span:
        return Span(self.source, pair[0], pair[1])

    def _row(self, id: str) -> "dict[str, Any]":
        if self._ids is None:
            self._ids = {row["id"]: row for name in ("entities", "statements") for row in self.data[name]}
        return self._ids[id]

    def _entity(self, id: str) -> Entity:
        return Entity(self, self._row(id))

    def _statement(self, id: "str | None") -> "Statement | None":
        return Statement(self, self._row(id)) if id else None
