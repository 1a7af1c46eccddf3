"""Engines read stories. `dragoman.read` and `dragoman.read_many` use one that is opened when it is first needed."""

from __future__ import annotations

import os
import re
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Union

from . import _core
from .errors import OverLimitError, of_file
from .reading import Reading

#: A story: its text, its UTF-8 bytes, a file that holds it, or a mapping {"text", "id"?, "title"?, "published"?, ...}.
Story = Union[str, bytes, "os.PathLike[str]", Mapping[str, Any]]

PARTICULARS = ("id", "title", "outlet", "url", "published", "dateline", "language")
_SHARE = Path(__file__).parent / "share" / "dragoman"
_SURROGATE = re.compile("[\ud800-\udfff]")


def _resource(file: str, variable: str, given: "str | os.PathLike[str] | None") -> str:
    """The file to open; "" leaves the search to the engine, whose message says where it looked."""
    if given is not None:
        return os.fspath(given)
    packed = _SHARE / file
    return str(packed) if packed.is_file() and not os.environ.get(variable) else ""


def _utf8(text: "str | bytes") -> bytes:
    if isinstance(text, bytes):
        return text
    try:
        return text.encode()
    except UnicodeEncodeError:  # half of a surrogate pair is no character; U+FFFD keeps every offset
        return _SURROGATE.sub("\ufffd", text).encode()


def _if_sound(text: bytes) -> "bytes | None":
    """The text; None where it is no UTF-8: what was read instead, with U+FFFD, is in the reading's JSON."""
    try:
        text.decode()
    except UnicodeDecodeError:
        return None
    return text


def _file_bytes(path: "os.PathLike[str]") -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise of_file(path, error) from error


def _words(value: Any, name: str) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return _utf8(value).decode()
    if isinstance(value, date):  # a datetime too: the day of it
        return value.strftime("%Y-%m-%d")
    if name == "id" and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise TypeError(f"a story's {name} is a string{', a date' if name == 'published' else ''} or None, not {type(value).__name__}")


class Engine:
    """The language model and the knowledge, loaded once. Any number of threads may read with it at a time.

    `model` and `knowledge` name other files than the ones in the package; `overlays` are folders of knowledge tables that win over the
    built-in ones. A story longer than `max_bytes` is refused with `OverLimitError`.
    """

    def __init__(
        self,
        *,
        model: "str | os.PathLike[str] | None" = None,
        knowledge: "str | os.PathLike[str] | None" = None,
        overlays: "Iterable[str | os.PathLike[str]]" = (),
        max_bytes: int = 10 << 20,
    ) -> None:
        self.max_bytes = max_bytes
        self._native = _core.Engine(
            _resource("dragoman.model", "DRAGOMAN_MODEL", model),
            _resource("dragoman.knowledge", "DRAGOMAN_KNOWLEDGE", knowledge),
            [os.fspath(folder) for folder in overlays],
        )

    def read(self, story: Story, **particulars: Any) -> Reading:
        """Reads one story. See `dragoman.read`."""
        text, info = self._prepare(story, _check_names(particulars))
        kept = self._native.read(text, info)
        json, warnings = kept.story()
        return Reading(json, _if_sound(text), tuple(warnings), kept, self)

    def read_many(self, stories: Iterable[Story], *, threads: int = 0, ahead: int = 0, **particulars: Any) -> "ReadMany":
        """Reads stories in parallel. See `dragoman.read_many`."""
        return ReadMany(self, stories, threads, ahead, _check_names(particulars))

    def _prepare(self, story: Story, particulars: Mapping[str, Any]) -> "tuple[bytes, list[str]]":
        if isinstance(story, Mapping):
            particulars = {**particulars, **{name: story[name] for name in PARTICULARS if story.get(name) is not None}}
            story = story["text"] if isinstance(story.get("text"), (str, bytes)) else _no_text(story)
        elif isinstance(story, os.PathLike):
            story = _file_bytes(story)
        elif not isinstance(story, (str, bytes)):
            raise TypeError(f"a story is a str, bytes, a path, or a mapping with \"text\", not {type(story).__name__}")
        text = _utf8(story)
        if len(text) > self.max_bytes:
            raise OverLimitError(f"a story of {len(text) / 1e6:.1f} MB; the limit is {self.max_bytes / 1e6:.1f} MB (max_bytes of the engine)")
        return text, [_words(particulars.get(name), name) for name in PARTICULARS]


def _no_text(story: Mapping[str, Any]) -> str:
    raise TypeError(f"no \"text\" string in the story{' ' + repr(story['id']) if 'id' in story else ''}")


def _check_names(particulars: Mapping[str, Any]) -> Mapping[str, Any]:
    for name in particulars:
        if name not in PARTICULARS:
            raise TypeError(f"a story has no {name!r}; it has {', '.join(PARTICULARS)}")
    return particulars


class ReadMany(Iterator[Reading]):
    """Readings in the order of their stories, made on threads of their own.

    The source is pulled by whoever iterates, and only so far ahead that the threads have work (four stories a thread), so it may be
    endless. What the source raises, or a story that is none, comes out in its turn, after the readings before it; after a story that
    was refused, iterating may go on.
    """

    def __init__(self, engine: Engine, stories: Iterable[Story], threads: int, ahead: int, particulars: Mapping[str, Any]) -> None:
        if threads < 0 or ahead < 0:
            raise ValueError("threads and ahead are 0 (as fits the machine) or more")
        threads = threads or len(os.sched_getaffinity(0))
        self._engine = engine
        self._source: "Iterator[Story] | None" = iter(stories)
        self._particulars = particulars
        self._ahead = ahead or 4 * threads
        self._readers = _core.Readers(engine._native, threads)
        # What was pulled and not yet given out: a text that the readers have, or an error that waits for its turn.
        self._pulled: "deque[bytes | BaseException]" = deque()

    def __iter__(self) -> "ReadMany":
        return self

    def __next__(self) -> Reading:
        while self._source is not None and len(self._pulled) < self._ahead:
            self._pull()
        if not self._pulled:
            raise StopIteration
        first = self._pulled.popleft()
        if isinstance(first, BaseException):
            raise first
        taken = self._readers.take()
        assert taken is not None
        return Reading(taken[0], _if_sound(first), tuple(taken[1]), None, self._engine)

    def _pull(self) -> None:
        assert self._source is not None
        try:
            story = next(self._source)
        except StopIteration:
            self._source = None
            return
        except Exception as error:  # the source is broken: it ends here
            self._source = None
            self._pulled.append(error)
            return
        try:
            text, info = self._engine._prepare(story, self._particulars)
        except Exception as error:
            self._pulled.append(error)
            return
        self._readers.give(text, info)
        self._pulled.append(text)


_lock = threading.Lock()
_default: "Engine | None" = None


def default_engine() -> Engine:
    """The engine that `dragoman.read` uses: one a process."""
    global _default
    with _lock:
        if _default is None:
            _default = Engine()
        return _default


def read(story: Story, **particulars: Any) -> Reading:
    """Reads one story: a text, its UTF-8 bytes, a path to a file, or a mapping {"text", "id"?, "title"?, "published"?, ...}.

    Particulars that are known from outside the text: `published` (a date or "2026-03-12"; relative dates are counted from it),
    `title`, `outlet`, `url`, `dateline`, `language`, `id`.

    >>> reading = dragoman.read("Foreign Minister Oskar Lind said ...", published="2026-03-12")
    >>> reading.statements[0].speakers[0].name
    'Oskar Lind'

    Any text gives a reading, perhaps an empty one. Only a text over the engine's `max_bytes` (10 MB) is refused.
    """
    return default_engine().read(story, **particulars)


def read_many(stories: Iterable[Story], *, threads: int = 0, ahead: int = 0, **particulars: Any) -> ReadMany:
    """Reads stories in parallel, without the GIL: an iterator of readings in the order of the stories.

    `threads`: how many (0: one a core). `ahead`: how many stories may be pulled before their readings are taken (0: four a thread).
    Particulars (`published=...`) hold for each story that does not say its own.

    >>> for reading in dragoman.read_many({"text": row.body, "published": row.day} for row in rows):
    ...     print(len(reading.events))
    """
    return default_engine().read_many(stories, threads=threads, ahead=ahead, **particulars)
