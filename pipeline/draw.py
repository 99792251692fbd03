"""Pictures of the pages with what the layout stage saw drawn on them, for debugging and for bug reports.

A picture has the page at 110 dpi, made pale, a gutter at its left with the names of the blocks, a line above that says what
it shows and a legend below.  Certain and likely, and all other marks, differ in shape and not in colour alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import pypdfium2 as pdfium
from PIL import Image
from PIL.PngImagePlugin import PngInfo

import pipeline
from pipeline import ink
from pipeline.batch import Job, put, show, stranger
from pipeline.document import Box, Document, Figure, Page, Table
from pipeline.errors import InputError, UsageError
from pipeline.explain import type_area
from pipeline.extract.pdfium import open_pdf
from pipeline.ink import Colour, Ink, Pixels, kind_colour, kind_name, say
from pipeline.seen import End, Region, by_page, line_ends, regions, strips

_DPI, _POINTS = 110, 72  # pixels and points an inch
_LONGEST = 3000  # pixels of the longer side of a page, however large it says it is
_PALE = 0.35  # of white over the page
_A4 = (595.0, 842.0)  # points; the paper of a page whose size cannot be read
_GUTTER, _HEAD, _EDGE, _NARROWEST = 180, 28, 8, 1000  # pixels
_LABEL, _SMALL, _STEP = 14, 11, 18  # pixels: heights of type, and from one label or row of the legend to the next
_SAMPLE = 30  # pixels a mark of the legend takes
_SIGNATURE, _SIGNED_WITHIN = b"tEXtSoftware\0gongwen ", 100  # the first 100 bytes of a PNG file
_PARTS = {"front": "版头", "circular": "正件", "attached": "随文印发", "attachment": "附件", "imprint": "版记"}


def draw(document: Document, data: bytes, pages: Sequence[int] = ()) -> dict[int, bytes]:
    """PNG pictures of pages by their number (from 1), in page order; of all pages where none are asked for.

    ``data`` is the PDF the document was made from.

    Raises:
        UsageError: the document has no such page.
        InputError: the document was made from a text file, or ``data`` cannot be opened.

    """
    return dict(drawings(document, data, pages))


def drawings(document: Document, data: bytes, pages: Sequence[int] = ()) -> Iterator[tuple[int, bytes]]:
    """What ``draw`` gives, a page at a time."""
    if not document.layout.measured:
        raise InputError("not a PDF", "is a text file, which has no pages to draw; give the PDF it was made from")
    last = len(document.layout.pages)
    for number in pages:
        if not 1 <= number <= last:
            raise UsageError(
                f"has no page {number}; " + (f"its pages are 1 to {last}" if last > 1 else "its only page is 1")
            )
    seen = _Seen(document)
    pdf = open_pdf(data)
    try:
        if pdf.get_formtype():
            pdf.init_forms()  # else what was typed into its fields is not drawn
        for number in sorted(set(pages)) or range(1, last + 1):
            out = BytesIO()
            _picture(seen, pdf, document.layout.pages[number - 1]).save(out, "PNG", pnginfo=_written_by())
            yield number, out.getvalue()
    finally:
        pdf.close()


def write(job: Job, pictures: Iterable[tuple[int, bytes]]) -> Iterator[Path]:
    """Put pictures in place as NAME.page-N.png, each whole or not at all; yields each path when it is there.

    Raises:
        InputError: the folder cannot be written to, or has a file of such a name that is no drawing of this program.

    """
    for number, picture in pictures:
        path = job.output(f".page-{number}.png")
        if path.is_file() and _SIGNATURE not in path.read_bytes()[:_SIGNED_WITHIN]:
            raise stranger(path)
        put(path.parent, {path: picture})
        yield path


def _written_by() -> PngInfo:
    """The mark a drawing of this program is known by when it is about to be overwritten."""
    info = PngInfo()
    info.add_text("Software", f"gongwen {pipeline.__version__}")
    return info


class _Seen:
    """What there is to draw of a document, by page."""

    def __init__(self, document: Document) -> None:
        layout = document.layout
        self.document = document
        self.area = type_area(document)
        self.lines = by_page(layout.lines, lambda line: line.page)
        shown = (block for block in document.blocks if block.kind != "cell")
        self.regions = by_page((r for block in shown for r in regions(document, block)), lambda region: region.page)
        self.ends = by_page(line_ends(document), lambda end: end.strip.line.page)
        self.tables = by_page(layout.tables, lambda table: table.page)
        self.figures = by_page(layout.figures, lambda figure: figure.page)
        heads = (mark.span for mark in document.marks if mark.kind == "run-in")
        self.run_in = by_page(strips(document, heads), lambda strip: strip.line.page)


# -- a page ----------------------------------------------------------------------------------------------------------------


def _picture(seen: _Seen, pdf: pdfium.PdfDocument, page: Page) -> Image.Image:
    """The page in its place on a sheet, with everything drawn over it."""
    paper, readable = _paper(pdf, page)
    width = max(_GUTTER + paper.width + _EDGE, _NARROWEST)
    legend = _rows(_legend(seen.regions.get(page.number, ())), width)
    sheet = Image.new("RGB", (width, _HEAD + paper.height + _EDGE + len(legend) * _STEP + _EDGE), (244, 244, 244))
    sheet.paste(Image.blend(paper, Image.new("RGB", paper.size, ink.WHITE), _PALE), (_GUTTER, _HEAD))
    pen = Ink(sheet)
    pen.frame((_GUTTER - 1, _HEAD - 1, _GUTTER + paper.width, _HEAD + paper.height), ink.GREY)
    _head(pen, seen.document, page, readable=readable)
    across, down = (paper.width / page.width, paper.height / page.height) if page.width and page.height else (1.0, 1.0)

    def place(box: Box) -> Pixels:
        x0, y0, x1, y1 = box
        return _GUTTER + x0 * across, _HEAD + y0 * down, _GUTTER + x1 * across, _HEAD + y1 * down

    _draw_area(pen, place((seen.area.left, 0, seen.area.right, page.height)))
    for figure in seen.figures.get(page.number, ()):
        _draw_figure(pen, place(figure.box), figure)
    found = seen.regions.get(page.number, ())
    _draw_labels(pen, [(region, place(region.box)) for region in found], _HEAD + paper.height)
    for region in found:
        _draw_region(pen, place(region.box), region)
    for table in seen.tables.get(page.number, ()):
        _draw_cells(pen, place, table)
    for strip in seen.run_in.get(page.number, ()):
        x0, _, x1, y1 = place(strip.box)
        pen.path([(x0, y1), (x1, y1)], kind_colour("heading"), 3)
    for line in seen.lines.get(page.number, ()):
        x0, y0, x1, y1 = place(line.box)
        pen.frame((x0, y0, x1, y1), ink.LINE, alpha=120)
        pen.text(x0 - 6, (y0 + y1) / 2, str(line.number), _SMALL, ink.LINE, "rm")
    for end in seen.ends.get(page.number, ()):
        _, y0, x1, y1 = place(end.strip.box)
        _draw_end(pen, x1 + 7, (y0 + y1) / 2, end)
    for n, row in enumerate(legend):
        for x, item in row:
            y = _HEAD + paper.height + _EDGE + n * _STEP + _STEP / 2
            item.sample(pen, x, y)
            pen.text(x + _SAMPLE, y, item.text, _LABEL, ink.BLACK)
    return sheet


def _paper(pdf: pdfium.PdfDocument, page: Page) -> tuple[Image.Image, bool]:
    """The page as it looks, upright, and whether it could be rendered; white paper where it could not."""
    width, height = page.width or _A4[0], page.height or _A4[1]
    scale = min(_DPI / _POINTS, _LONGEST / max(width, height))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    try:
        found = pdf[page.number - 1]
        try:
            longest = max(found.get_size())
            image = found.render(scale=max(size) / longest, rotation=page.turned).to_pil().convert("RGB")
        finally:
            found.close()
    except (pdfium.PdfiumError, ArithmeticError, ValueError, MemoryError, OSError):
        return Image.new("RGB", size, ink.WHITE), False
    return image, True


def _head(pen: Ink, document: Document, page: Page, *, readable: bool) -> None:
    """Which page of which file this is, and by which program."""
    size = f"{page.width:.0f} x {page.height:.0f} pt" + (f", +{page.turned} deg" if page.turned else "")
    number = say(
        f"第{page.number}页 共{len(document.layout.pages)}页", f"page {page.number}/{len(document.layout.pages)}"
    )
    about = [number, size, f"sha256 {document.file.sha256[:8]}", f"gongwen {pipeline.__version__}"]
    if not readable:
        about.append(say("本页无法显示", "cannot be rendered"))
    rest = "    ".join(["", *about])
    name = ink.plain(show(document.file.name))
    room = pen.image.width - 2 * _EDGE - pen.width(rest, _LABEL)
    while name and pen.width(name, _LABEL) > room:
        name = name[:-2] + "~"
    pen.text(_EDGE, _HEAD / 2, name + ink.plain(rest), _LABEL, ink.BLACK)


def _draw_area(pen: Ink, area: Pixels) -> None:
    x0, y0, x1, y1 = area
    for x in (x0, x1):
        pen.dashed([(x, y0), (x, y1)], ink.AREA, 1, 3, 170)


def _draw_figure(pen: Ink, box: Pixels, figure: Figure) -> None:
    x0, y0, x1, y1 = box
    if figure.kind == "seal":
        pen.ellipse((x0 - 3, y0 - 3, x1 + 3, y1 + 3), ink.SEAL)
        pen.text((x0 + x1) / 2, y0 - 4, say("印章", "seal"), _LABEL, ink.SEAL, "mb")
    elif figure.kind == "rule":
        pen.fill((x0 - 1, y0 - 1, x1 + 1, y1 + 1), ink.RED_RULE if figure.red else ink.RULE, 150)
    else:
        pen.cross(box, ink.GREY)


def _draw_region(pen: Ink, box: Pixels, region: Region) -> None:
    x0, y0, x1, y1 = box
    if region.block.kind == "furniture":
        pen.hatch(box, ink.GREY)
        return
    around = (x0 - 3, y0 - 3, x1 + 3, y1 + 3)
    pen.fill(around, kind_colour(region.block.kind), 22)
    pen.frame(around, kind_colour(region.block.kind), 2)


def _draw_cells(pen: Ink, place: Callable[[Box], Pixels], table: Table) -> None:
    """The cells of a table, each with its row and column from 1."""
    for cell in table.cells:
        x0, y0, x1, y1 = place(cell.box)
        pen.frame((x0 + 1, y0 + 1, x1 - 1, y1 - 1), ink.CELL)
        name = f"r{_run(cell.row, cell.rows)}c{_run(cell.column, cell.columns)}"
        pen.text(x1 - 3, y1 - 2, name, _SMALL, ink.CELL, "rb")


def _run(first: int, count: int) -> str:
    return str(first + 1) + (f"-{first + count}" if count > 1 else "")


def _draw_end(pen: Ink, x: float, y: float, end: End) -> None:
    if end.kind == "kept":
        pen.kept(x, y)
    elif end.kind == "end":
        pen.pilcrow(x, y, sure=end.sure)
    else:
        pen.join(x, y, sure=end.sure, page=end.kind == "page")


# -- names -----------------------------------------------------------------------------------------------------------------


def _draw_labels(pen: Ink, placed: Sequence[tuple[Region, Pixels]], bottom: int) -> None:
    """The names of the blocks in the gutter, a line from each to its block, and the part where another one begins."""
    labels: list[tuple[float, str, Colour, Pixels | None]] = []
    part = None
    for region, box in sorted(placed, key=lambda item: (item[1][1], item[1][0])):
        block = region.block
        if block.kind != "furniture" and block.part[:2] != part:
            part = block.part[:2]
            number = f" {block.part.number}" if block.part.kind in ("attached", "attachment") else ""
            name = say(_PARTS.get(block.part.kind, block.part.kind), block.part.kind) + number
            labels.append((box[1] - _STEP, f"— {name} —" if ink.cjk_font() else f"- {name} -", ink.GREY, None))
        colour = ink.GREY if block.kind == "furniture" else kind_colour(block.kind)
        labels.append((box[1] + 2, _name(region), colour, box))
    heights = _spread([label[0] for label in labels], _HEAD + _STEP / 2, bottom - _STEP / 2)
    for y, (_, text, colour, target) in zip(heights, labels, strict=True):
        if target:
            start = _EDGE + pen.width(text, _LABEL) + 4
            pen.dashed([(start, y), (_GUTTER - 4, y), (target[0] - 3, target[1] + 2)], colour, 1, 3, 190)
        pen.text(_EDGE, y, text, _LABEL, colour)


def _name(region: Region) -> str:
    block = region.block
    level = f" {block.level}" if block.level else ""
    kind = f" {block.attributes['type']}" if "type" in block.attributes else ""
    return kind_name(block.kind) + level + kind + (say("（续）", " ...") if region.again else "")


def _spread(wanted: Sequence[float], top: float, bottom: float) -> list[float]:
    """Heights near those wanted, in their order, a step apart and within the page as far as there is room."""
    heights: list[float] = []
    for height in wanted:
        heights.append(max(height, heights[-1] + _STEP if heights else top))
    limit = bottom
    for n in reversed(range(len(heights))):
        heights[n] = min(heights[n], limit)
        limit = heights[n] - _STEP
    return heights


# -- the legend ------------------------------------------------------------------------------------------------------------


class _Item(NamedTuple):
    """A mark of the legend: how it is drawn at a point, and what it means."""

    sample: Callable[[Ink, float, float], None]
    text: str


def _legend(found: Sequence[Region]) -> list[_Item]:
    kinds = dict.fromkeys(region.block.kind for region in found if region.block.kind != "furniture")
    items = [_Item(_swatch(kind), f"{kind_name(kind)} {kind}" if ink.cjk_font() else kind) for kind in kinds]
    for sample, chinese, latin in _MARKS:
        items.append(_Item(sample, say(chinese, latin)))
    return items


def _rows(items: Sequence[_Item], width: int) -> list[list[tuple[float, _Item]]]:
    """The legend in rows no wider than the sheet, each item with the x it begins at."""
    rows: list[list[tuple[float, _Item]]] = [[]]
    x = float(_EDGE)
    for item in items:
        wide = _SAMPLE + ink.font(_LABEL).getlength(item.text) + 2 * _EDGE
        if rows[-1] and x + wide > width:
            rows.append([])
            x = float(_EDGE)
        rows[-1].append((x, item))
        x += wide
    return rows


def _swatch(kind: str) -> Callable[[Ink, float, float], None]:
    def sample(pen: Ink, x: float, y: float) -> None:
        pen.fill((x, y - 6, x + 22, y + 6), kind_colour(kind), 22)
        pen.frame((x, y - 6, x + 22, y + 6), kind_colour(kind), 2)

    return sample


def _line_sample(pen: Ink, x: float, y: float) -> None:
    pen.text(x + 8, y, "7", _SMALL, ink.LINE, "rm")
    pen.frame((x + 11, y - 5, x + 24, y + 5), ink.LINE, alpha=160)


def _cell_sample(pen: Ink, x: float, y: float) -> None:
    pen.frame((x, y - 7, x + 26, y + 7), ink.CELL)
    pen.text(x + 24, y, "r1c2", _SMALL - 1, ink.CELL, "rm")


def _area_sample(pen: Ink, x: float, y: float) -> None:
    _draw_area(pen, (x + 6, y - 7, x + 18, y + 7))


_MARKS: tuple[tuple[Callable[[Ink, float, float], None], str, str], ...] = (
    (_line_sample, "源行与行号", "line, its number"),
    (lambda pen, x, y: pen.join(x + 6, y, sure=True, page=False), "接下行", "goes on"),
    (lambda pen, x, y: pen.join(x, y, sure=False, page=False), "接下行（推定）", "goes on, likely"),
    (lambda pen, x, y: pen.join(x + 6, y - 2, sure=True, page=True), "接下页", "goes on over the page"),
    (lambda pen, x, y: pen.kept(x + 10, y), "块内保留换行", "break kept in a block"),
    (lambda pen, x, y: pen.pilcrow(x + 8, y, sure=True), "块止", "end of block"),
    (lambda pen, x, y: pen.pilcrow(x, y, sure=False), "块止（存疑）", "end of block, doubtful"),
    (lambda pen, x, y: pen.hatch((x, y - 6, x + 22, y + 6), ink.GREY), "页面附属文字", "furniture"),
    (
        lambda pen, x, y: pen.path([(x, y + 3), (x + 22, y + 3)], kind_colour("heading"), 3),
        "段首标题",
        "run-in heading",
    ),
    (_cell_sample, "单元格（行列）", "table cell"),
    (lambda pen, x, y: pen.ellipse((x + 4, y - 7, x + 18, y + 7), ink.SEAL), "印章", "seal"),
    (lambda pen, x, y: pen.cross((x, y - 6, x + 22, y + 6), ink.GREY), "图像", "image"),
    (lambda pen, x, y: pen.fill((x, y - 2, x + 22, y + 2), ink.RULE, 150), "线", "rule"),
    (lambda pen, x, y: pen.fill((x, y - 2, x + 22, y + 2), ink.RED_RULE, 150), "红线", "red rule"),
    (_area_sample, "版心", "type area"),
)
