"""The tail of a printed document: attachment note, signature and date, notes; what follows the circular; the imprint."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

import regex

from pipeline.document import Part
from pipeline.facts import facts
from pipeline.layout.head import DIGIT, SENTENCE, display_run, stands_under_title, suffixes, under_title
from pipeline.layout.pieces import IMPRINT, Piece
from pipeline.layout.rows import Row, joined

_DATE = regex.compile(rf"{DIGIT}{{4}}年{DIGIT}{{1,3}}月{DIGIT}{{1,3}}日")
_IMPRINT = regex.compile(rf"{_DATE.pattern}\s*印\s*发$")
_LABEL = regex.compile(r"(抄 *送|抄 *报|分 *送|主 *送) *： *")
_OTHER_IMPRINT = regex.compile(r"主题词|共印|[（(]?共\d+份|公开方式|信息公开|打字|校对|录入")
_SENT_OUT = regex.compile(
    r"(?:印发|转发|批转|发布|颁布|颁发|公布|下发)(?:.{2,12}?同志)?《?(.{4,}?)》?的?(?:通知|函|命令|公告|决定)$"
)
_MAX_TITLE, _MAX_SIGNATURES, _MAX_IMPRINT = 6, 12, 14
_STATUS = regex.compile(r"（[^（）\d]{1,8}）")  # （试行）, （草案）
_ALIKE = 0.8  # of the name of a carried document must be found in a line to take it for its title


def find_closing(rows: Sequence[Row], at: int, end: int, title: str) -> tuple[int, int] | None:
    """Where the signatures begin and which row is the date of issue; None when there is none."""
    for date in range(at, end):
        row = rows[date]
        if row.table < 0 and _DATE.fullmatch(joined([row])) and (row.indent is None or row.indent > row.slack):
            first = date
            while first > max(at, date - _MAX_SIGNATURES) and _is_signature(rows[first - 1], title):
                first -= 1
            return first, date
    return None


def _is_signature(row: Row, title: str) -> bool:
    text = joined([row])
    if row.table >= 0 or not 2 <= len(text) <= 30 or regex.search("[，。；：！？]", text):
        return False
    if row.indent is not None:
        return row.indent > row.slack
    return row.slack > 3 and (text in title or text.endswith(tuple(suffixes())))


def find_carried(rows: Sequence[Row], at: int, end: int, pieces: list[Piece]) -> int:
    """Take the head of a document that is sent out with the circular, if one follows the date."""
    if at >= end:
        return at
    title = next((joined(piece.rows) for piece in pieces if piece.kind == "title"), "")
    named = _SENT_OUT.search(title)
    stop = _named_title(rows, at, end, named.group(1)) if named else None
    why = "与通知标题所称文件相符"
    if stop is None:
        stop, why = display_run(rows, at, end), "成文日期之后另起的居中标题"
    if stop == at:
        stop, why = _worded_head(rows, at, end), "成文日期之后另起一页，其下为题注、姓名，或以文件名称结尾"
    if stop == at:
        return at
    part = Part("attached", 1, _carried_type(joined(rows[at:stop])))
    pieces.append(Piece("title", rows[at:stop], part, why))
    return under_title(rows, stop, end, part, pieces)


def _named_title(rows: Sequence[Row], at: int, end: int, name: str) -> int | None:
    """Where the title ends that says what the circular calls the document it sends out."""
    for stop in range(at + 1, min(end, at + _MAX_TITLE) + 1):
        if stop - 1 > at and stands_under_title(rows[stop - 1]):
            return None
        text = joined(rows[at:stop])
        match = SequenceMatcher(None, text, name, autojunk=False).find_longest_match()
        if match.size >= _ALIKE * len(name):
            return max(stop, display_run(rows, at, end))
        if len(text) > 2 * len(name) + 10:
            return None
    return None


def _worded_head(rows: Sequence[Row], at: int, end: int) -> int:
    """Where the title ends that begins a page of a text without coordinates; the row itself if none begins there."""
    if rows[at].indent is not None or not rows[at].page_top:
        return at
    for stop in range(at + 1, min(end, at + _MAX_TITLE) + 1):
        text = joined(rows[at:stop])
        if SENTENCE.search(text) or text.endswith("："):
            return at
        if (stop < end and stands_under_title(rows[stop])) or _carried_type(text) != "document":
            return stop + (stop < end and _STATUS.fullmatch(rows[stop].text) is not None)
    return at


def _carried_type(title: str) -> str:
    kinds: dict[str, str] = facts("genres")["carried"]
    bare = regex.sub("（[^）]*）$", "", title)
    return next((kind for word, kind in kinds.items() if bare.endswith(word)), "document")


# -- imprint -----------------------------------------------------------------------------------------------------------


def imprint_start(rows: Sequence[Row]) -> int:
    """The row the imprint begins with: the first label or printing line among the last rows of the last page."""
    start = len(rows)
    for n in range(len(rows) - 1, max(-1, len(rows) - _MAX_IMPRINT - 1), -1):
        if rows[n].line.page != rows[-1].line.page or rows[n].table >= 0:
            break
        if _LABEL.match(rows[n].text) or _IMPRINT.search(rows[n].text):
            start = n
        elif SENTENCE.search(rows[n].text[:-1]):
            break
    return start


def read_imprint(rows: Sequence[Row]) -> list[Piece]:
    pieces: list[Piece] = []
    for row in rows:
        label = _LABEL.match(row.text)
        if label:
            kind = "addressees" if label.group(1).startswith("主") else "cc"
            pieces.append(Piece(kind, [row], IMPRINT, "版记中的标签", label.end()))
        elif _IMPRINT.search(row.text):
            pieces.append(Piece("imprint", [row], IMPRINT, "以日期和“印发”结尾"))
        elif (
            pieces
            and pieces[-1].label
            and not joined(pieces[-1].rows).endswith("。")
            and not _OTHER_IMPRINT.match(row.text)
        ):
            last = pieces[-1]
            pieces[-1] = last._replace(rows=[*last.rows, row])
        else:
            pieces.append(Piece("p", [row], IMPRINT, "版记的其他项目"))
    return pieces
