"""The head of a printed document: letterhead, title and what stands under it, addressees."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from pipeline.document import CIRCULAR, Part
from pipeline.facts import facts, genre_of
from pipeline.layout.pieces import FRONT, Piece
from pipeline.layout.rows import Row, joined

DIGIT = "[0-9〇零一二三四五六七八九十]"
_UNDER_TITLE = regex.compile(rf"（{DIGIT}{{4}}年.{{2,60}}）")
_SPACED_NAME = regex.compile(r"\p{Han}(?: +\p{Han}{1,2}){1,3}")
_NAME = regex.compile(r"\p{Han}{2,4}")
_NAMES = regex.compile(r"\p{Han}{2,4}(?: +\p{Han}{2,4})+")
_TELLING = ("issuer-mark", "doc-number")
_SUBTITLE = regex.compile(r"——\S")
SENTENCE = regex.compile(r"[。！？；]")
_LEADS_IN = regex.compile(r"(?:如下|下列|以下|通知|事项|同志们|朋友们|代表们|委员们|代表|委员|同志)：$")
_COPY_NUMBER = regex.compile(r"\d{6}")
_CLASSIFICATION = regex.compile(r"(?:绝 *密|机 *密|秘 *密)(?: *★.{1,8})?")
_URGENCY = regex.compile(r"(?:特 *急|加 *急|特 *提|平 *急|急 *件)")
_DOC_NUMBER = regex.compile(
    r"[\p{Han}]{0,14} *[〔\[［（【] *\d{4} *[〕\]］）】] *第? *\d+ *号?|第 *[\d〇一二三四五六七八九十百]+ *号"
)
_SIGNER = regex.compile(r"签 *发 *人 *：")
_MARK_WORDS = regex.compile(r"(?:文件|纪要|命令|令|公报)$")
_MAX_TITLE, _MAX_ADDRESSEES, _MAX_FRONT = 6, 12, 14


# -- letterhead (版头) --------------------------------------------------------------------------------------------------


def front(rows: Sequence[Row], start: int, stop: int) -> list[Piece]:
    """The letterhead among the rows above the title; what is none of its elements is a paragraph."""
    pieces: list[Piece] = []
    marks = _bare_marks(rows, start, stop)
    for n, row in enumerate(rows[start:stop], start):
        pieces += _front_row(row, pieces, n in marks)
    if not any(piece.kind in _TELLING for piece in pieces):
        return [Piece("p", [row], CIRCULAR, "标题之前") for row in rows[start:stop]]
    return _joined_marks(pieces)


def _front_end(rows: Sequence[Row], start: int, end: int) -> int:
    """Where the rows end, from the top, that are elements of a letterhead; the start where none of them tells of one."""
    pieces: list[Piece] = []
    marks = _bare_marks(rows, start, end)
    stop = start
    while (
        stop < min(end, start + _MAX_FRONT) and rows[stop].line.page == rows[start].line.page and rows[stop].table < 0
    ):
        found = _front_row(rows[stop], pieces, stop in marks)
        if found[0].kind == "p":
            break
        pieces += found
        stop += 1
    return stop if any(piece.kind in _TELLING for piece in pieces) else start


def _bare_marks(rows: Sequence[Row], start: int, end: int) -> range:
    """In a text without coordinates: the short lines above the document number, which are the issuer mark."""
    for n in range(start, min(end, start + _MAX_FRONT)):
        text = rows[n].text
        if rows[n].indent is not None or rows[n].line.size or SENTENCE.search(text) or len(text) > 30:
            break
        if _DOC_NUMBER.fullmatch(text):
            return range(start, n)
    return range(0)


def _front_row(row: Row, before: Sequence[Piece], bare_mark: bool) -> list[Piece]:
    text = row.text
    for kind, pattern, why in (
        ("copy-number", _COPY_NUMBER, "六位数字"),
        ("classification", _CLASSIFICATION, "密级用语"),
        ("urgency", _URGENCY, "紧急程度用语"),
    ):
        if pattern.fullmatch(text):
            return [Piece(kind, [row], FRONT, why)]
    if (
        row.line.colour == "red"
        or (_MARK_WORDS.search(text) and row.display)
        or (not row.line.size and text.endswith("文件"))
    ):
        return [Piece("issuer-mark", [row], FRONT, "红色大字或以“文件”等结尾，在标题之上")]
    signer = _SIGNER.search(text)
    number = _DOC_NUMBER.match(text)
    if number and (signer or number.end() == len(text)):
        return _number_and_signer(row, number.end(), signer)
    if signer and signer.start() == 0:
        return [Piece("signer", [row], FRONT, "“签发人：”", label=signer.end(), cut=_whole(row))]
    if before and before[-1].kind == "signer" and (_SPACED_NAME.fullmatch(text) or _NAME.fullmatch(text)):
        return [Piece("signer", [row], FRONT, "签发人续行", cut=_whole(row))]
    if bare_mark:
        return [Piece("issuer-mark", [row], FRONT, "发文字号之上")]
    return [Piece("p", [row], FRONT, "标题之前")]


def _whole(row: Row) -> tuple[int, int]:
    return 0, row.line.span.end - row.line.span.start


def _number_and_signer(row: Row, end: int, signer: regex.Match[str] | None) -> list[Piece]:
    """A document number, and the signers where they are printed on the same line."""
    length = row.line.span.end - row.line.span.start
    lead = length - len(row.text) if signer else 0  # outer white space stands before the number
    why = "机关代字、年份、序号"
    if signer is None:
        return [Piece("doc-number", [row], FRONT, why)]
    return [
        Piece("doc-number", [row], FRONT, why, cut=(0, lead + end)),
        Piece("signer", [row], FRONT, "“签发人：”", label=signer.end() - end, cut=(lead + end, length)),
    ]


def _joined_marks(pieces: Sequence[Piece]) -> list[Piece]:
    """The rows of a mark with several organs are one block."""
    merged: list[Piece] = []
    for piece in pieces:
        if merged and piece.kind == merged[-1].kind == "issuer-mark":
            merged[-1] = merged[-1]._replace(rows=[*merged[-1].rows, *piece.rows])
        else:
            merged.append(piece)
    return merged


# -- title and what stands under it ----------------------------------------------------------------------------------


def find_title(rows: Sequence[Row], at: int, end: int, part: Part, pieces: list[Piece]) -> int:
    """Take the title of the circular; what stands before it is left to be paragraphs."""
    head = _front_end(rows, at, end)
    run = _display_title(rows, at, end) or _worded_title(rows, head, end)
    if run is None:
        pieces += front(rows, at, head)
        return head
    start, stop, why = run
    pieces += front(rows, at, start)
    pieces.append(Piece("title", rows[start:stop], part, why))
    return stop


def _display_title(rows: Sequence[Row], at: int, end: int) -> tuple[int, int, str] | None:
    """The first run of black display lines of one size on the first page that ends in a genre, or the first run at all."""
    runs = []
    while at < end and rows[at].line.page == rows[0].line.page and rows[at].table < 0:
        stop = display_run(rows, at, end)
        if stop > at:
            runs.append((at, stop))
        at = max(stop, at + 1)
    for start, stop in runs:
        if genre_of(joined(rows[start:stop])):
            return start, stop, "居中或大字，以文种结尾"
    large = [(start, stop) for start, stop in runs if rows[start].scale > 1]
    return (*large[0], "居中大字") if large else None


def display_run(rows: Sequence[Row], at: int, end: int) -> int:
    """Where the run of display lines of one size that begins at a row ends; the row itself if it begins none."""
    stop = at
    while (
        stop < min(end, at + _MAX_TITLE)
        and rows[stop].display
        and rows[stop].line.colour != "red"
        and abs(rows[stop].scale - rows[at].scale) < 0.05
        and (stop == at or not rows[stop].page_top)
        and not (stop > at and (stands_under_title(rows[stop]) or _SUBTITLE.match(rows[stop].text)))
        and rows[stop].table < 0
    ):
        stop += 1
    return stop


def _worded_title(rows: Sequence[Row], at: int, end: int) -> tuple[int, int, str] | None:
    """The first lines of a text without coordinates, if they end in a genre and no sentence ends in them."""
    for stop in range(at + 1, min(end, at + _MAX_TITLE) + 1):
        if rows[stop - 1].indent is not None and rows[stop - 1].line.size:
            return None
        text = joined(rows[at:stop])
        if SENTENCE.search(text) or text.endswith("："):
            return None
        if genre_of(text) and not (stop < end and rows[stop].text.startswith("的")):
            return at, stop, "文首，以文种结尾"
    return None


def subtitle(rows: Sequence[Row], at: int, end: int, part: Part, pieces: list[Piece]) -> int:
    """Take the subtitle: a display line under the title that begins with a dash."""
    if pieces and pieces[-1].kind == "title" and at < end and rows[at].display and _SUBTITLE.match(rows[at].text):
        pieces.append(Piece("subtitle", [rows[at]], part, "标题之下，以破折号开头"))
        return at + 1
    return at


def stands_under_title(row: Row) -> bool:
    return bool(_UNDER_TITLE.fullmatch(row.text) or _SPACED_NAME.fullmatch(row.text))


def under_title(rows: Sequence[Row], at: int, end: int, part: Part, pieces: list[Piece]) -> int:
    """Take the date in brackets and the author's name under a title."""
    if not pieces or pieces[-1].kind not in ("title", "subtitle", "attachment-title"):
        return at
    if at < end and _UNDER_TITLE.fullmatch(rows[at].text) and not _is_body(rows[at]):
        pieces.append(Piece("speech-date", [rows[at]], part, "标题之下括号内的日期"))
        at += 1
    if at < end and _DOC_NUMBER.fullmatch(rows[at].text) and part.kind == "circular":
        pieces.append(Piece("doc-number", [rows[at]], part, "标题之下的机关代字、年份、序号"))
        at += 1
    if at < end and part.kind == "attached" and _is_byline(rows[at], pieces[-1].kind == "speech-date"):
        pieces.append(Piece("byline", [rows[at]], part, "标题或题注之下的姓名"))
        at += 1
    return at


def _is_body(row: Row) -> bool:
    """Does a line stand where body text stands?"""
    return row.indent is not None and not row.display


def _is_byline(row: Row, after_date: bool) -> bool:
    if row.text.endswith("："):
        return False
    if _SPACED_NAME.fullmatch(row.text):
        return True
    if row.centred:
        return len(row.text) <= 40 and not SENTENCE.search(row.text)
    return after_date and row.indent is None and _NAME.fullmatch(row.text) is not None


# -- addressees --------------------------------------------------------------------------------------------------------


def find_addressees(rows: Sequence[Row], at: int, end: int, pieces: list[Piece]) -> int:
    """Take the addressees: flush lines after the title up to the line that ends with a colon."""
    if not pieces or at >= end or not _may_address(rows[at]):
        return at
    stop = _addressees_to_colon(rows, at, end) or _addressees_by_place(rows, at, end)
    if stop is None:
        return at
    pieces.append(Piece("addressees", rows[at:stop], CIRCULAR, "标题之下顶格，为机关名称"))
    return stop


def _may_address(row: Row) -> bool:
    return row.starts_flush and not row.display and row.table < 0


def _addressees_to_colon(rows: Sequence[Row], at: int, end: int) -> int | None:
    for stop in range(at + 1, min(end, at + _MAX_ADDRESSEES) + 1):
        row, text = rows[stop - 1], joined(rows[at:stop])
        if not _may_address(row) or SENTENCE.search(text):
            return None
        if text.endswith("："):
            return None if _LEADS_IN.search(text) else stop
    return None


def _addressees_by_place(rows: Sequence[Row], at: int, end: int) -> int | None:
    """Addressees whose colon is missing: flush lines between the title and the first line that is set in."""
    stop = at
    while stop < end and _may_address(rows[stop]) and stop - at < _MAX_ADDRESSEES:
        stop += 1
        if rows[at].indent is None:
            break  # without coordinates the list cannot be told from the paragraph after it: one line at most
    text = joined(rows[at:stop]).rstrip("。，；、")
    if stop in (at, end) or SENTENCE.search(text) or not _names_organs(text):
        return None
    return stop if rows[at].indent is not None or rows[at].slack > 2 else None


def _names_organs(text: str) -> bool:
    """Is a text a list of organs, as far as its pieces tell?"""
    names = regex.split("[，、]", text)
    return all(len(name) <= 30 for name in names) and names[-1].endswith(tuple(suffixes()))


def suffixes() -> list[str]:
    suffixes: list[str] = facts("organisations")["suffixes"]
    return [*suffixes, "单位", "部门"]
