"""Headings (GB/T 9704-2012 7.3.3): 一、（一）1.（1）, 章 and 节, on their own line or run in.

章 is level 1, 节 level 2; 一、（一）1.（1） count from the level they are printed under.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import regex

from pipeline.document import Document
from pipeline.fold import fold
from pipeline.layout.rows import Area, Row

_HAN_NUMBER = "[一二三四五六七八九十百零〇]"
_MARKS = (
    ("chapter", regex.compile(rf"第(?:{_HAN_NUMBER}+|\d+)[章编](?=\s|\p{{Han}}|$)")),
    ("section", regex.compile(rf"第(?:{_HAN_NUMBER}+|\d+)节(?=\s|\p{{Han}}|$)")),
    ("first", regex.compile(rf"{_HAN_NUMBER}{{1,3}}\s*、")),
    ("second", regex.compile(rf"（\s*{_HAN_NUMBER}{{1,3}}\s*）")),
    ("third", regex.compile(r"\d{1,2}\s*[.．、](?!\d)")),
    ("fourth", regex.compile(r"（\s*\d{1,2}\s*）")),
    ("bracket", regex.compile(r"【[^【】]{1,20}】$")),
)
_RANKS = {"chapter": 1, "section": 2, "first": 1, "second": 2, "third": 3, "fourth": 4, "bracket": 1}
_SENTENCE_MARK = regex.compile(r"[。；！？，、：…]$")
_LONGEST, _LONGEST_RUN_IN = 40, 24
_RUN_IN_END = regex.compile(r"[。：]")


class Heading(NamedTuple):
    """A heading on its own line: how many rows it takes and its level."""

    rows: int
    level: int
    why: str


class Levels:
    """The level of each heading as a document is read from the top."""

    def __init__(self) -> None:
        self._base = 0

    def level(self, kind: str) -> int:
        """The level of a heading by its mark."""
        if kind in ("chapter", "section"):
            self._base = _RANKS[kind]
            return self._base
        return self._base + _RANKS[kind]


def mark_of(text: str) -> str:
    """The kind of mark a folded text begins with; "" when it begins with none."""
    return next((kind for kind, pattern in _MARKS if pattern.match(text)), "")


def find_heading(rows: Sequence[Row], at: int, area: Area, levels: Levels) -> Heading | None:
    """The heading that begins with a row, if one does."""
    row = rows[at]
    kind = mark_of(row.text)
    if not kind or row.table >= 0 or len(row.text) > _LONGEST:
        return None
    if kind in ("chapter", "section", "bracket"):
        fits = not _SENTENCE_MARK.search(row.text) and row.slack > 1
        return (
            Heading(1, levels.level(kind), "章节序号，独立成行" if kind != "bracket" else "方头括号，独立成行")
            if fits
            else None
        )
    after = rows[at + 1] if at + 1 < len(rows) else None
    set_apart = bool(row.face) and row.face != area.font and row.whole
    if set_apart:
        count = 1
        while (
            at + count < len(rows)
            and rows[at + count].face == row.face
            and rows[at + count].whole
            and rows[at + count].starts_flush
            and not mark_of(rows[at + count].text)
            and rows[at + count - 1].slack < 2
        ):
            count += 1
        last = rows[at + count - 1]
        if regex.search("[。；！？]$", last.text):
            return None
        return Heading(count, levels.level(kind), "序号，字体与正文不同，独立成行")
    if _SENTENCE_MARK.search(row.text) or row.slack < area.short or (after and not _begins_text(row, after)):
        return None
    listed = at > 0 and mark_of(rows[at - 1].text) == kind and not _SENTENCE_MARK.search(rows[at - 1].text)
    if listed or (after and mark_of(after.text) == kind):
        return None  # an item of a list
    return Heading(1, levels.level(kind), "序号，无句末标点，独立成行")


def _begins_text(row: Row, after: Row) -> bool:
    """Does another paragraph begin under a heading's line?"""
    if after.table >= 0:
        return True
    if after.indent is None or row.indent is None:
        return True
    return after.indent > 1.0 or row.slack > 4


def run_in(document: Document, rows: Sequence[Row], faces_differ: bool) -> int | None:
    """The source offset where the run-in heading at the head of a paragraph ends; None where there is none.

    A heading runs in by its sentence and, where the faces of a document tell headings from text, by its face.
    """
    kind = mark_of(rows[0].text)
    if not kind:
        return None
    first = rows[0].line.span
    offsets = [at for row in rows[:3] for at in range(*row.line.span)]
    text = fold("".join(document.source[at] for at in offsets))
    match = _RUN_IN_END.search(text)
    if not match or not text[match.end() :].strip():
        return None
    end = offsets[match.end() - 1] + 1
    if faces_differ:
        head = _han_faces(document, offsets[: match.end()])
        rest = _han_faces(document, [at for row in rows for at in range(*row.line.span) if at >= end])
        return end if len(head) == 1 and rest and head.isdisjoint(rest) else None
    short = match.end() <= _LONGEST_RUN_IN and "，" not in text[: match.end()] and match.group() == "。"
    return end if kind in ("first", "second") and short and first.start < end else None


def _han_faces(document: Document, offsets: Sequence[int]) -> set[int]:
    """The fonts of the ideographs among some characters."""
    source, face = document.source, document.layout.face
    return {face[at] for at in offsets if source[at] >= "\u4e00"} if len(face) else set()
