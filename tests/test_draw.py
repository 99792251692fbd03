"""Pictures of the pages: what is drawn where, which pages, and how the command line puts them in place."""

from __future__ import annotations

import math
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Dictionary, Name
from PIL import Image

from pipeline import ink
from pipeline.batch import Job
from pipeline.config import load
from pipeline.document import Box, Document
from pipeline.draw import DPI, GUTTER, HEAD, draw, write
from pipeline.errors import InputError, UsageError
from pipeline.seen import line_ends, regions, strips
from pipeline.stages import process
from tests.conftest import Gongwen
from tests.pdf import Pdf, Set, lines

CONFIG = load()
HEIGHT = 841.89
FULL = "各级工会要进一步提升政治站位把深入学习宣传贯彻贺信精神作"
Colour = tuple[int, ...]


def pictures_of(document: Document, data: bytes, pages: Sequence[int] = ()) -> dict[int, bytes]:
    """The pictures of pages by their number."""
    return dict(draw(document, data, pages))


@cache
def processed(data: bytes, name: str = "t.pdf") -> Document:
    return process(Path(name), data, CONFIG)


def drawn(data: bytes, number: int = 1) -> Picture:
    document = processed(data)
    return Picture(document, number, pictures_of(document, data, [number])[number])


class Picture:
    """A drawing, asked about in points of its page."""

    def __init__(self, document: Document, number: int, data: bytes) -> None:
        self.page = document.layout.pages[number - 1]
        self.image = Image.open(BytesIO(data))
        self.scale = round(self.page.across * DPI / 72) / self.page.across

    def crop(self, box: Box) -> Image.Image:
        x0, y0, x1, y1 = box
        corners = (GUTTER + x0 * self.scale, HEAD + y0 * self.scale, GUTTER + x1 * self.scale, HEAD + y1 * self.scale)
        return self.image.crop((int(corners[0]), int(corners[1]), int(corners[2]) + 1, int(corners[3]) + 1))

    def colours(self, box: Box) -> Counter[Colour]:
        """How many pixels of a box have each colour."""
        crop = self.crop(box)
        return Counter({c: n for n, c in crop.getcolors(crop.width * crop.height) or () if isinstance(c, tuple)})

    def count(self, colour: Colour, box: Box) -> int:
        """How many pixels of a box have a colour, give or take what smooth edges make of it."""
        return sum(n for c, n in self.colours(box).items() if math.dist(c, colour) < 60)

    def near(self, colour: Colour, x: float, y: float, reach: float = 3.0) -> bool:
        return self.count(colour, (x - reach, y - reach, x + reach, y + reach)) > 0

    def dark(self, box: Box) -> int:
        """How many pixels of a box are grey and dark, as type is under the pale."""
        return sum(n for c, n in self.colours(box).items() if max(c) < 120 and max(c) - min(c) < 30)


def grid(xs: list[float], ys: list[float], without: tuple[Box, ...] = ()) -> str:
    """The drawing of a ruled table; ``without`` are edges left out."""
    edges = [(a, y, b, y) for y in ys for a, b in pairwise(xs)] + [(x, a, x, b) for x in xs for a, b in pairwise(ys)]
    return "0.5 w 0 0 0 RG " + "".join(
        f"{a} {HEIGHT - b} m {c} {HEIGHT - d} l S " for a, b, c, d in edges if (a, b, c, d) not in without
    )


def circle(x: float, y: float, radius: float) -> str:
    """The drawing of a red circle, such as a seal has."""
    y, k = HEIGHT - y, 0.5523 * radius
    r = radius
    return (
        f"q 1 0 0 RG 3 w {x + r} {y} m {x + r} {y + k} {x + k} {y + r} {x} {y + r} c "
        f"{x - k} {y + r} {x - r} {y + k} {x - r} {y} c {x - r} {y - k} {x - k} {y - r} {x} {y - r} c "
        f"{x + k} {y - r} {x + r} {y - k} {x + r} {y} c s Q "
    )


def notice() -> bytes:
    """Two pages: a title, addressees, a paragraph over the page end; a table, a signature with its seal; page numbers."""
    first = [
        Set(160, 110, "关于做好防汛工作的通知", 22, "title"),
        *lines(["各市总工会：", "　　" + FULL[:25], FULL[:27], FULL[1:]], y=160),
        Set(285, 800, "— 1 —", 14),
    ]
    second = [
        *lines([FULL[2:], "成。"]),
        *lines(["序号", "单位名称"], 85, 220, 14, size=12),
        Set(305, 220, "江州省", 12),
        Set(305, 260, "临江市", 12),
        *lines(["江州省总工会", "2024年4月28日"], 340, 420),
        Set(285, 800, "— 2 —", 14),
    ]
    drawing = grid([80, 300, 520], [200, 240, 280]) + circle(390, 430, 60)
    return Pdf().page(first).page(second, drawing=drawing).data()


@pytest.fixture(scope="module")
def first() -> Picture:
    return drawn(notice(), 1)


@pytest.fixture(scope="module")
def second() -> Picture:
    return drawn(notice(), 2)


# -- what is drawn where -------------------------------------------------------------------------------------------------


def test_the_page_stands_between_gutter_head_and_legend(first: Picture) -> None:
    assert first.image.format == "PNG"
    width, height = first.image.size
    assert width >= GUTTER + 595 * DPI / 72
    assert height >= HEAD + 842 * DPI / 72 + 2 * ink.STEP
    assert first.image.getpixel((GUTTER + 5, HEAD + 5)) == ink.WHITE
    assert first.image.getpixel((GUTTER - 5, HEAD + 5)) != ink.WHITE


def test_every_block_has_an_outline_in_the_colour_of_its_kind_and_its_name_in_the_gutter(first: Picture) -> None:
    data = notice()
    document = processed(data)
    for block in document.blocks:
        for region in regions(document, block):
            if region.page != 1 or block.kind == "furniture":
                continue
            x0, y0, x1, y1 = region.box
            colour = ink.kind_colour(block.kind)
            for x, y in (((x0 + x1) / 2, y0 - 1), ((x0 + x1) / 2, y1 + 1), (x1 + 1, (y0 + y1) / 2)):
                assert first.near(colour, x, y), (block.kind, x, y)
            assert first.count(colour, (-110, y0 - 8, -20, y0 + 12)) > 20, block.kind


def test_kinds_that_stand_together_differ_in_colour() -> None:
    kinds = ["title", "addressees", "p", "heading", "signature", "date", "attachment-note", "table"]
    colours = [ink.kind_colour(kind) for kind in kinds]
    assert len({*colours}) == len(kinds)
    assert ink.kind_colour("no such kind") == ink.BLACK


@pytest.mark.parametrize(
    "entries", ["", "/Rotate 90", "/Rotate 180", "/Rotate 270", "/UserUnit 2", "/CropBox [50 60 560 800]"]
)
def test_the_boxes_of_the_lines_lie_on_their_ink(entries: str) -> None:
    data = Pdf().page(lines(["　　" + FULL[:25], FULL[:27], "完。"]), entries=entries).data()
    document = processed(data)
    picture = Picture(document, 1, pictures_of(document, data)[1])
    em = document.layout.lines[0].size
    for line in document.layout.lines:
        x0, y0, x1, y1 = line.box
        for x in (x0, x1 - em):  # its first and its last character
            assert picture.dark((x + 1, y0 + 2, x + em - 1, y1 - 1)) > 10, (entries, line.number)
        assert picture.dark((x0 + 1, y1 + 2, x1 - 1, y1 + em / 3)) == 0  # between two lines


def test_every_line_has_its_box_and_its_number(first: Picture) -> None:
    lines_ = [line for line in processed(notice()).layout.lines if line.page == 1]
    for line in lines_:
        x0, y0, _, y1 = line.box
        middle = (y0 + y1) / 2
        number = first.colours((x0 - 14, middle - 5, x0 - 3, middle + 5))
        assert any(blue - red > 40 for red, _, blue in number), line.number


def test_a_join_is_an_arrow_at_the_line_end_and_a_paragraph_end_a_pilcrow(first: Picture) -> None:
    document = processed(notice())
    ends = [end for end in line_ends(document) if end.strip.line.page == 1]
    assert [(end.strip.line.number, end.kind) for end in ends] == [
        (1, "end"),
        (2, "end"),
        (3, "join"),
        (4, "join"),
        (5, "page"),
    ]
    for end in ends:
        x, y0, y1 = end.strip.box[2], end.strip.box[1], end.strip.box[3]
        beside = (x + 4, y0, x + 16, y1 + 3)
        assert (first.count(ink.CERTAIN, beside) > 20) == (end.kind in ("join", "page")), end
        assert (first.count(ink.GREY, beside) > 20) == (end.kind == "end"), end


def test_a_likely_join_is_broken_and_a_doubtful_end_marked() -> None:
    likely = Pdf().page(lines([FULL[:20] + "。", FULL[1:21] + "。", FULL[2:22] + "。"] * 2)).data()
    picture = drawn(likely)
    ends = line_ends(processed(likely))
    assert {(end.kind, end.sure) for end in ends} == {("join", False), ("end", True)}
    box = ends[0].strip.box
    beside = (box[2] + 4, box[1], box[2] + 24, box[3])
    assert picture.count(ink.LIKELY, beside) > 15
    assert picture.count(ink.CERTAIN, beside) == 0

    doubtful = Pdf().page(lines(["　　" + FULL[:24], FULL[:26], *[FULL] * 4, FULL[:9] + "。"])).data()
    unsure = [end for end in line_ends(processed(doubtful)) if not end.sure]
    assert {end.kind for end in unsure} == {"end"}
    box = unsure[0].strip.box
    assert drawn(doubtful).count(ink.DOUBTFUL, (box[2] + 4, box[1], box[2] + 24, box[3])) > 15


def test_furniture_is_hatched_and_in_no_block_colour(first: Picture) -> None:
    document = processed(notice())
    box = next(r.box for block in document.blocks if block.kind == "furniture" for r in regions(document, block))
    colours = first.colours((box[0] + 1, box[1] + 1, box[2] - 1, box[3] - 1))
    assert len(colours) > 3
    assert all(max(c) - min(c) < 60 for c in colours)
    assert first.count(ink.GREY, box) > 40


def test_the_cells_of_a_table_are_framed_and_numbered(second: Picture) -> None:
    document = processed(notice())
    (table,) = document.layout.tables
    assert len(table.cells) == 4
    for cell in table.cells:
        x0, y0, x1, y1 = cell.box
        assert second.near(ink.CELL, (x0 + x1) / 2, y0 + 1)
        assert second.near(ink.CELL, (x0 + x1) / 2, y1 - 1)
        assert second.count(ink.CELL, (x1 - 20, y1 - 9, x1 - 3, y1 - 3)) > 5
    corners = {second.crop((c.box[2] - 20, c.box[3] - 9, c.box[2] - 3, c.box[3] - 3)).tobytes() for c in table.cells}
    assert len(corners) == 4


def test_a_break_that_a_cell_keeps_is_marked(second: Picture) -> None:
    kept = [end for end in line_ends(processed(notice())) if end.kind == "kept"]
    assert [end.strip.line.page for end in kept] == [2]
    x, y0, y1 = kept[0].strip.box[2], kept[0].strip.box[1], kept[0].strip.box[3]
    assert second.count(ink.GREY, (x + 3, y0 - 1, x + 12, y1 + 1)) > 15


def test_a_seal_is_circled(second: Picture) -> None:
    for x, y in ((330, 430), (450, 430), (390, 370), (390, 490)):
        assert second.near(ink.SEAL, x, y, 5)
    assert not second.near(ink.SEAL, 390, 400, 5)


def test_rules_are_told_by_colour() -> None:
    red, black = "1 0 0 RG 2 w 80 600 m 500 600 l S ", "0 0 0 RG 1 w 80 500 m 500 500 l S "
    picture = drawn(Pdf().page(lines(["　　特此通知。"]), drawing=red + black).data())
    for y, told in ((HEIGHT - 600, ink.RED_RULE), (HEIGHT - 500, ink.RULE)):
        assert any(math.dist(c, told) < 150 for c in picture.colours((300, y - 3, 300, y + 3)))


def test_a_run_in_heading_is_underlined() -> None:
    texts = ["　　一、提高认识。" + FULL[:17], FULL[:27], "　　二、压实责任。" + FULL[:17], FULL[:9] + "。"]
    document = processed(data := Pdf().page(lines(texts)).data())
    heads = [strip for mark in document.marks if mark.kind == "run-in" for strip in strips(document, [mark.span])]
    assert len(heads) == 2
    picture = Picture(document, 1, pictures_of(document, data)[1])
    for head in heads:
        x0, _, x1, y1 = head.box
        assert picture.count(ink.kind_colour("heading"), (x0, y1 - 2, x1, y1 + 2)) > 100


def test_a_picture_is_crossed_out() -> None:
    pdf = Pdf()
    pdf.page(lines(["　　特此通知。"]), extra=pdf.image(), drawing="q 100 0 0 100 200 300 cm /Im Do Q")
    assert drawn(pdf.data()).near(ink.GREY, 200, HEIGHT - 350)


def test_blocks_side_by_side_each_have_their_name() -> None:
    left = [f"左栏第{n}行的文字内容很多" for n in "一二三四五六七八"]
    right = [f"右栏第{n}行的文字内容很多" for n in "一二三四五六七八"]
    data = Pdf().page([*lines(left, x=80, size=14), *lines(right, x=330, size=14)]).data()
    document = processed(data)
    found = [region for block in document.blocks for region in regions(document, block)]
    assert {region.box[0] < 300 for region in found} == {True, False}
    assert not any(region.box[0] < 300 < region.box[2] for region in found), "a region over both columns"
    picture = Picture(document, 1, pictures_of(document, data)[1])
    last = next(region for region in found if region.box[0] > 300)
    colour = ink.kind_colour(last.block.kind)
    assert picture.count(colour, (last.box[0], last.box[1] - 12, last.box[0] + 30, last.box[1] - 5)) > 10


# -- line ends and regions -----------------------------------------------------------------------------------------------


def test_every_join_is_seen_once(sample: Path) -> None:
    document = processed(sample.read_bytes())
    kinds = [end.kind for end in line_ends(document)]
    rules = [edit.rule for edit in document.edits]
    assert (kinds.count("join"), kinds.count("page")) == (rules.count("LAY-01"), rules.count("LAY-02"))
    assert kinds.count("end") == len([b for b in document.blocks if b.kind not in ("furniture", "cell", "table")])


def test_a_paragraph_over_a_page_end_has_a_region_on_each_page() -> None:
    document = processed(notice())
    block = next(block for block in document.blocks if block.kind == "p")
    assert [(region.page, region.again) for region in regions(document, block)] == [(1, False), (2, True)]


# -- which pages ---------------------------------------------------------------------------------------------------------


def test_pages_come_in_order_each_once_and_alike(sample: Path) -> None:
    data = sample.read_bytes()
    document = processed(data)
    every = pictures_of(document, data)
    assert [*every] == [1, 2, 3, 4, 5, 6]
    some = pictures_of(process(Path("t.pdf"), data, CONFIG), data, [6, 1, 6])
    assert [*some] == [1, 6]
    assert some == {number: every[number] for number in some}, "the same page, other bytes"


@pytest.mark.parametrize("number", [0, -1, 3])
def test_a_page_that_is_not_there_is_named_with_those_that_are(number: int) -> None:
    data = notice()
    with pytest.raises(UsageError, match=rf"^has no page {number}; its pages are 1 to 2$"):
        pictures_of(processed(data), data, [1, number])


def test_the_only_page_is_named() -> None:
    data = Pdf().page(lines(["　　特此通知。"])).data()
    with pytest.raises(UsageError, match="its only page is 1"):
        pictures_of(processed(data), data, [2])


def test_a_text_has_no_pages_to_draw() -> None:
    data = "特此通知。\n".encode()
    with pytest.raises(InputError, match="is a text file") as caught:
        pictures_of(processed(data, "t.txt"), data)
    assert (caught.value.reason, caught.value.exit_code) == ("not a PDF", 3)


# -- odd pages -----------------------------------------------------------------------------------------------------------


def test_a_page_that_cannot_be_rendered_is_drawn_on_white_paper() -> None:
    document = processed(notice())
    broken = Pdf().page(lines(["　　特此通知。"])).data()  # has no second page
    picture = Picture(document, 2, pictures_of(document, broken, [2])[2])
    line = document.layout.lines[-2]
    assert picture.dark((line.x0 + 2, line.y0 + 2, line.x1 - 2, line.y1 - 2)) == 0
    assert picture.near(ink.SEAL, 330, 430, 5)


def test_what_was_typed_into_a_form_is_shown() -> None:
    out = BytesIO()
    with pikepdf.open(BytesIO(Pdf().page(lines(["　　特此通知。"])).data())) as pdf:
        ink_of_field = pdf.make_stream(b"0 0 100 40 re f", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 100, 40])
        field = pdf.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Widget,
                FT=Name.Tx,
                T="name",
                V="x",
                F=4,
                Rect=[200, 400, 300, 440],
                AP=Dictionary(N=ink_of_field),
            )
        )
        pdf.pages[0].Annots = pdf.make_indirect([field])
        pdf.Root.AcroForm = pdf.make_indirect(Dictionary(Fields=[field]))
        pdf.save(out)
    assert drawn(out.getvalue()).dark((210, HEIGHT - 435, 290, HEIGHT - 405)) > 1000


@pytest.mark.parametrize("size", [(20.0, 20.0), (14400.0, 14400.0), (3.0, 14400.0)])
def test_a_page_of_any_size_is_drawn(size: tuple[float, float]) -> None:
    width, height = size
    data = Pdf(width, height).page([Set(1, height / 2, "文", 2)]).data()
    image = Image.open(BytesIO(pictures_of(processed(data), data)[1]))
    assert max(image.size) < 3500


def test_what_lies_far_off_the_page_costs_nothing() -> None:
    data = (
        Pdf().page([*lines(["　　特此通知。"]), Set(900_000, 300, "远处", 16), Set(100, -800_000, "远处", 16)]).data()
    )
    document = processed(data)
    begin = time.process_time()
    pictures_of(document, data)
    assert time.process_time() - begin < 5


@pytest.fixture
def _no_cjk_font(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(ink, "_FONTS", ())
    ink.cjk_font.cache_clear()
    ink.font.cache_clear()
    yield
    ink.cjk_font.cache_clear()
    ink.font.cache_clear()


@pytest.mark.usefixtures("_no_cjk_font")
def test_without_a_chinese_font_names_are_latin() -> None:
    assert ink.kind_name("title") == "title"
    assert ink.plain("通知.pdf") == r"\u901a\u77e5.pdf"
    data = notice()
    document = processed(data, "通知.pdf")
    picture = Picture(document, 1, pictures_of(document, data)[1])
    box = next(r.box for block in document.blocks if block.kind == "title" for r in regions(document, block))
    assert picture.count(ink.kind_colour("title"), (-110, box[1] - 8, -20, box[1] + 12)) > 10


@pytest.mark.usefixtures("_no_cjk_font")
def test_the_first_font_that_is_there_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ink, "_FONTS", (("no such font.ttf", 0), ("DejaVuSans.ttf", 0)))
    ink.cjk_font.cache_clear()
    assert ink.cjk_font() in (("DejaVuSans.ttf", 0), None)


def test_a_long_name_leaves_room_for_the_rest_of_the_head() -> None:
    data = Pdf().page(lines(["　　特此通知。"])).data()
    pictures = [Image.open(BytesIO(pictures_of(processed(data, "n" * n + ".pdf"), data)[1])) for n in (200, 201)]
    heads = [picture.crop((0, 0, picture.width, HEAD - 2)) for picture in pictures]
    assert heads[0].tobytes() == heads[1].tobytes()
    edge = heads[0].crop((heads[0].width - 4, 0, heads[0].width, HEAD - 2))
    assert len(edge.getcolors() or ()) == 1, "the head runs over the edge"


def test_terms_are_shortened_to_fit() -> None:
    assert ink.kind_name("furniture") in ("页面附属文字", "furniture")


# -- putting pictures in place -------------------------------------------------------------------------------------------


def test_own_pictures_are_replaced_and_others_refused(tmp_path: Path) -> None:
    data = notice()
    job = Job(tmp_path / "a.pdf", tmp_path / "seen" / "a")
    pictures = pictures_of(processed(data), data)
    ours, theirs = tmp_path / "seen/a.page-1.png", tmp_path / "seen/a.page-2.png"
    assert [*write(job, pictures.items())] == [ours, theirs]
    theirs.write_bytes(b"something else")
    written = write(job, reversed(pictures.items()))
    with pytest.raises(InputError, match=r"would overwrite .*a\.page-2\.png") as caught:
        next(written)
    assert caught.value.reason == "unwritable"
    assert theirs.read_bytes() == b"something else"
    assert [*write(job, [(1, pictures[1])])] == [ours]
    assert {path.name for path in ours.parent.iterdir()} == {ours.name, theirs.name}


def test_a_name_that_cannot_be_looked_at_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        next(write(Job(tmp_path / "a.pdf", tmp_path / ("n" * 250)), [(1, b"")]))


# -- the command line ----------------------------------------------------------------------------------------------------


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_draw_writes_a_picture_a_page_and_names_each(gongwen: Gongwen, tmp_path: Path) -> None:
    data = notice()
    (tmp_path / "a.pdf").write_bytes(data)
    result = gongwen("draw", "a.pdf", "-o", "seen")
    assert (result.stdout, result.stderr, result.returncode) == ("seen/a.page-1.png\nseen/a.page-2.png\n", "", 0)
    assert files(tmp_path / "seen") == ["a.page-1.png", "a.page-2.png"]
    expected = pictures_of(processed(data, "a.pdf"), data)
    assert (tmp_path / "seen/a.page-2.png").read_bytes() == expected[2]
    again = gongwen("draw", "a.pdf", "-o", "seen", "--page", "2", PYTHONHASHSEED="7", TZ="UTC5")
    assert (again.stdout, again.returncode) == ("seen/a.page-2.png\n", 0)
    assert (tmp_path / "seen/a.page-2.png").read_bytes() == expected[2]


ODD = ["two\nlines.pdf", "-通知 (全文) 'a' \"b\" $HOME;*.PDF", "长" * 80 + ".pdf", "名" + "n" * 238 + ".pdf"]


@pytest.mark.parametrize("name", ODD)
def test_odd_names_are_as_good_as_any(gongwen: Gongwen, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(Pdf().page(lines(["　　特此通知。"])).data())
    result = gongwen("draw", "-o", "seen", "--", name)
    assert (result.stderr, result.returncode) == ("", 0)
    assert result.stdout.count("\n") == 1
    (written,) = files(tmp_path / "seen")
    assert written.startswith(name[:50].removesuffix(".pdf").removesuffix(".PDF"))
    assert written.endswith(".page-1.png")


@pytest.mark.parametrize(
    ("arguments", "message", "code"),
    [
        (("a.pdf", "--page", "9"), "a.pdf: has no page 9; its pages are 1 to 2", 2),
        (("a.pdf", "--page", "x"), "Invalid value for '--page': 'x' is not a valid integer; see gongwen --help", 2),
        (("a.pdf", "--config", "no.toml"), "no.toml: cannot be read: No such file or directory; check --config", 2),
        ((), "Missing argument 'FILE'; see gongwen --help", 2),
        (("t.txt",), "t.txt: is a text file, which has no pages to draw; give the PDF it was made from", 3),
        (("n\u202eo.pdf",), r"n\u202eo.pdf: does not exist; check the name", 3),
        (("bad.pdf",), "bad.pdf: breaks off before its end; fetch it again", 3),
        (
            ("a.pdf", "-o", "t.txt"),
            "a.pdf: t.txt cannot be written to: File exists; make room or choose another folder",
            3,
        ),
    ],
)
def test_what_cannot_be_drawn_is_one_line(
    gongwen: Gongwen, tmp_path: Path, arguments: tuple[str, ...], message: str, code: int
) -> None:
    data = notice()
    (tmp_path / "a.pdf").write_bytes(data)
    (tmp_path / "bad.pdf").write_bytes(data[:2000])
    (tmp_path / "t.txt").write_text("特此通知。\n")
    result = gongwen("draw", *arguments)
    assert (result.stdout, result.stderr, result.returncode) == ("", f"gongwen: {message}\n", code)
    assert files(tmp_path) == ["a.pdf", "bad.pdf", "t.txt"]


def test_somebody_elses_picture_is_left_alone(gongwen: Gongwen, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(notice())
    theirs = BytesIO()
    Image.new("RGB", (3, 3)).save(theirs, "PNG")
    (tmp_path / "a.page-1.png").write_bytes(theirs.getvalue())
    result = gongwen("draw", "a.pdf", "-o", ".")
    assert (
        result.stderr
        == "gongwen: a.pdf: would overwrite a.page-1.png, which this program did not write; move it away\n"
    )
    assert result.returncode == 3
    assert (tmp_path / "a.page-1.png").read_bytes() == theirs.getvalue()
    assert files(tmp_path) == ["a.page-1.png", "a.pdf"]
