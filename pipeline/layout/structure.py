"""The parts of a circular, recognised in the order of docs/design.md: the imprint from the end backwards, then title,
addressees, signature and date, then the document that is sent out with it; what is left is body.

Place, type size and wording are evidence together; without coordinates wording stands alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

import regex

from pipeline.document import CIRCULAR, Part
from pipeline.facts import facts, genre_of
from pipeline.layout.reflow import Decision
from pipeline.layout.rows import Row, joined

_DIGIT = "[0-9〇零一二三四五六七八九十]"
_DATE = regex.compile(rf"{_DIGIT}{{4}}年{_DIGIT}{{1,3}}月{_DIGIT}{{1,3}}日")
_UNDER_TITLE = regex.compile(rf"（{_DIGIT}{{4}}年.{{2,40}}）")
_SPACED_NAME = regex.compile(r"\p{Han}(?: +\p{Han}{1,2}){1,3}")
_NAME = regex.compile(r"\p{Han}{2,4}")
_IMPRINT = regex.compile(rf"{_DATE.pattern}\s*印\s*发$")
_LABEL = regex.compile(r"(抄 *送|抄 *报|分 *送|主 *送) *： *")
_OTHER_IMPRINT = regex.compile(r"主题词|共印|[（(]?共\d+份|公开方式|信息公开|打字|校对|录入")
_SENTENCE = regex.compile(r"[。！？；]")
_LEADS_IN = regex.compile(r"(?:如下|下列|以下|通知|事项|同志们|朋友们|代表们|委员们|代表|委员|同志)：$")
_SENT_OUT = regex.compile(
    r"(?:印发|转发|批转|发布|颁布|颁发|公布|下发)(?:.{2,12}?同志)?《?(.{4,}?)》?的?(?:通知|函|命令|公告|决定)$"
)
_MAX_TITLE, _MAX_ADDRESSEES, _MAX_SIGNATURES, _MAX_IMPRINT = 6, 12, 12, 14
_ALIKE = 0.8  # of the name of a carried document must be found in a line to take it for its title


class Piece(NamedTuple):
    """Rows that are one block.

    ``label`` is how many characters of the first row are its printed label; ``doubtful`` the places n where row n may not
    belong to the row before it; ``open_end`` whether the paragraph may go on after its last row.
    """

    kind: str
    rows: Sequence[Row]
    part: Part
    why: str
    label: int = 0
    doubtful: tuple[int, ...] = ()
    open_end: bool = False


IMPRINT = Part("imprint")


def find_pieces(rows: Sequence[Row], decide: Callable[[Row, Row], Decision]) -> list[Piece]:
    """The blocks of a document in source order; ``decide`` says whether a paragraph goes on over a line end."""
    end = _imprint_start(rows)
    pieces: list[Piece] = []
    at = _title(rows, 0, end, CIRCULAR, pieces)
    at = _under_title(rows, at, end, CIRCULAR, pieces)
    at = _addressees(rows, at, end, pieces)
    closing = _closing(rows, at, end, joined(pieces[0].rows) if pieces and pieces[0].kind == "title" else "")
    if closing is not None:
        first, date = closing
        pieces += _paragraphs(rows[at:first], CIRCULAR, decide)
        pieces += [Piece("signature", [row], CIRCULAR, "成文日期之上的机关名称") for row in rows[first:date]]
        pieces.append(Piece("date", [rows[date]], CIRCULAR, "独立成行的日期"))
        at = date + 1
        at = _carried(rows, at, end, pieces)
    part = pieces[-1].part if pieces else CIRCULAR
    pieces += _paragraphs(rows[at:end], part, decide)
    return sorted(pieces + _imprint(rows[end:]), key=lambda piece: piece.rows[0].line.span.start)


def _paragraphs(rows: Sequence[Row], part: Part, decide: Callable[[Row, Row], Decision]) -> list[Piece]:
    """Body rows cut into paragraphs."""
    pieces: list[Piece] = []
    start, doubtful = 0, []
    for n, row in enumerate(rows, 1):
        decision = decide(row, rows[n]) if n < len(rows) else Decision(False)
        if decision.join:
            if not decision.sure:
                doubtful.append(n - start)
            continue
        pieces.append(Piece("p", rows[start:n], part, "正文", 0, tuple(doubtful), not decision.sure))
        start, doubtful = n, []
    return pieces


# -- title and what stands under it ----------------------------------------------------------------------------------


def _title(rows: Sequence[Row], at: int, end: int, part: Part, pieces: list[Piece]) -> int:
    """Take the title of the circular; what stands before it is left to be paragraphs."""
    run = _display_title(rows, at, end) or _worded_title(rows, at, end)
    if run is None:
        return at
    start, stop, why = run
    pieces += [Piece("p", [row], part, "标题之前") for row in rows[at:start]]
    pieces.append(Piece("title", rows[start:stop], part, why))
    return stop


def _display_title(rows: Sequence[Row], at: int, end: int) -> tuple[int, int, str] | None:
    """The first run of black display lines of one size on the first page that ends in a genre, or the first run at all."""
    runs = []
    while at < end and rows[at].line.page == rows[0].line.page:
        stop = _display_run(rows, at, end)
        if stop > at:
            runs.append((at, stop))
        at = max(stop, at + 1)
    for start, stop in runs:
        if genre_of(joined(rows[start:stop])):
            return start, stop, "居中或大字，以文种结尾"
    large = [(start, stop) for start, stop in runs if rows[start].scale > 1]
    return (*large[0], "居中大字") if large else None


def _display_run(rows: Sequence[Row], at: int, end: int) -> int:
    """Where the run of display lines of one size that begins at a row ends; the row itself if it begins none."""
    stop = at
    while (
        stop < min(end, at + _MAX_TITLE)
        and rows[stop].display
        and rows[stop].line.colour != "red"
        and abs(rows[stop].scale - rows[at].scale) < 0.05
        and (stop == at or not rows[stop].page_top)
        and not (stop > at and _stands_under_title(rows[stop]))
    ):
        stop += 1
    return stop


def _worded_title(rows: Sequence[Row], at: int, end: int) -> tuple[int, int, str] | None:
    """The first lines of a text without coordinates, if they end in a genre and no sentence ends in them."""
    for stop in range(at + 1, min(end, at + _MAX_TITLE) + 1):
        if rows[stop - 1].indent is not None and rows[stop - 1].line.size:
            return None
        text = joined(rows[at:stop])
        if _SENTENCE.search(text) or text.endswith("："):
            return None
        if genre_of(text) and not (stop < end and rows[stop].text.startswith("的")):
            return at, stop, "文首，以文种结尾"
    return None


def _stands_under_title(row: Row) -> bool:
    return bool(_UNDER_TITLE.fullmatch(row.text) or _SPACED_NAME.fullmatch(row.text))


def _under_title(rows: Sequence[Row], at: int, end: int, part: Part, pieces: list[Piece]) -> int:
    """Take the date in brackets and the author's name under a title."""
    if not pieces or pieces[-1].kind != "title":
        return at
    if at < end and _UNDER_TITLE.fullmatch(rows[at].text) and not _is_body(rows[at]):
        pieces.append(Piece("speech-date", [rows[at]], part, "标题之下括号内的日期"))
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
        return len(row.text) <= 40 and not _SENTENCE.search(row.text)
    return after_date and row.indent is None and _NAME.fullmatch(row.text) is not None


# -- addressees --------------------------------------------------------------------------------------------------------


def _addressees(rows: Sequence[Row], at: int, end: int, pieces: list[Piece]) -> int:
    """Take the addressees: flush lines after the title up to the line that ends with a colon."""
    if not pieces or at >= end or not rows[at].starts_flush or rows[at].display:
        return at
    stop = _addressees_to_colon(rows, at, end) or _addressees_by_place(rows, at, end)
    if stop is None:
        return at
    pieces.append(Piece("addressees", rows[at:stop], CIRCULAR, "标题之下顶格，为机关名称"))
    return stop


def _addressees_to_colon(rows: Sequence[Row], at: int, end: int) -> int | None:
    for stop in range(at + 1, min(end, at + _MAX_ADDRESSEES) + 1):
        row, text = rows[stop - 1], joined(rows[at:stop])
        if not row.starts_flush or row.display or _SENTENCE.search(text):
            return None
        if text.endswith("："):
            return None if _LEADS_IN.search(text) else stop
    return None


def _addressees_by_place(rows: Sequence[Row], at: int, end: int) -> int | None:
    """Addressees whose colon is missing: flush lines between the title and the first line that is set in."""
    stop = at
    while stop < end and rows[stop].starts_flush and not rows[stop].display and stop - at < _MAX_ADDRESSEES:
        stop += 1
        if rows[at].indent is None:
            break  # without coordinates the list cannot be told from the paragraph after it: one line at most
    text = joined(rows[at:stop]).rstrip("。，；、")
    if stop in (at, end) or _SENTENCE.search(text) or not _names_organs(text):
        return None
    return stop if rows[at].indent is not None or rows[at].slack > 2 else None


def _names_organs(text: str) -> bool:
    """Is a text a list of organs, as far as its pieces tell?"""
    names = regex.split("[，、]", text)
    return all(len(name) <= 30 for name in names) and names[-1].endswith(tuple(_suffixes()))


def _suffixes() -> list[str]:
    suffixes: list[str] = facts("organisations")["suffixes"]
    return [*suffixes, "单位", "部门"]


# -- signature, date and what follows them -----------------------------------------------------------------------------


def _closing(rows: Sequence[Row], at: int, end: int, title: str) -> tuple[int, int] | None:
    """Where the signatures begin and which row is the date of issue; None when there is none."""
    for date in range(at, end):
        row = rows[date]
        if _DATE.fullmatch(joined([row])) and (row.indent is None or row.indent > row.slack):
            first = date
            while first > max(at, date - _MAX_SIGNATURES) and _is_signature(rows[first - 1], title):
                first -= 1
            return first, date
    return None


def _is_signature(row: Row, title: str) -> bool:
    text = joined([row])
    if not 2 <= len(text) <= 30 or regex.search("[，。；：！？]", text):
        return False
    if row.indent is not None:
        return row.indent > row.slack
    return row.slack > 3 and (text in title or text.endswith(tuple(_suffixes())))


def _carried(rows: Sequence[Row], at: int, end: int, pieces: list[Piece]) -> int:
    """Take the head of a document that is sent out with the circular, if one follows the date."""
    if at >= end:
        return at
    title = next((joined(piece.rows) for piece in pieces if piece.kind == "title"), "")
    named = _SENT_OUT.search(title)
    stop = _named_title(rows, at, end, named.group(1)) if named else None
    why = "与通知标题所称文件相符"
    if stop is None:
        stop, why = _display_run(rows, at, end), "成文日期之后另起的居中标题"
    if stop == at:
        stop, why = _worded_head(rows, at, end), "成文日期之后另起一页，其下为题注、姓名，或以文件名称结尾"
    if stop == at:
        return at
    part = Part("attached", 1, _carried_type(joined(rows[at:stop])))
    pieces.append(Piece("title", rows[at:stop], part, why))
    return _under_title(rows, stop, end, part, pieces)


def _named_title(rows: Sequence[Row], at: int, end: int, name: str) -> int | None:
    """Where the title ends that says what the circular calls the document it sends out."""
    for stop in range(at + 1, min(end, at + _MAX_TITLE) + 1):
        if stop - 1 > at and _stands_under_title(rows[stop - 1]):
            return None
        text = joined(rows[at:stop])
        match = SequenceMatcher(None, text, name, autojunk=False).find_longest_match()
        if match.size >= _ALIKE * len(name):
            return max(stop, _display_run(rows, at, end))
        if len(text) > 2 * len(name) + 10:
            return None
    return None


def _worded_head(rows: Sequence[Row], at: int, end: int) -> int:
    """Where the title ends that begins a page of a text without coordinates; the row itself if none begins there."""
    if rows[at].indent is not None or not rows[at].page_top:
        return at
    for stop in range(at + 1, min(end, at + _MAX_TITLE) + 1):
        text = joined(rows[at:stop])
        if _SENTENCE.search(text) or text.endswith("："):
            return at
        if (stop < end and _stands_under_title(rows[stop])) or _carried_type(text) != "document":
            return stop
    return at


def _carried_type(title: str) -> str:
    kinds: dict[str, str] = facts("genres")["carried"]
    bare = regex.sub("（[^）]*）$", "", title)
    return next((kind for word, kind in kinds.items() if bare.endswith(word)), "document")


# -- imprint -----------------------------------------------------------------------------------------------------------


def _imprint_start(rows: Sequence[Row]) -> int:
    """The row the imprint begins with: the first label or printing line among the last rows of the last page."""
    start = len(rows)
    for n in range(len(rows) - 1, max(-1, len(rows) - _MAX_IMPRINT - 1), -1):
        if rows[n].line.page != rows[-1].line.page:
            break
        if _LABEL.match(rows[n].text) or _IMPRINT.search(rows[n].text):
            start = n
        elif _SENTENCE.search(rows[n].text[:-1]):
            break
    return start


def _imprint(rows: Sequence[Row]) -> list[Piece]:
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
