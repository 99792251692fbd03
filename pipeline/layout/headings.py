"""Headings (GB/T 9704-2012 7.3.3): 一、（一）1.（1）, 章 and 节, on their own line or run in.

章 is level 1, 节 level 2; 一、（一）1.（1） count from the level they are printed under.  A bullet heads
what its face sets apart, one level under the heading before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import regex

from pipeline.document import Document, Span
from pipeline.fold import BULLETS, fold
from pipeline.layout.rows import Area, Row, han_faces

_HAN_NUMBER = "[一二三四五六七八九十百零〇]"
BULLET = regex.compile(rf"\s*[{BULLETS}]\s*(?=\S)")
_MARKS = (
    ("chapter", regex.compile(rf"第(?:{_HAN_NUMBER}+|\d+)[章编](?=\s|\p{{Han}}|$)")),
    ("section", regex.compile(rf"第(?:{_HAN_NUMBER}+|\d+)节(?=\s|\p{{Han}}|$)")),
    ("first", regex.compile(rf"{_HAN_NUMBER}{{1,3}}\s*、")),
    ("second", regex.compile(rf"（\s*{_HAN_NUMBER}{{1,3}}\s*）")),
    ("third", regex.compile(r"\d{1,2}\s*[.．、](?!\d)")),
    ("fourth", regex.compile(r"（\s*\d{1,2}\s*）")),
    ("bracket", regex.compile(r"【[^【】]{1,20}】$")),
    ("bullet", BULLET),
)
NUMBERED = frozenset({"first", "second", "third", "fourth"})
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
        self._base = self._last = 0

    def level(self, kind: str) -> int:
        """The level of a heading by its mark."""
        if kind == "bullet":
            return self._last + 1
        if kind in ("chapter", "section"):
            self._base = self._last = _RANKS[kind]
        else:
            self._last = self._base + _RANKS[kind]
        return self._last


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
        if _SENTENCE_MARK.search(row.text) or row.slack <= 1:
            return None
        return Heading(1, levels.level(kind), "方头括号，独立成行" if kind == "bracket" else "章节序号，独立成行")
    after = rows[at + 1] if at + 1 < len(rows) else None
    if set_apart(row, area):
        count = 1
        while (
            at + count < len(rows)
            and rows[at + count].face == row.face
            and rows[at + count].whole
            and rows[at + count].table < 0
            and rows[at + count].starts_flush
            and not mark_of(rows[at + count].text)
            and rows[at + count - 1].slack < 2
        ):
            count += 1
        last = rows[at + count - 1]
        if regex.search("[。；！？]$", last.text) or (kind == "bullet" and not _stands_alone(rows, at, at + count)):
            return None
        mark = "项目符号" if kind == "bullet" else "序号"
        return Heading(count, levels.level(kind), f"{mark}，字体与正文不同，独立成行")
    if kind == "bullet" or _SENTENCE_MARK.search(row.text) or row.slack < area.short:
        return None
    if after and not _begins_text(row, after):
        return None
    listed = at > 0 and mark_of(rows[at - 1].text) == kind and not _SENTENCE_MARK.search(rows[at - 1].text)
    if listed or (after and mark_of(after.text) == kind):
        return None  # an item of a list
    return Heading(1, levels.level(kind), "序号，无句末标点，独立成行")


def set_apart(row: Row, area: Area) -> bool:
    """Is a row set in one face that is not the body's?"""
    return bool(row.face) and row.face != area.font and row.whole


def _stands_alone(rows: Sequence[Row], at: int, end: int) -> bool:
    """Is a bulleted line no item of a list set in a face of its own, and no opening of one?"""
    beside = [*rows[max(at - 1, 0) : at], *rows[end : end + 1]]
    listed = any(row.whole and row.face == rows[at].face and row.text[:1] == rows[at].text[:1] for row in beside)
    return not listed and not rows[end - 1].text.endswith("：")


def _begins_text(row: Row, after: Row) -> bool:
    """Does another paragraph begin under a heading's line?"""
    if after.table >= 0:
        return True
    if after.indent is None or row.indent is None:
        return True
    return after.indent > 1.0 or row.slack > 4


def run_in(document: Document, rows: Sequence[Row], faces_differ: bool) -> Span | None:
    """The run-in heading at the head of a paragraph, its number included and its bullet not; None where there is none.

    A heading runs in by its sentence and, where the faces of a document tell headings from text, by its face; after a
    bullet by its face alone.
    """
    kind = mark_of(rows[0].text)
    if not kind:
        return None
    text = fold("".join(document.source[slice(*row.line.span)] for row in rows[:3]))
    match = _RUN_IN_END.search(text)
    if not match or not text[match.end() :].strip():
        return None
    offsets = [at for row in rows[:3] for at in range(*row.line.span)]
    bullet = BULLET.match(text)
    start, end = offsets[bullet.end() if bullet else 0], offsets[match.end() - 1] + 1
    if faces_differ or bullet:
        head = {face for row in rows for face in han_faces(document, row.line, start, end)}
        rest = {face for row in rows for face in han_faces(document, row.line, end)}
        return Span(start, end) if len(head) == 1 and rest and head.isdisjoint(rest) else None
    short = match.end() <= _LONGEST_RUN_IN and "，" not in text[: match.end()] and match.group() == "。"
    return Span(start, end) if kind in ("first", "second") and short else None
