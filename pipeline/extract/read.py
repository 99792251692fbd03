"""Open a file, find out what it is, and put its characters in reading order."""

from __future__ import annotations

import hashlib
import io
import os
import stat
from array import array
from collections.abc import Iterable, Sequence
from pathlib import Path

from pipeline.config import Limits
from pipeline.document import Cell, Document, Figure, Layout, Line, Page, Source, Span, Table
from pipeline.errors import InputError
from pipeline.extract import quality
from pipeline.extract.engines import PdfFile
from pipeline.extract.glyphs import Glyphs
from pipeline.extract.grids import Grid
from pipeline.extract.lines import dominant_style
from pipeline.extract.regions import reading_order
from pipeline.extract.rules import LAY_11, LAY_12
from pipeline.extract.text import decode, pages_of
from pipeline.extract.turn import turn_upright
from pipeline.rule import Rule

_KNOWN = (
    (b"PK\x03\x04", "a ZIP archive (an OFD, DOCX or other office file); save it as PDF"),
    (b"\xd0\xcf\x11\xe0", "an old office document (.doc); save it as PDF"),
    (b"\x89PNG", "a PNG picture; recognise its text first"),
    (b"\xff\xd8\xff", "a JPEG picture; recognise its text first"),
    (b"\x1f\x8b", "a gzip archive; unpack it first"),
    (b"{\\rtf", "an RTF document; save it as PDF"),
)


def load(path: Path, limits: Limits) -> bytes:
    """The bytes of a regular file.

    Raises:
        InputError: no such file, not a regular file, empty, too large or unreadable.

    """
    try:
        file = io.FileIO(path, opener=lambda name, flags: os.open(name, flags | os.O_NONBLOCK))  # a FIFO would block
    except FileNotFoundError as error:
        raise InputError("not found", "does not exist; check the name") from error
    except IsADirectoryError as error:
        raise InputError(
            "not a file", "is a folder; give the files in it, or a folder name that is not a document's"
        ) from error
    except OSError as error:
        raise InputError("unreadable", f"cannot be opened: {error.strerror}; check its permissions") from error
    with file:
        info = os.fstat(file.fileno())
        if not stat.S_ISREG(info.st_mode):
            raise InputError("not a file", "is not a regular file; copy its content to one")
        if info.st_size > limits.input_bytes:
            raise InputError(
                "too large", f"has {info.st_size} bytes, the limit is {limits.input_bytes}; split it or raise the limit"
            )
        data = file.read()
    if not data.strip():
        raise InputError("empty", "is empty; fetch it again")
    return data


def extract(path: Path, data: bytes, limits: Limits, engine: str = "pdfium", *, verify: bool = False) -> Document:
    """The document in a file, its reading equal to its source, with what was found wrong with its pages.

    ``engine`` (``pdfium`` or ``pdfplumber``) reads a PDF; with ``verify`` the other one reads it too, and a finding on
    each page says where they differ.

    Raises:
        InputError: the content is no text or PDF that can be processed.

    """
    source = Source(path.name, hashlib.sha256(data).hexdigest())
    if b"%PDF-" in data[:1024] and data.lstrip()[:1] != b"<":
        return _from_pdf(data, source, limits, engine, verify=verify)
    if path.suffix.lower() == ".txt":
        return _from_text(decode(data), source, limits)
    raise InputError("not a PDF", f"is not a PDF but {_guess(data)}")


def _guess(data: bytes) -> str:
    for magic, what in _KNOWN:
        if data.startswith(magic):
            return what
    start = data[:1024].lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return "a web page (often an error message saved under the name of the file); fetch the file again"
    if start.startswith(b"<"):
        return "markup; save it as PDF"
    try:
        data[:4096].decode("utf-8")
    except UnicodeDecodeError:
        return "data of an unknown kind; fetch the file again"
    return "plain text; give it a name that ends in .txt"


def _from_text(text: str, source: Source, limits: Limits) -> Document:
    pages = pages_of(text)
    if not any(any(page) for page in pages):
        raise InputError("no text", "holds white space only")
    while not any(pages[-1]):
        pages.pop()
    _check_size(len(pages), (sum(map(len, page)) for page in pages), limits)
    return _assemble(pages, source)


def _assemble(pages: list[list[str]], source: Source) -> Document:
    lines: list[Line] = []
    spans: list[Page] = []
    at = 0
    for number, page in enumerate(pages, 1):
        start = at
        for row, line in enumerate(page, 1):
            if line:
                lines.append(Line(number, row, Span(at, at + len(line))))
            at += len(line) + 1
        end = max(start, at - 1)
        spans.append(Page(number, 0.0, 0.0, Span(start, end)))
        at = end + 1
    document = Document.of("\f".join("\n".join(page) for page in pages), Layout(tuple(spans), tuple(lines)), source)
    verdicts = [quality.judge(page) for page in pages]
    return document.with_findings(quality.findings(verdicts, _text_spans(document.layout)))


def _text_spans(layout: Layout) -> list[Span]:
    """For each page the span from its first to its last character; an empty one where it has none."""
    spans = [Span(page.span.start, page.span.start) for page in layout.pages]
    for line in layout.lines:
        span = spans[line.page - 1]
        spans[line.page - 1] = Span(span.start if span.start < span.end else line.span.start, line.span.end)
    return spans


def _from_pdf(data: bytes, source: Source, limits: Limits, engine: str, *, verify: bool) -> Document:
    pdf = PdfFile(data, engine, verify=verify)
    try:
        if len(pdf) > limits.pages:
            raise InputError(
                "too large", f"has {len(pdf)} pages, the limit is {limits.pages}; split it or raise the limit"
            )
        builder = _Builder(source, limits)
        for page in pdf.pages():
            builder.add(page)
    finally:
        pdf.close()
    document = builder.document()
    return document.with_findings(pdf.findings(_text_spans(document.layout)))


def _check_size(pages: int, characters: Iterable[int], limits: Limits) -> None:
    total = 0
    if pages > limits.pages:
        raise InputError("too large", f"has {pages} pages, the limit is {limits.pages}; split it or raise the limit")
    for number, count in enumerate(characters, 1):
        total += count
        if count > limits.page_characters:
            raise InputError(
                "too large", f"has {count} characters on page {number}, the limit is {limits.page_characters}"
            )
    if total > limits.characters:
        raise InputError(
            "too large", f"has {total} characters, the limit is {limits.characters}; split it or raise the limit"
        )


class _Builder:
    """Collects pages into one source string and the arrays beside it."""

    def __init__(self, source: Source, limits: Limits) -> None:
        self.source, self.limits = source, limits
        self.texts: list[str] = []
        self.counts: list[int] = []
        self.verdicts: list[quality.Verdict] = []
        self.lines: list[Line] = []
        self.pages: list[Page] = []
        self.doubts: list[tuple[Rule, int]] = []  # a rule and the page it asks about
        self.tables: list[Table] = []
        self.figures: list[Figure] = []
        self.at = 0
        self.face = array("i")
        self.faces: dict[str, int] = {}
        self.x0, self.y0, self.x1, self.y1 = array("f"), array("f"), array("f"), array("f")

    def add(self, page: Glyphs | None) -> None:
        """Add a page; None stands for one that could not be read."""
        number = len(self.pages) + 1
        if number > 1:
            self._separator()
        start = self.at
        glyphs = page or Glyphs(0.0, 0.0)
        self.counts.append(len(glyphs.text))
        _check_size(number, self.counts, self.limits)
        width, height = _sane(glyphs.width), _sane(glyphs.height)
        turned = turn_upright(glyphs)
        order = reading_order(glyphs)
        self.doubts += [(LAY_11, number)] * order.unsure + [(LAY_12, number)] * order.unreadable
        first = len(self.lines)
        held: dict[tuple[int, int], list[int]] = {}
        texts = []
        for row, placed in enumerate(order.lines, 1):
            if row > 1:
                self._separator()
            if placed.cell is not None:
                held.setdefault(placed.cell, []).append(len(self.lines))
            line = placed.row
            texts.append(self._line(glyphs, line.glyphs, number, row, dominant_style(glyphs, line), line.layer))
        self.texts.append("\n".join(texts))
        self.pages.append(Page(number, width, height, Span(start, self.at), turned))
        self._draw(number, glyphs, order.grids, held, first)
        self.verdicts.append(
            quality.judge(texts, images=len(glyphs.images), drawings=glyphs.drawings, readable=page is not None)
        )

    def _draw(
        self, number: int, glyphs: Glyphs, grids: Sequence[Grid], held: dict[tuple[int, int], list[int]], first: int
    ) -> None:
        """Keep the tables and drawings of a page; an empty cell stands before the next line of its table."""
        for t, grid in enumerate(grids):
            at = min((n for (table, _), lines in held.items() if table == t for n in lines), default=first)
            cells = []
            for c, cell in enumerate(grid.cells):
                lines = held.get((t, c), [])
                at = lines[0] if lines else at
                end = lines[-1] + 1 if lines else at
                cells.append(Cell(cell.row, cell.column, cell.rows, cell.columns, (at, end), cell.box))
                at = end
            if held:
                self.tables.append(Table(number, grid.rows, grid.columns, tuple(cells), grid.box))
        self.figures += [Figure(number, "seal", box) for box in glyphs.discs]
        self.figures += [Figure(number, "image", box) for box in glyphs.images]
        self.figures += [
            Figure(number, "rule", (stroke.x0, stroke.y0, stroke.x1, stroke.y1), stroke.red)
            for stroke in glyphs.strokes
        ]

    def _separator(self) -> None:
        for values in (self.x0, self.y0, self.x1, self.y1):
            values.append(0.0)
        self.face.append(0)
        self.at += 1

    def _line(self, page: Glyphs, row: Iterable[int], number: int, n: int, dominant: int, layer: str) -> str:
        order = list(row)
        text = "".join([page.text[i] for i in order])
        boxes = [[_sane(values[i]) for i in order] for values in (page.x0, page.y0, page.x1, page.y1)]
        for values, box in zip((self.x0, self.y0, self.x1, self.y1), boxes, strict=True):
            values.extend(box)
        names = [self.faces.setdefault(style.font, len(self.faces)) for style in page.styles]
        self.face.extend([names[page.style[i]] for i in order])
        seen = [k for k, c in enumerate(text) if not c.isspace()]
        style = page.styles[dominant]
        inked = [i for i in order if page.style[i] == dominant]
        self.lines.append(
            Line(
                number,
                n,
                Span(self.at, self.at + len(text)),
                min(boxes[0][k] for k in seen),
                min(boxes[1][k] for k in seen),
                max(boxes[2][k] for k in seen),
                max(boxes[3][k] for k in seen),
                _sane(page.y[inked[0]]),
                style.size,
                style.font,
                layer or style.colour,
            )
        )
        self.at += len(text)
        return text

    def document(self) -> Document:
        """The document of all pages added.

        Raises:
            InputError: no page has text.

        """
        text = "\f".join(self.texts)
        if not text.strip():
            raise InputError("no text", quality.without_text(self.verdicts))
        layout = Layout(
            tuple(self.pages),
            tuple(self.lines),
            self.x0,
            self.y0,
            self.x1,
            self.y1,
            self.face,
            tuple(self.faces),
            tuple(self.tables),
            tuple(self.figures),
        )
        document = Document.of(text, layout, self.source)
        spans = _text_spans(layout)
        asked = [rule.finding(spans[page - 1]) for rule, page in self.doubts]
        return document.with_findings([*quality.findings(self.verdicts, spans), *asked])


def _sane(value: float) -> float:
    """A coordinate an array of floats and an XML file can hold."""
    return min(max(value, -1e6), 1e6) if value == value else 0.0
