"""Reading many stories: order, laziness, bounds, errors in their turn."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator

import pytest
from conftest import command
from stories import stories, story

import dragoman


def test_order_is_kept_and_equals_reading_one_by_one() -> None:
    rows = list(stories(60))
    alone = [dragoman.read(row) for row in rows]
    for threads in (1, 2, 5):
        assert list(dragoman.read_many(rows, threads=threads)) == alone


def test_the_same_as_the_command() -> None:
    rows = list(stories(40))
    lines = "".join(json.dumps(row) + "\n" for row in rows).encode()
    status, out, _ = command("read", "--in", "jsonl", "--format", "jsonl", input=lines)
    assert status == 0
    assert out.splitlines() == [reading.json for reading in dragoman.read_many(rows)]


def test_it_is_lazy_and_bounded() -> None:
    pulled = 0

    def endless() -> "Iterator[dict[str, str]]":
        nonlocal pulled
        while True:
            yield story(pulled)
            pulled += 1

    readings = dragoman.read_many(endless(), threads=2)
    assert pulled == 0
    for count in range(1, 30):
        next(readings)
        assert pulled <= count + 8
    few = dragoman.read_many(endless(), threads=1, ahead=1)
    before = pulled
    next(few)
    assert pulled == before


def test_errors_come_in_their_turn() -> None:
    def broken() -> "Iterator[object]":
        yield story(0)
        yield None
        yield {"id": "x", "text": 7}
        yield story(1)
        raise RuntimeError("the wire was cut")

    readings = dragoman.read_many(broken())  # type: ignore[arg-type]
    assert next(readings).id == "story-0"
    with pytest.raises(TypeError, match="NoneType"):
        next(readings)
    with pytest.raises(TypeError, match="'x'"):
        next(readings)
    assert next(readings).id == "story-1"
    with pytest.raises(RuntimeError, match="cut"):
        next(readings)
    with pytest.raises(StopIteration):
        next(readings)


def test_particulars_hold_for_all_but_those_that_say_their_own() -> None:
    one, other = dragoman.read_many(["Some text.", {"text": "More.", "outlet": "B"}], outlet="A", published="2026-02-03")
    assert (one.outlet, other.outlet, one.published, other.published) == ("A", "B", "2026-02-03", "2026-02-03")
    with pytest.raises(TypeError, match="'day'"):
        dragoman.read_many([], day="2026-02-03")
    with pytest.raises(TypeError, match="published"):
        dragoman.read("Some text.", published=7)
    with pytest.raises(ValueError, match="threads"):
        dragoman.read_many([], threads=-1)


def test_leaving_off_midway_is_clean() -> None:
    before = threading.active_count()
    for _ in range(5):
        readings = dragoman.read_many(stories(100), threads=2)
        next(readings)
        del readings
    assert threading.active_count() == before


def test_many_python_threads_share_an_engine() -> None:
    expected = [reading.json for reading in dragoman.read_many(stories(20))]
    failures: "list[int]" = []

    def work() -> None:
        for number in range(20):
            if dragoman.read(story(number)).json != expected[number]:
                failures.append(number)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures


def test_the_readings_of_a_stream_are_kept_by_nobody() -> None:
    import gc
    import weakref

    class Watched(dragoman.Reading):
        __slots__ = ("__weakref__",)

    reading = dragoman.read(story(3))
    watched = Watched(reading.json)
    gone = weakref.ref(watched)
    gc.disable()
    try:
        for layer in (watched.entities, watched.statements, watched.events):
            [str(finding) for finding in layer]
        watched._repr_html_()
        del watched, layer
        assert gone() is None, "a reading must not wait for the cycle collector"
    finally:
        gc.enable()
