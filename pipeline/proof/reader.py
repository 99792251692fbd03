"""Text that stands by itself, proofread paragraph by paragraph.

The same rules as in ``run``, on passages without pages: a line is a paragraph, and only what the marks around a line end
forbid joins two of them.  Nothing is held but the paragraph at hand, so a stream of any length costs the same memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from typing import Any, NamedTuple

import regex

from pipeline.config import Config, RulePolicy, Usage
from pipeline.document import Changed, Edit, Finding, Passage, Reading, Whole
from pipeline.normalise.lines import belong_together
from pipeline.normalise.rules import RULES as NORMALISE
from pipeline.rule import Bound, Ruling, rulings, work
from pipeline.validate.rules import RULES as VALIDATE

# the words a text's role may be named by, and the kind of block it stands for
ROLES = {
    "body": "p",
    "run-in": "p",
    "names": "p",
    "recipient": "addressees",
    "docno": "doc-number",
    "names-table": "cell",
    "table": "cell",
    "attachment": "attachment-note",
}
KINDS = (
    "p", "title", "subtitle", "heading", "byline", "speech-date", "addressees", "cc", "imprint", "note", "signature",
    "date", "doc-number", "signer", "attachment-note", "attachment-label", "attachment-title", "caption", "footnote",
    "cell", "toc", "issuer-mark", "classification", "urgency", "copy-number",
)  # fmt: skip
COLOPHON = "colophon"  # what kind of line of the 版记 it is, its text tells
_LISTS = regex.compile(r"\s*(?:抄\s*[送报]|分\s*送|主\s*送|发)\s*[：:]")
_PRINTED = regex.compile(r"印\s*发\s*$")


class Proof(NamedTuple):
    """A text after proofreading; all spans count code points of the text that came in.

    ``edits`` are the changes as the rules made them, ``changed`` what became of each stretch of the text.
    """

    text: str
    edits: list[Edit]
    changed: list[Changed]
    findings: list[Finding]


class Proofreader:
    """The rules a configuration lets run on single texts, ready for use."""

    def __init__(self, policy: RulePolicy, usage: Usage) -> None:
        self.policy, self.usage = policy, usage
        self._bound: dict[str, Bound] = {}

    @cached_property
    def _rulings(self) -> list[Ruling]:
        return rulings((*NORMALISE, *VALIDATE), self.policy)

    def paragraph(
        self,
        text: str,
        kind: str = "p",
        whole: Whole | None = None,
        *,
        names: bool = False,
        beside: tuple[str, str] = ("", ""),
    ) -> Proof:
        """One paragraph, which may hold line ends the rules are to take out."""
        if kind not in self._bound:
            self._bound[kind] = Bound(ruling for ruling in self._rulings if ruling.rule.binds(kind))
        whole = whole or Whole(text, None, self.usage)
        breaks = [at + 1 for at, c in enumerate(text) if c == "\n"] if "\n" in text else ()
        passage = Passage(Reading.of(text), kind, whole, breaks=breaks, names=names, beside=beside)
        findings = work(passage, self._bound[kind])
        return Proof(passage.text, passage.edits, list(passage.changed(text)), findings)

    def text(self, text: str, role: str = "body", script: str | None = None) -> Proof:
        """A text of one role; each of its lines is a paragraph unless two belong together."""
        kind = _colophon(text) if role == COLOPHON else ROLES.get(role, role)
        usage = self.usage if script is None else replace(self.usage, script=script)
        whole = Whole(text, None, usage)
        lines = [f"{line}\n" for line in text.split("\n")]
        lines[-1] = lines[-1][:-1]
        paragraphs = list(_ended(lines))
        out: list[str] = []
        edits: list[Edit] = []
        changed: list[Changed] = []
        findings: list[Finding] = []
        at = 0
        for n, (paragraph, end) in enumerate(paragraphs):
            beside = (paragraphs[n - 1][0] if n else "", paragraphs[n + 1][0] if n + 1 < len(paragraphs) else "")
            proof = self.paragraph(paragraph, kind, whole, names=role == "names", beside=beside)
            out += (proof.text, end)
            edits += [moved(edit, at) for edit in proof.edits]
            changed += [moved(change, at) for change in proof.changed]
            findings += [moved(finding, at) for finding in proof.findings]
            at += len(paragraph) + len(end)
        return Proof("".join(out), edits, changed, findings)

    def stream(self, lines: Iterable[str]) -> Iterator[tuple[str, Proof, str]]:
        """Each paragraph of a stream of lines (with their ends), what became of it, and the line end after it."""
        before, held = "", None
        for paragraph, end in _ended(lines):
            if held is not None:
                yield held[0], self.paragraph(held[0], beside=(before, paragraph)), held[1]
                before = held[0]
            held = (paragraph, end)
        if held is not None:
            yield held[0], self.paragraph(held[0], beside=(before, "")), held[1]


def _colophon(text: str) -> str:
    """The kind of a line of the 版记 or a note, by what it says."""
    if _LISTS.match(text):
        return "cc"
    return "imprint" if _PRINTED.search(text[-16:]) else "note"


def moved(item: Any, by: int) -> Any:
    """An edit or finding of a text that begins at an offset of another."""
    return item._replace(span=type(item.span)(item.span.start + by, item.span.end + by)) if by else item


def _ended(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Paragraphs of a stream of lines, each with the line end that stands after it."""
    held: list[str] = []  # lines and line ends in turn
    for line in lines:
        bare = line.rstrip("\r\n")
        if held and not belong_together(held[-2], bare):
            yield "".join(held[:-1]), held[-1]
            held = []
        held += (bare, line[len(bare) :])
    if held:
        yield "".join(held[:-1]), held[-1]


def proofreader(config: Config, profile: str = "draft", script: str | None = None) -> Proofreader:
    """A proofreader under a configuration, but for its profile and, where one is named, its script."""
    usage = config.text if script is None else replace(config.text, script=script)
    return Proofreader(replace(config.rules, profile=profile), usage)
