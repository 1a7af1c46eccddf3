"""Reading one story: typed findings, spans in bytes and characters, what notebooks show."""

from __future__ import annotations

import copy
import json
import pickle
from datetime import date

import pytest
from conftest import ROOT, command

import dragoman

ODD = ["", " \n\t", "“", "He said “", "A" * 3000, "\u00a0\u00adco\u00adoperation\u200b\ufeff said the ministers.",
       "Åland’s minister said “we – ﬁnally – agree.” 👩🏽‍🚀 and \u202eright\u202c to left, فارسی گفت"]  # fmt: skip


def spans_of(reading: dragoman.Reading) -> "list[dragoman.Span]":
    spans = list(reading.sentences)
    for entity in reading.entities:
        spans += (mention.span for mention in entity.mentions)
    for statement in reading.statements:
        spans += [*statement.content, *statement.quoted, *(span for span in (statement.cue, statement.source) if span)]
        if statement.when and statement.when.span:
            spans.append(statement.when.span)
    for finding in [*reading.events, *reading.commitments, *reading.positions]:
        spans += [finding.sentence, *finding.evidence, *([finding.trigger] if finding.trigger else [])]
    return spans


def test_findings_are_typed_and_lead_to_each_other(reading: dragoman.Reading) -> None:
    assert reading.title == "Portugal, Iceland to Revive Ferry Link, Open Consulate in Porto"
    assert reading.published == "2026-03-12" and reading.outlet == "Harbour Post"
    speakers = {speaker.name for statement in reading.statements for speaker in statement.speakers}
    assert "Helena Vasconcelos" in speakers
    vasconcelos = next(entity for entity in reading.entities if entity.name == "Helena Vasconcelos")
    assert vasconcelos.kind == "person" and vasconcelos.state == "PRT" and len(vasconcelos.mentions) > 1
    said = next(statement for statement in reading.statements if vasconcelos in statement.speakers)
    assert said.text and said.kind in ("direct", "indirect", "mixed")
    event = reading.events[0]
    assert event.type.isupper() and event.sentence.text in reading.text
    claimed = [event for event in reading.events if event.voice]
    assert all(event.voice in list(reading.statements) for event in claimed)
    times = [event.when for event in reading.events if event.when and event.when.start]
    assert all(isinstance(time.start, date) for time in times)
    assert reading.statements[-1].id == f"s{len(reading.statements)}"
    assert [statement.id for statement in reading.statements[1:3]] == ["s2", "s3"]


def test_spans_count_bytes_and_characters(reading: dragoman.Reading) -> None:
    data = reading.text.encode()
    for span in spans_of(reading):
        assert data[span.begin : span.end].decode() == span.text == reading.text[span.start_char : span.end_char]
    assert any(span.begin != span.start_char for span in spans_of(reading)), "the story has non-ASCII letters"


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_any_text_gives_a_reading(text: str) -> None:
    reading = dragoman.read(text)
    assert reading.text == text
    assert all(span.text == text[span.start_char : span.end_char] for span in spans_of(reading))
    assert "dragoman" in reading._repr_html_()


def test_broken_bytes_are_one_character_each() -> None:
    story = b"Mira Tolvanen \xff\xfe of Finland said the port would open. \xe2\x82 Oskar Lindqvist said no."
    reading = dragoman.read(story)
    assert reading.text == story.decode("utf-8", "replace")
    assert any("UTF-8" in warning for warning in reading.warnings)
    for span in spans_of(reading):
        assert span.text == reading.text.encode()[span.begin : span.end].decode() == reading.text[span.start_char : span.end_char]
    assert spans_of(dragoman.Reading.from_json(reading.json)) == spans_of(reading)
    words = dragoman.table("statements", [reading]).to_arrow()["content"].to_pylist()
    assert words == [statement.text for statement in reading.statements]


def test_a_lone_surrogate_is_one_character() -> None:
    reading = dragoman.read("Mira \ud800 Tolvanen said Finland would sign in May.")
    assert reading.text == "Mira \ufffd Tolvanen said Finland would sign in May."


def test_the_same_as_the_command(lisbon: str) -> None:
    path = str(ROOT / "examples" / "lisbon.txt")
    status, out, _ = command("read", "--format", "jsonl", "--published", "2026-03-12", path)
    assert status == 0 and out.rstrip(b"\n") == dragoman.read(lisbon, published=date(2026, 3, 12)).json
    _, text, _ = command("read", "--published", "2026-03-12", path)
    assert text.decode() == str(dragoman.read(lisbon, published="2026-03-12"))


def test_a_path_and_a_mapping_are_stories_too(lisbon: str) -> None:
    from_path = dragoman.read(ROOT / "examples" / "lisbon.txt", published="2026-03-12")
    row = {"text": lisbon, "published": "2026-03-12", "title": None, "other": 7}
    assert from_path == dragoman.read(row) == dragoman.read(row, published="2020-01-01") == dragoman.read(lisbon, published="2026-03-12")
    assert dragoman.read({"id": 7, "text": ""}).id == "7"


def test_json_there_and_back(reading: dragoman.Reading) -> None:
    again = dragoman.Reading.from_json(reading.json)
    assert again == reading and again.text == reading.text and list(again.events) == list(reading.events)
    assert again.briefing() == reading.briefing()
    changed = reading.to_dict()
    changed["events"].clear()
    assert len(reading.events) == len(again.events)
    for other in (pickle.loads(pickle.dumps(reading)), copy.deepcopy(reading)):
        assert other == reading and other.statements[0] == reading.statements[0]
    event = reading.events[0]
    assert pickle.loads(pickle.dumps(event)) == event and pickle.loads(pickle.dumps(event.sentence)) == event.sentence


def test_what_is_no_reading_is_refused() -> None:
    with pytest.raises(dragoman.MalformedError, match="no JSON"):
        dragoman.Reading.from_json("{")
    with pytest.raises(dragoman.MalformedError, match="format"):
        dragoman.Reading.from_json("[]")
    with pytest.raises(dragoman.UnsupportedVersionError):
        dragoman.Reading.from_json('{"format": "dragoman-reading/9"}')


def test_html_shows_and_escapes(reading: dragoman.Reading) -> None:
    page = reading._repr_html_()
    assert 'class="story"' in page and "Helena Vasconcelos" in page and "<details>" in page
    hostile = dragoman.read(
        "<script>alert(1)</script> Mira <b>Tolvanen</b> of Finland said “&lt;img onerror=x&gt; we \" agree” on Monday.",
        title="<i>x</i>", outlet="\"><svg onload=1>", published="2026-01-05",
    )  # fmt: skip
    shown = hostile._repr_html_() + "".join(
        layer._repr_html_() + "".join(finding._repr_html_() for finding in layer)
        for layer in (hostile.entities, hostile.statements, hostile.events, hostile.commitments, hostile.positions)
    )
    for tag in ("<script", "<b>Tol", "<img", "<svg", "<i>x"):
        assert tag not in shown
    assert "&lt;script&gt;" in shown


def test_displacy_marks_don_t_overlap(reading: dragoman.Reading) -> None:
    for layer in ("entities", "statements", "events", "commitments", "positions"):
        marks = reading.to_displacy(layer)
        ends = [0]
        for mark in marks["ents"]:
            assert ends[-1] <= mark["start"] < mark["end"] <= len(marks["text"])
            ends.append(mark["end"])
    first = reading.to_displacy()["ents"][0]
    assert reading.text[first["start"] : first["end"]] == "Portugal" and first["kb_id"] == "PRT"
    with pytest.raises(ValueError, match="no layer"):
        reading.to_displacy("verbs")


def test_json_is_what_the_objects_say(reading: dragoman.Reading) -> None:
    data = json.loads(reading.json)
    assert len(reading.entities) == len(data["entities"])
    assert [mention.form for mention in reading.entities[0].mentions] == [row["form"] for row in data["entities"][0]["mentions"]]
    assert repr(reading).startswith("<Reading 'Portugal") and repr(reading.events) == f"<{len(data['events'])} events>"
