"""A bridge to spaCy: documents with dragoman's tokens, parse and names, and its findings as spans.

    from dragoman.spacy import to_doc

    doc = to_doc(text, published="2026-03-12")
    doc.spans["statements"], doc._.dragoman.statements

    nlp = spacy.blank("en")
    nlp.add_pipe("dragoman")
    for doc in nlp.pipe(texts): ...

The component replaces the tokens it is given by dragoman's own, which are spaCy's English ones; `{"annotate": False}` keeps those that
the pipeline made and adds the findings only. What is known of a story from outside it is told by `doc._.dragoman_story`:
`doc = nlp.make_doc(text); doc._.dragoman_story = {"published": "2026-03-12"}; doc = nlp(doc)`.

`doc.text` is the story as it was given. `doc.ents` are the names that the recogniser found; `doc.spans` has a group a layer
("entities", "statements", "events", "commitments", "positions"), each span with the finding's id as `span.id_` and its ref or kind as
label; `doc._.dragoman` is the whole reading.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from .engine import Engine, Story, default_engine
from .reading import Reading

try:
    from spacy.language import Language
    from spacy.tokens import Doc, Span, SpanGroup
    from spacy.vocab import Vocab
except ModuleNotFoundError as error:
    raise ModuleNotFoundError("spacy is not installed: pip install spacy, or dragoman[spacy]", name="spacy") from error

if TYPE_CHECKING:
    from .reading import Finding

#: The fields of a token in `Reading.annotation()["tokens"]`.
TOKEN_FIELDS = ("text", "byte", "ws", "norm", "lower", "shape", "lemma", "tag", "pos", "morph", "dep", "head", "sent_start", "ent_iob", "ent_type")

for _name in ("dragoman", "dragoman_story"):
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=None)


def to_doc(story: "Reading | Story", vocab: "Vocab | None" = None, *, engine: "Engine | None" = None, **particulars: Any) -> Doc:
    """A spaCy document of a reading, or of a story that is read now (`published=...` and so on as for `dragoman.read`)."""
    reading = story if isinstance(story, Reading) else (engine or default_engine()).read(story, **particulars)
    return attach(_doc_of_tokens(reading, vocab if vocab is not None else Vocab()), reading)


def attach(doc: Doc, reading: Reading) -> Doc:
    """Puts the findings on a document of the same text, whatever its tokens: a span that cuts a token takes the whole of it."""
    doc._.dragoman = reading
    for entity in reading.entities:
        _add(doc, "entities", entity, (mention.span for mention in entity.mentions), entity.kind, entity.ref)
    for statement in reading.statements:
        _add(doc, "statements", statement, statement.content, statement.kind)
    for event in reading.events:
        _add(doc, "events", event, (event.trigger or event.sentence,), event.type)
    for commitment in reading.commitments:
        _add(doc, "commitments", commitment, commitment.evidence or (commitment.sentence,), commitment.stage)
    for position in reading.positions:
        _add(doc, "positions", position, position.evidence or (position.sentence,), position.polarity)
    return doc


def _add(doc: Doc, layer: str, finding: "Finding", places: "Iterable[Any]", label: str, ref: str = "") -> None:
    if layer not in doc.spans:
        doc.spans[layer] = SpanGroup(doc, name=layer)
    for place in places:
        covered = doc.char_span(place.start_char, place.end_char, alignment_mode="expand")
        if covered is not None:
            doc.spans[layer].append(Span(doc, covered.start, covered.end, label=label, kb_id=ref, span_id=finding.id))


def _doc_of_tokens(reading: Reading, vocab: Vocab) -> Doc:
    """Tokens as dragoman made them, and between paragraphs white space as tokens of its own, so that no character is lost."""
    text = reading.text
    words: "list[str]" = []
    spaces: "list[bool]" = []
    rows: "list[list[Any] | None]" = []  # None: white space that we put in
    place: "list[int]" = []  # of each of dragoman's tokens, in the document

    def fill(gap: str) -> None:
        if gap and words and gap[0] == " " and not spaces[-1]:
            spaces[-1] = True
            gap = gap[1:]
        if gap:
            words.append(gap)
            spaces.append(False)
            rows.append(None)

    at = 0
    for row in reading.annotation()["tokens"]:
        begin = reading.source.characters(row[1])
        fill(text[at:begin])
        place.append(len(words))
        words.append(row[0])
        spaces.append(False)
        rows.append(row)
        at = begin + len(row[0])
    fill(text[at:])

    def attribute(field: int, blank: str) -> "list[str]":
        return [row[field] if row else blank for row in rows]

    doc = Doc(
        vocab,
        words=words,
        spaces=spaces,
        lemmas=[row[6] if row else word for row, word in zip(rows, words)],
        tags=attribute(7, "_SP"),
        pos=attribute(8, "SPACE"),
        morphs=attribute(9, ""),
        deps=attribute(10, "dep"),
        # White space hangs on the token before it; at the very beginning on the one after it, as in spaCy.
        heads=[place[row[11]] if row else max(index - 1, 0) if index else min(1, len(rows) - 1) for index, row in enumerate(rows)],
        ents=[f"{row[13]}-{row[14]}" if row and row[14] else "O" for row in rows],
    )
    for token, row in zip(doc, rows):
        if row and row[3] != row[4]:
            token.norm_ = row[3]
    return doc


class Component:
    """The pipeline component `dragoman`. With `nlp.pipe` it reads in parallel."""

    def __init__(self, vocab: Vocab, *, annotate: bool = True, threads: int = 0, published: str = "", outlet: str = "") -> None:
        self.vocab = vocab
        self.annotate = annotate
        self.threads = threads
        self.particulars = {"published": published or None, "outlet": outlet or None}

    def __call__(self, doc: Doc) -> Doc:
        return self._finish(doc, default_engine().read(self._story(doc)))

    def pipe(self, stream: "Iterable[Doc]", *, batch_size: int = 128) -> "Iterator[Doc]":
        pulled: "deque[Doc]" = deque()

        def stories() -> "Iterator[dict[str, Any]]":
            for doc in stream:
                pulled.append(doc)
                yield self._story(doc)

        for reading in default_engine().read_many(stories(), threads=self.threads):
            yield self._finish(pulled.popleft(), reading)

    def _story(self, doc: Doc) -> "dict[str, Any]":
        return {**self.particulars, **(doc._.dragoman_story or {}), "text": doc.text}

    def _finish(self, doc: Doc, reading: Reading) -> Doc:
        if not self.annotate:
            return attach(doc, reading)
        made = _doc_of_tokens(reading, self.vocab)
        made.user_data.update(doc.user_data)
        return attach(made, reading)


@Language.factory("dragoman", default_config={"annotate": True, "threads": 0, "published": "", "outlet": ""})
def make_component(nlp: Language, name: str, annotate: bool, threads: int, published: str, outlet: str) -> Component:
    """What `nlp.add_pipe("dragoman")` makes."""
    return Component(nlp.vocab, annotate=annotate, threads=threads, published=published, outlet=outlet)
