"""The parts of a circular, recognised in the order of docs/design.md: the imprint from the end backwards, then letterhead,
title, addressees, signature and date, then what is sent out with it and its attachments; what is left is body.

Place, type size, face and wording are evidence together; without coordinates wording stands alone.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex

from pipeline.document import CIRCULAR, Part
from pipeline.layout.head import SENTENCE, display_run, find_addressees, find_title, subtitle, under_title
from pipeline.layout.headings import Levels, find_heading
from pipeline.layout.pieces import Decide, Piece
from pipeline.layout.reflow import Decision
from pipeline.layout.rows import Area, Row, joined
from pipeline.layout.tail import find_carried, find_closing, imprint_start, read_imprint

_ATTACHMENT_LABEL = regex.compile(r"附 *件 *\d{0,2} *：?")
_ATTACHMENT_NOTE = regex.compile(r"附 *件 *：")
FOOTNOTE_MARK = regex.compile(r"[①-⑳]|[\[［]\d{1,2}[\]］]|\*(?!\*)")
_ENDED = regex.compile(r"[。！？；：][”’）》]*$")
_LEADER = regex.compile(r"(?:[.．·…]\s*){4,}\d{1,3}$|…{2,}\s*\d{1,3}$")
_SMALL = 0.92  # of the body size
_NOTED = regex.compile(r"\d{1,2} *[.．、](?!\d)")
_NOTE = regex.compile(r"（.{2,}")
_CAPTION = regex.compile(r"(?:附?表|图) *[\d一二三四五六七八九十]+(?:[-－.]\d+)?(?=\s|[^\d])")


def find_pieces(rows: Sequence[Row], area: Area, decide: Decide) -> list[Piece]:
    """The blocks of a document in source order; ``decide`` says whether a paragraph goes on over a line end."""
    return _Reader(rows, area, decide).read()


def footnotes(rows: Sequence[Row]) -> list[list[Row]]:
    """The footnotes: rows in small type at the foot of a page, from the one that begins with a mark on."""
    found: list[list[Row]] = []
    at = len(rows)
    while at > 0:
        stop = at
        page = rows[at - 1].line.page
        while at > 0 and rows[at - 1].line.page == page:
            at -= 1
        small = stop
        while (
            small > at and rows[small - 1].scale <= _SMALL and rows[small - 1].table < 0 and rows[small - 1].line.size
        ):
            small -= 1
        notes: list[list[Row]] = []
        for row in rows[small:stop]:
            if FOOTNOTE_MARK.match(row.text):
                notes.append([row])
            elif notes:
                notes[-1].append(row)
        found[:0] = notes if small > at else []
    return found


def _contents(body: Sequence[Row], at: int) -> int:
    """Where a list of contents ends that begins with a row: two lines or more with leaders and page numbers."""
    stop = at
    while stop < len(body) and body[stop].table < 0 and _LEADER.search(body[stop].text):
        stop += 1
    return stop if stop - at > 1 else at


class _Reader:
    """Reads the rows of one document from the top; the imprint at its end is found first."""

    def __init__(self, rows: Sequence[Row], area: Area, decide: Decide) -> None:
        self.area, self.decide = area, decide
        notes = footnotes(rows[: imprint_start(rows)])
        held = {row.line.span.start for note in notes for row in note}
        self.notes = notes
        self.rows = [row for row in rows if row.line.span.start not in held]
        self.end = imprint_start(self.rows)
        self.pieces: list[Piece] = []

    def read(self) -> list[Piece]:
        """The pieces of the document, in source order."""
        rows, pieces = self.rows, self.pieces
        labels = [n for n in range(self.end) if self._is_attachment_label(n)]
        head = self._until_table(0, labels[0] if labels else self.end)
        at = find_title(rows, 0, head, CIRCULAR, pieces)
        at = subtitle(rows, at, head, CIRCULAR, pieces)
        at = under_title(rows, at, head, CIRCULAR, pieces)
        at = find_addressees(rows, at, head, pieces)
        title = next((joined(piece.rows) for piece in pieces if piece.kind == "title"), "")
        stop = next((n for n in labels if n >= at), self.end)
        closing = find_closing(rows, at, stop, title)
        if closing is not None:
            first, date = closing
            self._body(at, first, CIRCULAR)
            pieces += [Piece("signature", [row], CIRCULAR, "成文日期之上的机关名称") for row in rows[first:date]]
            pieces.append(Piece("date", [rows[date]], CIRCULAR, "独立成行的日期"))
            free = self._until_table(date + 1, stop)
            at = self._note(date + 1, free)
            at = find_carried(rows, at, free, pieces)
        part = pieces[-1].part if pieces and pieces[-1].part.kind == "attached" else CIRCULAR
        self._body(at, stop, part)
        self._attachments([n for n in labels if n >= stop])
        pieces += read_imprint(rows[self.end :])
        for note in self.notes:
            before = [piece.part for piece in pieces if piece.start < note[0].line.span.start]
            pieces.append(Piece("footnote", note, before[-1] if before else CIRCULAR, "页脚，小字，以注码开头"))
        return sorted(pieces, key=lambda piece: piece.start)

    def _until_table(self, at: int, end: int) -> int:
        """The first row of a table between two rows, or the end: what stands in a table is no element of a circular."""
        return next((n for n in range(at, end) if self.rows[n].table >= 0), end)

    # -- body ------------------------------------------------------------------------------------------------------

    def _body(self, at: int, end: int, part: Part) -> None:
        """Headings, paragraphs, tables and the attachment note."""
        levels = Levels()
        body = self.rows[at:end]
        n = 0
        while n < len(body):
            if body[n].table >= 0:
                n = self._table(body, n, part)
                continue
            listed = _contents(body, n)
            if listed > n:
                self.pieces.append(Piece("toc", body[n:listed], part, "引导点与页码"))
                n = listed
                continue
            heading = find_heading(body, n, self.area, levels)
            if heading:
                self.pieces.append(Piece("heading", body[n : n + heading.rows], part, heading.why, level=heading.level))
                n += heading.rows
            elif part.kind == "circular" and _ATTACHMENT_NOTE.match(body[n].text) and not self._is_title_like(body[n]):
                n = self._attachment_note(body, n, part)
            else:
                n = self._paragraph(body, n, part)

    def _paragraph(self, body: Sequence[Row], start: int, part: Part) -> int:
        """Take one paragraph, with the tables that stand in the middle of it; where it ends."""
        rows = [body[start]]
        tables: list[int] = []
        doubtful: list[int] = []
        n, decision = start, Decision(False)
        while n + 1 < len(body):
            after = n + 1
            while after < len(body) and body[after].table >= 0:
                after += 1
            if after == len(body):
                break
            decision = self.decide(rows[-1], body[after])
            over_table = after > n + 1
            if not decision.join or (over_table and not self._runs_on(rows[-1], body[after], decision)):
                break
            if not decision.sure:
                doubtful.append(len(rows))
            tables += range(n + 1, after)
            rows.append(body[after])
            n = after
        last = n + 1 >= len(body) or body[n + 1].table >= 0
        kind, why = "p", "正文"
        if len(rows) == 1 and n + 1 < len(body) and body[n + 1].table >= 0 and _CAPTION.match(body[n].text):
            kind, why = "caption", "表格上方，以“表”和序号开头"
        open_end = not last and not decision.sure
        self.pieces.append(Piece(kind, rows, part, why, doubtful=tuple(doubtful), open_end=open_end))
        at = 0
        while at < len(tables):
            at += self._table(body, tables[at], part) - tables[at]
        return n + 1

    def _runs_on(self, row: Row, after: Row, decision: Decision) -> bool:
        """Does a paragraph go on under a table?  Only where nothing speaks against it."""
        return (
            decision.sure and not _CAPTION.match(row.text) and not _ENDED.search(row.text) and after.indent is not None
        )

    def _table(self, body: Sequence[Row], n: int, part: Part) -> int:
        stop = n
        while stop < len(body) and body[stop].table == body[n].table:
            stop += 1
        last = self.pieces[-1] if self.pieces else None
        goes_on = body[n].page_top and n > 0 and body[n - 1].table >= 0
        if last is not None and last.kind == "table" and last.part == part and goes_on:
            tables = (*last.tables, body[n].table)
            self.pieces[-1] = last._replace(rows=[*last.rows, *body[n:stop]], tables=tables)
        else:
            self.pieces.append(Piece("table", body[n:stop], part, "表格线", tables=(body[n].table,)))
        return stop

    def _attachment_note(self, body: Sequence[Row], n: int, part: Part) -> int:
        """附件： and the rows after it that are numbered or hang under a name."""
        stop = n + 1
        first = body[n]
        while stop < len(body) and body[stop].table < 0 and not body[stop].display:
            row, before = body[stop], body[stop - 1]
            numbered = _NOTED.match(row.text) is not None
            hanging = row.indent is not None and first.indent is not None and row.indent > first.indent + 1.5
            wrapped = before.slack < max(1.6, row.needs() + 0.6) and not numbered
            if not (numbered or (hanging and wrapped) or (row.indent is None and wrapped)):
                break
            stop += 1
        self.pieces.append(Piece("attachment-note", body[n:stop], part, "“附件：”在成文日期之上"))
        return stop

    def _note(self, at: int, end: int) -> int:
        """附注: rows in round brackets after the date."""
        while at < end and _NOTE.match(self.rows[at].text) and not self.rows[at].display:
            stop = at + 1
            while stop < end and "）" not in joined(self.rows[at:stop])[-2:] and stop - at < 4:
                stop += 1
            if not joined(self.rows[at:stop]).rstrip("。").endswith("）"):
                return at
            self.pieces.append(Piece("note", self.rows[at:stop], CIRCULAR, "成文日期之下，在圆括号内"))
            at = stop
        return at

    # -- attachments -----------------------------------------------------------------------------------------------

    def _is_attachment_label(self, n: int) -> bool:
        row = self.rows[n]
        if row.table >= 0 or not _ATTACHMENT_LABEL.fullmatch(row.text) or not row.starts_flush:
            return False
        if row.page_top:
            return True
        return row.text.endswith("：") and n + 1 < len(self.rows) and self.rows[n + 1].display

    def _is_bare_title(self, row: Row) -> bool:
        """In a text without coordinates: a short line that ends no sentence."""
        return row.indent is None and row.slack > self.area.short and not SENTENCE.search(row.text)

    @staticmethod
    def _is_title_like(row: Row) -> bool:
        return row.display and row.indent is not None

    def _attachments(self, labels: Sequence[int]) -> None:
        ends = [*labels, self.end][1:]
        for number, (start, stop) in enumerate(zip(labels, ends, strict=False), 1):
            part = Part("attachment", number)
            self.pieces.append(Piece("attachment-label", [self.rows[start]], part, "页首“附件”，独立成行"))
            at = start + 1
            free = self._until_table(at, stop)
            title, why = display_run(self.rows, at, free), "附件序号之下居中"
            if title == at and at < free and self._is_bare_title(self.rows[at]):
                title, why = at + 1, "附件序号之下，独立成行"
            if title > at:
                self.pieces.append(Piece("attachment-title", self.rows[at:title], part, why))
                at = under_title(self.rows, title, free, part, self.pieces)
            self._body(at, stop, part)
