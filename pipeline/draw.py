"""Pictures of the pages with what the layout stage saw drawn on them, for debugging and for bug reports.

A picture has the page at 110 dpi, made pale, a gutter at its left with the names of the blocks, a line above that says what
it shows and a legend below.  Certain and likely, and all other marks, differ in shape and not in colour alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from io import BytesIO
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image
from PIL.PngImagePlugin import PngInfo

import pipeline
from pipeline import ink
from pipeline.batch import Job, put, show, stranger
from pipeline.document import Block, Box, Cell, Document, Figure, Page
from pipeline.errors import InputError, UsageError
from pipeline.explain import type_area
from pipeline.extract.pdfium import open_pdf
from pipeline.ink import EDGE, LABEL, SMALL, STEP, Colour, Ink, Pixels, kind_colour, kind_name, say
from pipeline.legend import draw_legend, legend
from pipeline.seen import End, Region, by_page, line_ends, regions, strips

DPI, _POINTS = 110, 72  # pixels and points an inch
_LONGEST = 3000  # pixels of the longer side of a page, however large it says it is
_PALE = 0.35  # of white over the page
_A4 = (595.0, 842.0)  # points; the paper of a page whose size cannot be read
GUTTER, HEAD = 180, 28  # pixels; where the top left corner of the page stands
_NARROWEST = 1000  # pixels
_DESK = (244, 244, 244)
_BEYOND = 40  # pixels; what lies further off the page is drawn there
_SIGNATURE, _SIGNED_WITHIN = b"tEXtSoftware\0gongwen ", 100  # the first 100 bytes of a PNG file
_PARTS = {"front": "版头", "circular": "正件", "attached": "随文印发", "attachment": "附件", "imprint": "版记"}


def draw(document: Document, data: bytes, pages: Sequence[int] = ()) -> Iterator[tuple[int, bytes]]:
    """PNG pictures of pages with their number (from 1), one at a time; of all pages where none are asked for.

    ``data`` is the PDF the document was made from.

    Raises:
        UsageError: the document has no such page.
        InputError: the document was made from a text file, or ``data`` cannot be opened.

    """
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
        if _is_strange(path):
            raise stranger(path)
        put(path.parent, {path: picture})
        yield path


def _is_strange(path: Path) -> bool:
    """Is there a file already that is no drawing of this program?"""
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return _SIGNATURE not in file.read(_SIGNED_WITHIN)
    except OSError:
        return True


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
    found = seen.regions.get(page.number, [])
    width = max(GUTTER + paper.width + EDGE, _NARROWEST)
    kinds = dict.fromkeys(region.block.kind for region in found if region.block.kind != "furniture")
    rows = legend(kinds, width)
    bottom = HEAD + paper.height
    sheet = Image.new("RGB", (width, bottom + EDGE + len(rows) * STEP + EDGE), _DESK)
    sheet.paste(Image.blend(paper, Image.new("RGB", paper.size, ink.WHITE), _PALE), (GUTTER, HEAD))
    pen = Ink(sheet)
    pen.frame((GUTTER - 1, HEAD - 1, GUTTER + paper.width, bottom), ink.GREY)
    _draw_head(pen, seen.document, page, readable=readable)
    place = _placing(page, paper)
    pen.sides(place((seen.area.left, 0, seen.area.right, page.down)))
    for figure in seen.figures.get(page.number, ()):
        _draw_figure(pen, place(figure.box), figure)
    placed = sorted(((region, place(region.box)) for region in found), key=lambda item: (item[1][1], item[1][0]))
    behind = [item for item in placed if any(_is_left_of(other, item[1]) for _, other in placed)]
    _draw_labels(pen, [item for item in placed if item not in behind], bottom)
    for region, box in placed:
        _draw_region(pen, box, region)
    for region, box in behind:
        pen.text(box[0], box[1] - 5, _name(region), SMALL, _colour(region), "lb")
    for table in seen.tables.get(page.number, ()):
        for cell in table.cells:
            _draw_cell(pen, place(cell.box), cell)
    for strip in seen.run_in.get(page.number, ()):
        pen.underline(place(strip.box))
    for line in seen.lines.get(page.number, ()):
        pen.line_box(place(line.box), line.number)
    for end in seen.ends.get(page.number, ()):
        _draw_end(pen, place(end.strip.box), end)
    draw_legend(pen, rows, bottom + EDGE)
    return sheet


def _placing(page: Page, paper: Image.Image) -> Callable[[Box], Pixels]:
    """Where a box of the upright page, in points, is on the sheet, in pixels; what lies far off the page comes near."""
    across, down = paper.width / (page.across or paper.width), paper.height / (page.down or paper.height)

    def x(value: float) -> float:
        return GUTTER + min(max(-_BEYOND, value * across), paper.width + _BEYOND)

    def y(value: float) -> float:
        return HEAD + min(max(-_BEYOND, value * down), paper.height + _BEYOND)

    return lambda box: (x(box[0]), y(box[1]), x(box[2]), y(box[3]))


def _paper(pdf: pdfium.PdfDocument, page: Page) -> tuple[Image.Image, bool]:
    """The page as it looks, upright, and whether it could be rendered; white paper where it could not."""
    width, height = page.across or _A4[0], page.down or _A4[1]
    scale = min(DPI / _POINTS, _LONGEST / max(width, height))
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


def _draw_head(pen: Ink, document: Document, page: Page, *, readable: bool) -> None:
    """Which page of which file this is, and by which program."""
    last = len(document.layout.pages)
    about = [
        say(f"第{page.number}页 共{last}页", f"page {page.number} of {last}"),
        f"{page.width:.0f} x {page.height:.0f} pt" + (f", turned {page.turned}" if page.turned else ""),
        f"sha256 {document.file.sha256[:8]}",
        f"gongwen {pipeline.__version__}",
    ]
    if not readable:
        about.append(say("本页无法显示", "cannot be rendered"))
    rest = "    ".join(["", *about])
    name = ink.plain(show(document.file.name))
    room = pen.image.width - 2 * EDGE - pen.width(rest, LABEL)
    while len(name) > 1 and pen.width(name, LABEL) > room:
        name = name[:-2] + "~"
    pen.text(EDGE, HEAD / 2, name + rest, LABEL, ink.BLACK)


def _draw_figure(pen: Ink, box: Pixels, figure: Figure) -> None:
    x0, y0, x1, y1 = box
    if figure.kind == "seal":
        pen.ellipse((x0 - 3, y0 - 3, x1 + 3, y1 + 3), ink.SEAL)
        pen.text((x0 + x1) / 2, y0 - 4, say("印章", "seal"), LABEL, ink.SEAL, "mb")
    elif figure.kind == "rule":
        pen.rule(box, red=figure.red)
    else:
        pen.cross(box, ink.GREY)


def _draw_region(pen: Ink, box: Pixels, region: Region) -> None:
    if region.block.kind == "furniture":
        pen.hatch(box, ink.GREY)
    else:
        pen.block(box, _colour(region))


def _colour(region: Region) -> Colour:
    return ink.GREY if region.block.kind == "furniture" else kind_colour(region.block.kind)


def _draw_cell(pen: Ink, box: Pixels, cell: Cell) -> None:
    """A cell with its row and column, counted from 1."""
    x0, y0, x1, y1 = box
    pen.frame((x0 + 1, y0 + 1, x1 - 1, y1 - 1), ink.CELL)
    name = f"r{_range(cell.row, cell.rows)}c{_range(cell.column, cell.columns)}"
    pen.text(x1 - 3, y1 - 2, name, SMALL, ink.CELL, "rb")


def _range(first: int, count: int) -> str:
    return str(first + 1) + (f"-{first + count}" if count > 1 else "")


def _draw_end(pen: Ink, box: Pixels, end: End) -> None:
    x, y = box[2] + 7, (box[1] + box[3]) / 2
    if end.kind == "kept":
        pen.kept(x, y)
    elif end.kind == "end":
        pen.pilcrow(x, y, sure=end.sure)
    else:
        pen.join(x, y, sure=end.sure, page=end.kind == "page")


# -- names -----------------------------------------------------------------------------------------------------------------


def _draw_labels(pen: Ink, placed: Sequence[tuple[Region, Pixels]], bottom: int) -> None:
    """The names of blocks in the gutter, a line from each to its block, and the part where another one begins."""
    labels: list[tuple[float, str, Colour, Pixels | None]] = []
    part = None
    for region, box in placed:
        block = region.block
        if block.kind != "furniture" and block.part[:2] != part:
            part = block.part[:2]
            labels.append((box[1] - STEP, _part(block), ink.GREY, None))
        labels.append((box[1] + 2, _name(region), _colour(region), box))
    heights = _spread([label[0] for label in labels], HEAD + STEP / 2, bottom - STEP / 2)
    for y, (_, text, colour, target) in zip(heights, labels, strict=True):
        if target:
            start = EDGE + pen.width(text, LABEL) + 4
            pen.dashed([(start, y), (GUTTER - 4, y), (target[0] - 3, target[1] + 2)], colour, 1, 3, 190)
        pen.text(EDGE, y, text, LABEL, colour)


def _is_left_of(box: Pixels, other: Pixels) -> bool:
    """Does a box stand before another one, at the same height?"""
    return box[2] <= other[0] and box[1] < other[3] and other[1] < box[3]


def _part(block: Block) -> str:
    number = f" {block.part.number}" if block.part.kind in ("attached", "attachment") else ""
    kind = block.part.kind
    return say(f"— {_PARTS.get(kind, kind)}{number} —", f"- {kind}{number} -")


def _name(region: Region) -> str:
    block = region.block
    level = f" {block.level}" if block.level else ""
    kind = f" {block.attributes['type']}" if "type" in block.attributes else ""
    return kind_name(block.kind) + level + kind + (say("（续）", " ...") if region.again else "")


def _spread(wanted: Sequence[float], top: float, bottom: float) -> list[float]:
    """Heights near those wanted, in their order, a step apart and within the page as far as there is room."""
    heights: list[float] = []
    for height in wanted:
        heights.append(max(height, heights[-1] + STEP if heights else top))
    limit = bottom
    for n in reversed(range(len(heights))):
        heights[n] = min(heights[n], limit)
        limit = heights[n] - STEP
    return heights
