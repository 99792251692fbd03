"""The inside of a block: its source line by line, with every edit where it was made."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, islice

from pipeline.document import Block, Document, Edit, Hunk, Line, Mark, Span
from pipeline.emit.places import Places
from pipeline.emit.xml import attributes, escape
from pipeline.fold import FORBIDDEN

_TAGS = {
    "orgName": "orgName",
    "date": "date",
    "docAuthor": "docAuthor",
    "persName": "persName",
    "run-in": "seg",
    "note": "ref",
}


@dataclass
class Inline:
    """Writes spans of one document.  ``anchored`` are the source spans that get an anchor before and after.

    It remembers what was written: the rules and code points for the header, and the element each edit went into.
    """

    document: Document
    places: Places
    encodings: Mapping[str, str] = field(default_factory=dict)  # of the rules whose edits are no pc: g or choice
    anchored: frozenset[Span] = frozenset()
    organs: dict[str, str] = field(default_factory=dict)  # name -> id of its org
    rules: set[str] = field(default_factory=set)
    characters: dict[int, str] = field(default_factory=dict)  # code point of a g -> what it reads
    elements: dict[int, str] = field(default_factory=dict)  # source offset of an edit -> id of its pc
    ids: set[str] = field(default_factory=set)
    inner: Callable[[Block], str] = field(init=False)  # writes a block that stands inside another
    blocks: dict[Span, str] = field(default_factory=dict)  # span of a block -> its id

    def __post_init__(self) -> None:
        self.inner = self.furniture
        self._hunks = list(self.document.hunks())
        self._starts = [hunk.span.start for hunk in self._hunks]
        self._marks = [mark for mark in self.document.marks if mark.kind in _TAGS]
        self._mark_starts = [mark.span.start for mark in self._marks]
        self._pages_done = 0
        self._anchors_done: set[int] = set()
        self._anchors = sorted({at for span in self.anchored for at in self._outside(span)})

    # -- ids -------------------------------------------------------------------------------------------------------

    def block_id(self, block: Block, first: int | None = None) -> str:
        """The id of a block, from its first line; from its first character too when another block began there.

        ``first`` is the source offset of its first own line where that is not where it begins.
        """
        start = block.label.start if block.label else block.span.start if first is None else first
        page, line, column = self.places.place(start)
        name = f"b.{page}.{line}"
        if name in self.ids:
            name = f"b.{page}.{line}.{self.places.place(block.span.start)[2] if block.label else column}"
        self.ids.add(name)
        self.blocks[block.span] = name
        return name

    def anchors_of(self, span: Span) -> tuple[str, str]:
        """The ids of the anchors before and after a span."""
        start, end = self._outside(span)
        return self._anchor_id(start), self._anchor_id(end)

    def _anchor_id(self, offset: int) -> str:
        page, line, column = self.places.place(offset)
        return f"t.{page}.{line}.{column}"

    def _outside(self, span: Span) -> tuple[int, int]:
        """Where the anchors of a span stand: outside of the edits its ends lie in, on the same line."""
        start, end = span
        at = bisect_left(self._starts, start)
        low = self.document.layout.line_at(start).span.start
        while at > 0 and self._hunks[at - 1].edits and self._inside(at - 1, start):
            at -= 1
            start = max(low, self._hunks[at].span.start)
        at = bisect_left(self._starts, end) - 1
        high = self.document.layout.line_at(end).span.end
        while 0 <= at < len(self._hunks) and self._hunks[at].edits and self._inside(at, end):
            end = min(high, self._hunks[at].span.end)
            at += 1
        return start, end

    def _inside(self, at: int, offset: int) -> bool:
        """Does an offset lie inside a changed run, or between it and another changed run that touches it?"""
        span = self._hunks[at].span
        if span.start < offset < span.end:
            return True
        ahead = at + 1 < len(self._hunks) and bool(self._hunks[at + 1].edits) and span.end == offset
        behind = at > 0 and bool(self._hunks[at - 1].edits) and span.start == offset
        return ahead or behind

    # -- page and line beginnings ----------------------------------------------------------------------------------

    def pages_before(self, offset: int) -> str:
        """The pb of every page up to the one that holds an offset, as far as they were not written."""
        number = self.places.page(offset)
        out = []
        while self._pages_done < number:
            self._pages_done += 1
            n = str(self._pages_done)
            facs = f"#f.{n}" if self.document.layout.measured else None
            out.append(f"<pb{attributes(n=n, xml_id=f'p.{n}', facs=facs)}/>")
        return "".join(out)

    def remaining_pages(self) -> str:
        """The pb of pages after the last line of the source."""
        pages = self.document.layout.pages
        return self.pages_before(pages[-1].span.start) if pages else ""

    def _line_break(self, line: Line, *, first: bool) -> str:
        facs = f"#z.{line.page}.{line.number}" if self.document.layout.measured else None
        return f"<lb\n{attributes(n=str(line.number), break_=None if first else 'no', facs=facs)}/>"

    # -- content ---------------------------------------------------------------------------------------------------

    def content(self, span: Span, nested: Sequence[Block] = (), *, first_line: bool = True) -> str:
        """The content of an element that holds a source span.

        ``nested`` are the blocks inside it, written where they stand.  ``first_line`` False when the line break of its
        first line was written before (after a label).
        """
        out: list[str] = []
        at, fresh = span.start, first_line
        for block in nested:
            out.append(self._run(Span(at, block.span.start), first=fresh))
            fresh = fresh and at == block.span.start
            out.append(self.inner(block))
            at = block.span.end
        out.append(self._run(Span(at, span.end), first=fresh))
        return "".join(out)

    def labelled(self, block: Block, ana: str, nested: Sequence[Block] = ()) -> str:
        """A line with a printed label and the block after it, side by side."""
        label = block.label or Span(block.span.start, block.span.start)
        line = self.document.layout.line_at(label.start)
        text = self.document.source[label.start : label.end]
        begin = label.start + len(text) - len(text.lstrip())
        start = self._line_break(line, first=True) if label.start == line.span.start else ""
        lead = self._within_line(label.start, begin, last=False) if begin > label.start else ""
        inner = self._within_line(begin, label.end, last=False)
        name = self.block_id(block)
        content = self.content(block.span, nested, first_line=False)
        return f"{start}{lead}<label>{inner}</label><seg{attributes(ana=ana, xml_id=name)}>{content}</seg>"

    def seals(self, blocks: Sequence[Block]) -> list[str]:
        """The seals pressed over signatures and dates."""
        layout = self.document.layout
        lines = [line for block in blocks for line in layout.lines_of(block.span)]
        out = []
        for page in dict.fromkeys(line.page for line in lines):
            seals = [figure.box for figure in layout.figures if figure.page == page and figure.kind == "seal"]
            for n, box in enumerate(seals, 1):
                if any(line.page == page and line.y0 < box[3] and line.y1 > box[1] for line in lines):
                    tag = attributes(type="seal", facs=f"#z.{page}.s{n}")
                    out.append(f"<figure{tag}><figDesc>发文机关印章</figDesc></figure>")
        return out

    def furniture(self, block: Block) -> str:
        """A line of page furniture, with the beginning of its page if it is the first line there."""
        pages = self.pages_before(block.span.start)
        tag = attributes(
            type=block.attributes["type"],
            place=block.attributes["place"],
            ana="#el.furniture",
            xml_id=self.block_id(block),
        )
        return f"{pages}<fw{tag}>{self.content(block.span)}</fw>"

    def footnote(self, block: Block, nested: Sequence[Block] = ()) -> str:
        """A footnote, where its lines stand."""
        pages = self.pages_before(block.span.start)
        tag = attributes(type="footnote", place="bottom", ana="#el.footnote", xml_id=self.block_id(block))
        return f"{pages}<note{tag}>{self.content(block.span, nested)}</note>"

    def _run(self, span: Span, *, first: bool) -> str:
        """Text of a span without blocks in it, with its lines, marks and anchors."""
        out: list[str] = []
        for line in self.document.layout.lines_of(span) if span.start < span.end else ():
            start, end = max(span.start, line.span.start), min(span.end, line.span.end)
            if line.span.start >= span.start:
                if not first:
                    out.append(self.pages_before(line.span.start))
                out.append(self._line_break(line, first=first))
                first = False
            if start < end:
                out.append(self._within_line(start, end, last=end == line.span.end))
        return "".join(out)

    def _within_line(self, start: int, end: int, *, last: bool) -> str:
        """Part of one line: cut where marks and anchors begin or end."""
        marks = self._marks_on(start, end)
        cuts = {start, end}
        for mark in marks:
            cuts |= {max(start, mark.span.start), min(end, mark.span.end)}
        low, high = bisect_left(self._anchors, start), bisect_right(self._anchors, end)
        cuts |= set(self._anchors[low:high])
        ordered = sorted(cuts)
        out: list[str] = []
        for here, after in zip(ordered, ordered[1:] or ordered, strict=False):
            out += [f"</{_TAGS[mark.kind]}>" for mark in marks if mark.span.end == here and here > start]
            out.append(self._anchor(here))
            out += [self._open(mark) for mark in marks if mark.span.start == here]
            if here < after or len(ordered) == 1:
                out.append(self._pieces(here, after, at_end=last and after == end))
        out += [f"</{_TAGS[mark.kind]}>" for mark in marks if mark.span.end == end]
        out.append(self._anchor(end) if last else "")
        return "".join(out)

    def _marks_on(self, start: int, end: int) -> list[Mark]:
        low = max(0, bisect_right(self._mark_starts, start) - 1)
        high = bisect_left(self._mark_starts, end)
        return [mark for mark in self._marks[low:high] if mark.span.end > start and mark.span.start < end]

    def _open(self, mark: Mark) -> str:
        if mark.kind == "orgName":
            return f"<orgName{attributes(ref='#' + self.organs[self.document.read(mark.span)])}>"
        if mark.kind == "run-in":
            return f"<seg{attributes(type='run-in', subtype=mark.attributes['subtype'])}>"
        if mark.kind == "note":
            return f"<ref{attributes(type='note', target='#' + mark.attributes['target'])}>"
        return f"<{_TAGS[mark.kind]}{attributes(type=mark.attributes.get('type'), when=mark.attributes.get('when'))}>"

    def _anchor(self, offset: int) -> str:
        at = bisect_left(self._anchors, offset)
        if self._anchors[at : at + 1] != [offset] or offset in self._anchors_done:
            return ""
        self._anchors_done.add(offset)
        return f'<anchor xml:id="{self._anchor_id(offset)}"/>'

    # -- edits -----------------------------------------------------------------------------------------------------

    def _pieces(self, start: int, end: int, *, at_end: bool) -> str:
        """A stretch of one line inside one element: text left alone, and edits that touch as one pc."""
        out: list[str] = []
        pending: list[tuple[int, str, str, tuple[Edit, ...]]] = []
        for hunk in self._hunks_on(start, end, at_end=at_end):
            low, high = max(start, hunk.span.start), min(end, hunk.span.end)
            if hunk.edits and self._encoding(hunk.edits) != "pc":
                out += (self._edited(pending), self._other(low, high, hunk))
                pending = []
                continue
            if hunk.edits:
                pending.append((low, self.document.source[low:high], self._reading(hunk, low, high), hunk.edits))
                continue
            out.append(self._edited(pending))
            pending = []
            begin = hunk.text[0] + low - hunk.span.start
            out.append(self._plain(self.document.text[begin : begin + high - low]))
        out.append(self._edited(pending))
        return "".join(out)

    def _hunks_on(self, start: int, end: int, *, at_end: bool) -> Iterator[Hunk]:
        at = max(0, bisect_left(self._starts, start) - 1)
        for hunk in islice(self._hunks, at, None):
            if hunk.span.start > end or (hunk.span.start == end and not at_end and start < end):
                break
            if hunk.span.start == hunk.span.end:
                if start <= hunk.span.start < end or (at_end and hunk.span.start == end):
                    yield hunk
            elif hunk.span.end > start and hunk.span.start < end:
                yield hunk

    def _reading(self, hunk: Hunk, low: int, high: int) -> str:
        """The characters of a changed run that stand for the part of it from ``low`` to ``high``."""
        first, (begin, stop) = self.document.first, hunk.text
        from_ = bisect_left(first, low, begin, stop) if low > hunk.span.start else begin
        to = bisect_left(first, high, begin, stop) if high < hunk.span.end else stop
        return self.document.text[from_:to]

    def _plain(self, text: str) -> str:
        """Text as it stands; characters the font has no code for are gaps, those XML forbids an empty g."""
        if "\ufffd" not in text and not FORBIDDEN.search(text):
            return escape(text)
        out = []
        for unmapped, run in groupby(text, lambda c: c == "\ufffd"):
            stretch = "".join(run)
            if unmapped:
                out.append(f'<gap reason="unmapped" unit="char" quantity="{len(stretch)}"/>')
            else:
                out += (self._g(part, "") if FORBIDDEN.match(part) else escape(part) for part in _split(stretch))
        return "".join(out)

    def _encoding(self, edits: Sequence[Edit]) -> str:
        """The element of a changed run: choice where its script was changed, g where each edit is one of code points."""
        found = {self.encodings.get(edit.rule, "pc") for edit in edits}
        if "choice" in found:
            return "choice"
        return "g" if found == {"g"} else "pc"

    def _other(self, low: int, high: int, hunk: Hunk) -> str:
        """A changed run that is no mark: g for each character, or a choice of two scripts."""
        orig, reading = self.document.source[low:high], self._reading(hunk, low, high)
        if self._encoding(hunk.edits) == "choice" and not FORBIDDEN.search(orig):
            tag = self._tag(low, orig, sorted({edit.rule for edit in hunk.edits}))
            return f"<choice{tag}><orig>{escape(orig)}</orig><reg>{escape(reading)}</reg></choice>"
        letters = len(orig) == len(reading) and all(map(is_letter, orig))
        if letters and all(self.characters.get(ord(c), to) == to for c, to in zip(orig, reading, strict=True)):
            return "".join(self._g(c, to) for c, to in zip(orig, reading, strict=True))
        return self._edited([(low, orig, reading, hunk.edits)])

    def _g(self, character: str, reading: str) -> str:
        self.characters[ord(character)] = reading
        content = f">{escape(reading)}</g>" if reading else "/>"
        return f'<g ref="#u.{ord(character):04X}"{content}'

    def _edited(self, pieces: Sequence[tuple[int, str, str, tuple[Edit, ...]]]) -> str:
        if not pieces:
            return ""
        start = pieces[0][0]
        orig, reading = "".join(p[1] for p in pieces), "".join(p[2] for p in pieces)
        rules = sorted(
            {edit.rule for *_, edits in pieces for edit in edits if self._touches(edit, start, start + len(orig))}
        )
        if orig == reading:
            return self._plain(orig)
        out: list[str] = []
        at = start
        for run in _split(orig):
            if FORBIDDEN.match(run):
                out.append(self._g(run, ""))
            else:
                out.append(self._pc(at, run, reading, rules))
                reading = ""
            at += len(run)
        return "".join(out)

    @staticmethod
    def _touches(edit: Edit, start: int, end: int) -> bool:
        if edit.span.start == edit.span.end or start == end:
            return start <= edit.span.end and edit.span.start <= end
        return edit.span.start < end and start < edit.span.end

    def _pc(self, at: int, orig: str, reading: str, rules: Sequence[str]) -> str:
        tag = self._tag(at, orig, rules, marked=True)
        return f"<pc{tag}>{escape(reading)}</pc>" if reading else f"<pc{tag}/>"

    def _tag(self, at: int, orig: str, rules: Sequence[str], *, marked: bool = False) -> str:
        """The attributes of a pc or choice that begins at a source offset; the first has its source in @orig."""
        page, line, column = self.places.place(at)
        name = f"e.{page}.{line}.{column}"
        self.rules |= set(rules)
        for offset in range(at, at + max(1, len(orig))):
            self.elements.setdefault(offset, name)
        ana = " ".join(f"#rule.{rule}" for rule in rules)
        return attributes(xml_id=name, orig=orig if marked else None, ana=ana)


def is_letter(c: str) -> bool:
    """Is a character a letter, a figure or one of private use, and no mark?"""
    return c.isalnum() or unicodedata.category(c) in ("Co", "So")


def _split(text: str) -> list[str]:
    """A text in characters XML forbids and the runs between them; one empty run for an empty text."""
    runs, at = [], 0
    for match in FORBIDDEN.finditer(text):
        runs += [text[at : match.start()], match.group()]
        at = match.end()
    return [run for run in [*runs, text[at:]] if run] or [""]
