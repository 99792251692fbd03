"""Does a paragraph go on over the end of a line?  Decided once for each line, by one rule.

With coordinates the indent of the next line decides, and whether this one is full.  Without them the width of the lines is
the evidence: a line two cells narrower than the others is a first line that has lost its indent.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import regex

from pipeline.config import LayoutPolicy
from pipeline.layout.headings import BULLET
from pipeline.layout.rows import Area, Row

_SENTENCE_END = regex.compile(r"[。！？：；…][”’）》〕]*$")
_LIST_MARK = regex.compile(
    r"[一二三四五六七八九十百]+、|（[一二三四五六七八九十百]+）|\d{1,2}[.．、](?!\d)|（\d{1,2}）"
    r"|第[一二三四五六七八九十百]+[章节条款]|[一二三四五六七八九十]+[要是](?!求)|附件"
)
_FLUSH_ITEM = regex.compile(rf"{_LIST_MARK.pattern}|\d{{1,2}}，")
_SAME_SIZE = 0.08
_TELLING = 10  # cells; among narrower lines no line can be called full


class Decision(NamedTuple):
    """Is the next line part of the same paragraph, and is that beyond doubt?"""

    join: bool
    sure: bool = True


def decide(row: Row, after: Row, area: Area, policy: LayoutPolicy) -> Decision:
    """Is ``after`` the continuation of ``row``?"""
    if abs(row.scale - after.scale) > _SAME_SIZE * max(row.scale, after.scale):
        return Decision(False)
    if after.indent is None:
        return _by_width(row, after, area, policy)
    return _by_indent(row, after, area, policy)


def is_full(row: Row, after: Row, policy: LayoutPolicy) -> bool:
    """Is a line full: would the first piece of the next one not have fitted on it?"""
    return row.slack < max(policy.full_line, after.needs() + policy.aligned)


def has_flush_items(rows: Sequence[Row], policy: LayoutPolicy) -> bool:
    """Do the items of lists begin at the left edge?  Told by those that follow a line that is not full."""
    found = [
        after
        for row, after in pairwise(rows)
        if after.indent is not None
        and abs(after.indent) < policy.aligned
        and _FLUSH_ITEM.match(after.text)
        and not is_full(row, after, policy)
        and row.indent is not None
        and row.indent < policy.indent[1]
    ]
    return len(found) > 2


def _by_indent(row: Row, after: Row, area: Area, policy: LayoutPolicy) -> Decision:
    assert after.indent is not None
    full = is_full(row, after, policy)
    if BULLET.match(after.text):
        return Decision(False)
    if BULLET.match(row.text) and row.indent is not None and after.indent - row.indent > policy.aligned:
        return Decision(full, sure=full or row.slack > policy.indent[1])  # the text of an item hangs under its bullet
    ended = _SENTENCE_END.search(row.text) is not None
    if policy.indent[0] <= after.indent <= policy.indent[1]:
        hanging = row.indent is not None and abs(row.indent - after.indent) < policy.aligned and full and not ended
        return Decision(hanging and not _LIST_MARK.match(after.text), sure=not hanging)
    if abs(after.indent) > policy.indent[0]:  # neither flush nor a first line: centred, hanging, set to the right
        return Decision(False, sure=ended or not full)
    if not full:
        return Decision(False, sure=ended)
    if ended and area.flush_items and _FLUSH_ITEM.match(after.text):
        return Decision(False)
    if area.indented:
        return Decision(True)
    if _LIST_MARK.match(after.text):
        return Decision(False, sure=ended)
    return Decision(True, sure=not ended)


def _by_width(row: Row, after: Row, area: Area, policy: LayoutPolicy) -> Decision:
    short = row.slack > area.right * (1 - policy.text.full_line)
    ended = _SENTENCE_END.search(row.text) is not None
    after_ended = _SENTENCE_END.search(after.text) is not None
    narrower = after.slack >= policy.indent[0]
    listed = _LIST_MARK.match(after.text) is not None
    if area.right < _TELLING:
        return Decision(False, sure=ended or listed)
    if listed and (ended or short):
        return Decision(False)
    if not ended:
        return Decision(row.slack <= area.short, sure=row.slack < after.needs() + policy.indent[1])
    if short or row.slack > policy.indent[1]:
        return Decision(False)
    if narrower and not after_ended:  # a first line that has lost its indent
        return Decision(False, sure=row.slack > policy.aligned)
    if after.slack < policy.aligned:  # as wide as a line can be: no first line
        return Decision(True, sure=False)
    return Decision(after_ended and not narrower, sure=False)
