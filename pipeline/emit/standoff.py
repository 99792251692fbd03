"""``standOff``: every open question, at its place (spec: tei, 8)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from pipeline.document import Certainty, Document, Edit, Finding, Span
from pipeline.emit.header import text_of
from pipeline.emit.inline import Inline, is_letter
from pipeline.emit.places import Places
from pipeline.emit.xml import attributes
from pipeline.fold import FORBIDDEN
from pipeline.rule import Rule

LIKELY_MESSAGE = "自动改动，依据不完全充分，请核对：{title}"


class Question(NamedTuple):
    """A finding, or a doubtful edit put as one; ``edit`` is set for the latter."""

    finding: Finding
    edit: Edit | None = None


def questions(document: Document, rules: Mapping[str, Rule]) -> list[Question]:
    """Everything a proofreader is asked about, in the order of the text."""
    asked = [Question(finding) for finding in document.findings]
    for edit in document.edits:
        if edit.certainty is Certainty.LIKELY:
            message = LIKELY_MESSAGE.format(title=rules[edit.rule].title)
            asked.append(Question(Finding(edit.span, edit.rule, message, "warning", "medium"), edit))
    return sorted(asked, key=lambda q: (q.finding.span or Span(-1, -1), q.finding.rule))


def anchored(document: Document, asked: list[Question], encodings: Mapping[str, str]) -> frozenset[Span]:
    """The spans that need anchors: those that are neither a whole block nor an edit that is written as an element."""
    whole = {block.span for block in document.blocks if block.kind != "cell"}  # cells have no ids
    found = set()
    for finding, edit in asked:
        for span in (finding.span, *finding.places):
            if (
                span is not None
                and span not in whole
                and span.start < span.end
                and not (edit and _is_element(edit, encodings))
            ):
                found.add(span)
    return frozenset(found)


def _is_element(edit: Edit, encodings: Mapping[str, str]) -> bool:
    """Is an edit written as an element that can be pointed at?

    Line joins and characters XML forbids are not; a g has no id.
    """
    if not (edit.before.strip("\n\f") or edit.after) or FORBIDDEN.search(edit.before):
        return False
    return encodings.get(edit.rule) != "g" or not all(map(is_letter, edit.before))


def write_standoff(asked: list[Question], inline: Inline) -> str:
    """The ``standOff`` element; empty when nothing is asked."""
    if not asked:
        return ""
    writer = _Writer(inline)
    out = [writer.annotation(question) for question in asked]
    return "\n".join(['<standOff><listAnnotation type="findings">', *out, "</listAnnotation></standOff>"])


class _Writer:
    def __init__(self, inline: Inline) -> None:
        self.inline = inline
        self.places: Places = inline.places
        self.document = inline.document
        self.used: Counter[str] = Counter()

    def annotation(self, question: Question) -> str:
        finding = question.finding
        self.inline.rules.add(finding.rule)
        target = self._target(finding.span, question.edit)
        corresp = " ".join(self._target(place, None) for place in finding.places)
        tag = attributes(
            xml_id=self._id(finding),
            motivation="questioning",
            ana=f"#rule.{finding.rule}",
            target=target,
            corresp=corresp or None,
            cert=finding.cert,
        )
        return f"<annotation{tag}>{''.join(self._notes(finding, target))}</annotation>"

    def _id(self, finding: Finding) -> str:
        page, line, column = self.places.place(finding.span.start) if finding.span else (0, 0, 0)
        name = f"f.{page}.{line}.{column}.{finding.rule}"
        self.used[name] += 1
        return name if self.used[name] == 1 else f"{name}.{self.used[name]}"

    def _target(self, span: Span | None, edit: Edit | None) -> str:
        if edit is not None and _is_element(edit, self.inline.encodings):
            elements = self.inline.elements
            names = (elements[at] for at in range(edit.span.start, edit.span.end + 1) if at in elements)
            return f"#{next(names, 'text')}"
        if span is None or span.start == span.end:
            return "#text"
        if span in self.inline.blocks:
            return f"#{self.inline.blocks[span]}"
        before, after = self.inline.anchors_of(span)
        return f"#{before} #{after}"

    def _notes(self, finding: Finding, target: str) -> Iterator[str]:
        quote = self.document.read(finding.span).strip("\n\f") if finding.span else ""
        if quote and target != "#text":
            yield f'<note type="quote">{text_of(quote)}</note>'
        yield f"<note{attributes(type='message', subtype=finding.severity)}>{text_of(finding.message)}</note>"
        if finding.suggestion is not None:
            yield f'<note type="suggestion">{text_of(finding.suggestion)}</note>'
