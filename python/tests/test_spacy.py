"""The bridge to spaCy."""

from __future__ import annotations

import pytest
from stories import stories

import dragoman

spacy = pytest.importorskip("spacy")

from dragoman.spacy import to_doc  # noqa: E402


@pytest.mark.parametrize("text", ["", " \n", "One.\n\nTwo said three.", "\n\n  Mira said no.  \n", "Åland – co\u00adoperates,  he isn’t\nsure. 👩🏽‍🚀"])
def test_no_character_is_lost(text: str) -> None:
    doc = to_doc(text)
    assert doc.text == text
    assert len(list(doc.sents)) == len(dragoman.read(text).sentences) or not text.strip()


def test_parse_and_findings(reading: dragoman.Reading) -> None:
    doc = to_doc(reading)
    assert doc.text == reading.text and doc._.dragoman is reading
    assert doc.has_annotation("DEP") and doc.has_annotation("TAG") and doc.has_annotation("LEMMA")
    assert [sentence.text.strip() for sentence in doc.sents] == [sentence.text.strip() for sentence in reading.sentences]
    names = {name.text: name.label_ for name in doc.ents}
    assert names.get("Portugal") == "GPE"
    for layer in ("entities", "statements", "events"):
        assert len(doc.spans[layer]) > 0
    portugal = next(entity for entity in reading.entities if entity.ref == "PRT")
    marked = [span for span in doc.spans["entities"] if span.id_ == portugal.id]
    assert len(marked) == len(portugal.mentions) and {(span.label_, span.kb_id_) for span in marked} == {("state", "PRT")}
    said = {span.id_: span.text for span in doc.spans["statements"]}
    for statement in reading.statements:
        assert statement.id in said


def test_the_component() -> None:
    rows = list(stories(8))
    nlp = spacy.blank("en")
    nlp.add_pipe("dragoman", config={"published": "2026-01-05"})
    docs = list(nlp.pipe(row["text"] for row in rows))
    assert [doc.text for doc in docs] == [row["text"] for row in rows]
    expected = [dragoman.read(row["text"], published="2026-01-05") for row in rows]
    assert [doc._.dragoman for doc in docs] == expected
    assert nlp(rows[0]["text"])._.dragoman == expected[0]
    doc = nlp.make_doc(rows[0]["text"])
    doc._.dragoman_story = {"published": "2024-02-29", "id": "x"}
    assert nlp(doc)._.dragoman.published == "2024-02-29"

    plain = spacy.blank("en")
    plain.add_pipe("dragoman", config={"annotate": False})
    kept = plain(rows[0]["text"])
    assert not kept.has_annotation("DEP") and len(kept.spans["entities"]) > 0


def test_displacy_renders(reading: dragoman.Reading) -> None:
    from spacy import displacy

    page = displacy.render(reading.to_displacy(), style="ent", manual=True, jupyter=False)
    assert "Helena Vasconcelos" in page and "PRT" in page
