"""What notebooks show: the marked story, and tables. Whatever comes from a story is escaped; nothing is fetched from anywhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from .reading import Entity, Finding, Reading, Span, Time

LAYERS = ("entities", "statements", "events", "commitments", "positions")

# Marks are told apart by line and by tint, so that they can lie over each other and be seen without colours.
STYLE = """<style>
.dragoman{max-width:60em;line-height:1.6}
.dragoman .story{white-space:pre-wrap;overflow-wrap:anywhere;margin:.5em 0}
.dragoman .entities{border-bottom:1px dotted currentColor}
.dragoman .statements{background:rgba(66,133,244,.14)}
.dragoman .events{font-weight:600;border-bottom:2px solid #c2571a}
.dragoman .commitments{border-bottom:3px double #2a8f5a}
.dragoman .positions{border-bottom:2px dashed #8a4fbf}
.dragoman .legend span{margin-right:1em}
.dragoman table{border-collapse:collapse;margin:.3em 0}
.dragoman td,.dragoman th{text-align:left;vertical-align:top;padding:.15em .6em;border-bottom:1px solid rgba(128,128,128,.3)}
.dragoman .quiet{opacity:.7}
</style>"""


class Mark(NamedTuple):
    """A marked stretch of the story, in characters."""

    begin: int
    end: int
    layer: str
    label: str
    ref: str
    tip: str


def _mark(span: "Span", layer: str, label: str, ref: str, tip: str) -> Mark:
    return Mark(span.start_char, span.end_char, layer, label, ref, tip)


def marks_of(reading: "Reading", layers: Iterable[str] = LAYERS) -> "list[Mark]":
    """Every place to mark, by begin, the longer first."""
    marks: "list[Mark]" = []
    for layer in layers:
        if layer == "entities":
            for entity in reading.entities:
                marks += (_mark(mention.span, layer, entity.kind, entity.ref, str(entity)) for mention in entity.mentions)
        elif layer == "statements":
            for statement in reading.statements:
                tip = f"said by {names(statement.speakers)}{' (denied)' if statement.denied else ''}"
                marks += (_mark(span, layer, statement.kind, statement.id, tip) for span in statement.content)
        elif layer in ("events", "commitments", "positions"):
            findings: "Sequence[Any]" = getattr(reading, layer)
            for finding in findings:
                label = finding.type if layer == "events" else finding.stage if layer == "commitments" else finding.act
                marks.append(_mark(finding.trigger or finding.sentence, layer, label, finding.id, str(finding)))
        else:
            raise ValueError(f"no layer {layer!r}; there are {', '.join(LAYERS)}")
    return sorted((mark for mark in marks if mark.begin < mark.end), key=lambda mark: (mark.begin, -mark.end))


def flat_marks(marks: "Iterable[Mark]") -> "list[Mark]":
    """Those that don't overlap one before them."""
    flat: "list[Mark]" = []
    for mark in marks:
        if not flat or mark.begin >= flat[-1].end:
            flat.append(mark)
    return flat


def story(reading: "Reading", layers: Iterable[str] = LAYERS) -> str:
    """The text with its marks. Marks may cross each other, so the text is cut wherever one begins or ends."""
    text = reading.text
    marks = marks_of(reading, layers)
    cuts = sorted({0, len(text), *(mark.begin for mark in marks), *(mark.end for mark in marks)})
    pieces: "list[str]" = []
    open_marks: "list[Mark]" = []
    at = 0
    for begin, end in zip(cuts, cuts[1:]):
        open_marks = [mark for mark in open_marks if mark.end > begin]
        while at < len(marks) and marks[at].begin == begin:
            open_marks.append(marks[at])
            at += 1
        piece = escape(text[begin:end])
        if open_marks:
            classes = " ".join(dict.fromkeys(mark.layer for mark in open_marks))
            tips = "\n".join(dict.fromkeys(mark.tip for mark in open_marks))
            piece = f'<span class="{classes}" title="{escape(tips)}">{piece}</span>'
        pieces.append(piece)
    return f'<div class="story">{"".join(pieces)}</div>'


def names(entities: "Sequence[Entity]") -> str:
    return ", ".join(entity.name for entity in entities) or "?"


def _when(time: "Time | None") -> str:
    if time is None or time.span is None:  # bounds that follow from the tense alone are for programs
        return ""
    if time.start is None and time.end is None:
        return time.span.text if time.span else ""
    return str(time.start) if time.start == time.end else f"{time.start or '…'} – {time.end or '…'}"


def _voice(finding: Any) -> str:
    return names(finding.voice.speakers) if finding.voice else "outlet"


COLUMNS: "dict[str, tuple[tuple[str, Any], ...]]" = {
    "entities": (
        ("id", lambda it: it.id), ("name", lambda it: it.name), ("kind", lambda it: it.kind), ("ref", lambda it: it.ref),
        ("state", lambda it: it.state), ("office", lambda it: it.office), ("mentions", lambda it: len(it.mentions)),
    ),
    "statements": (
        ("id", lambda it: it.id), ("speakers", lambda it: names(it.speakers)), ("kind", lambda it: it.kind),
        ("cue", lambda it: it.cue), ("said", lambda it: ("denied: " if it.denied else "") + it.text), ("when", lambda it: _when(it.when)),
    ),
    "events": (
        ("id", lambda it: it.id), ("type", lambda it: f"{it.type}/{it.mode}" if it.mode else it.type), ("cameo", lambda it: it.cameo),
        ("actors", lambda it: names(it.actors)), ("recipients", lambda it: names(it.recipients)), ("actuality", lambda it: it.actuality),
        ("voice", _voice), ("when", lambda it: _when(it.when)), ("where", lambda it: names([place.entity for place in it.where]) if it.where else ""),
        ("words", lambda it: it.trigger),
    ),
    "commitments": (
        ("id", lambda it: it.id), ("what", lambda it: it.title), ("who", lambda it: names(it.undertakers)),
        ("with", lambda it: names(it.counterparties) if it.counterparties else ""), ("stage", lambda it: it.stage), ("sector", lambda it: it.sector),
        ("deadline", lambda it: _when(it.deadline)), ("voice", _voice),
    ),
    "positions": (
        ("id", lambda it: it.id), ("who", lambda it: names(it.holders)), ("stands", lambda it: it.polarity), ("issue", lambda it: it.issue),
        ("act", lambda it: it.act), ("voice", _voice),
    ),
}  # fmt: skip


def rows(headers: "Sequence[str]", lines: "Iterable[Sequence[Any]]") -> str:
    """An HTML table."""
    head = "".join(f"<th>{escape(header)}</th>" for header in headers)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape('' if cell is None else str(cell))}</td>" for cell in line) + "</tr>" for line in lines
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _table(name: str, findings: "Sequence[Finding]") -> str:
    columns = COLUMNS[name]
    return rows([header for header, _ in columns], ([value(finding) for _, value in columns] for finding in findings))


def page(body: str) -> str:
    return f'{STYLE}<div class="dragoman">{body}</div>'


def layer(name: str, findings: "Sequence[Finding]") -> str:
    return page(_table(name, findings) if findings else f'<p class="quiet">no {name}</p>')


def finding(it: "Finding") -> str:
    name = {"Entity": "entities", "Statement": "statements", "Event": "events", "Commitment": "commitments", "Position": "positions"}[type(it).__name__]
    quote = f"<p>“{escape(it.sentence.text)}”</p>" if hasattr(it, "sentence") else ""
    return page(_table(name, [it]) + quote)


def reading(it: "Reading") -> str:
    head = " · ".join(escape(part) for part in (it.outlet, it.published) if part)
    parts = [f"<p><b>{escape(it.title or it.id)}</b> <span class=\"quiet\">{head}</span></p>"]
    parts += (f'<p class="quiet">{escape(warning)}</p>' for warning in it.warnings)
    parts.append('<p class="legend">' + "".join(f'<span class="{name}">{name}</span>' for name in LAYERS) + "</p>")
    parts.append(story(it))
    for name in LAYERS:
        found: "Sequence[Finding]" = getattr(it, name)
        if found:
            parts.append(f"<details><summary>{len(found)} {name}</summary>{_table(name, found)}</details>")
    return page("".join(parts))
