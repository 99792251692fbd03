"""The two engines: each reads the same, one helps the other out, and where they differ a proofreader is told."""

from __future__ import annotations

import json
import struct
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from types import ModuleType

import pikepdf
import pytest

from pipeline.config import load as policy
from pipeline.document import Document, Finding
from pipeline.errors import InputError, UsageError
from pipeline.extract import pdfium, plumber
from pipeline.extract.engines import PdfFile, complete
from pipeline.extract.glyphs import Glyphs
from pipeline.extract.read import extract
from tests.conftest import ROOT, Gongwen
from tests.pdf import Pdf, Set, lines
from tests.test_extract import TWO_LINES, UPRIGHT, encrypted, with_box

LIMITS = policy().limits
ENGINES: dict[str, ModuleType] = {"pdfium": pdfium, "pdfplumber": plumber}
ANGLES = {0: "1 0 0 1", 90: "0 1 -1 0", 180: "-1 0 0 -1", 270: "0 -1 1 0"}


def read(content: Pdf | bytes, engine: str = "pdfium", *, verify: bool = False) -> Document:
    data = content.data() if isinstance(content, Pdf) else content
    return extract(Path("a.pdf"), data, LIMITS, engine, verify=verify)


def pages(data: bytes, engine: str) -> list[Glyphs | None]:
    return list(ENGINES[engine].read_pages(ENGINES[engine].open_pdf(data)))


def page(content: Pdf | bytes, engine: str = "pdfplumber") -> Glyphs:
    (glyphs,) = pages(content.data() if isinstance(content, Pdf) else content, engine)
    assert glyphs is not None
    return glyphs


def inked(glyphs: Glyphs | None) -> Counter[str]:
    assert glyphs is not None
    return Counter(c for c in glyphs.text if not c.isspace())


def found(document: Document, rule: str = "LAY-10") -> list[Finding]:
    return [finding for finding in document.findings if finding.rule == rule]


# -- the same from both -----------------------------------------------------------------------------------------------

ALLOWED: Mapping[tuple[str, int], str] = {}  # (file, page): why its characters may differ; none does


def corpora(shared: Path) -> Iterator[Path]:
    yield ROOT / "input" / "seed.pdf"
    yield from sorted((shared / "corpus").glob("*/*.pdf"))


def test_both_engines_read_the_same_characters_on_every_page_of_the_corpora(shared: Path) -> None:
    compared = 0
    for path in corpora(shared):
        data = path.read_bytes()
        for number, both in enumerate(zip(pages(data, "pdfium"), pages(data, "pdfplumber"), strict=True), 1):
            if (path.name, number) not in ALLOWED:
                first, second = map(inked, both)
                assert first == second, f"{path.name}, page {number}"
                compared += 1
    assert compared > 50


DOCUMENTS: dict[str, Callable[[], Pdf | bytes]] = {
    "plain": lambda: Pdf().page(lines(TWO_LINES)).page(lines(["末页"])),
    "two fonts": lambda: with_box(
        Pdf()
        .page([Set(80, 120, "发文"), Set(112, 120, "2022", font="hei"), Set(144, 120, "年"), Set(80, 149, "次行")])
        .data(),
        "SimHei",
        ascent=340,
        descent=-660,
    ),
    "crop box": lambda: Pdf().page(lines(TWO_LINES), entries="/CropBox [50 100 500 800]"),
    "crop box too large": lambda: Pdf().page(lines(TWO_LINES), entries="/CropBox [-50 -50 900 900]"),
    "crop box elsewhere": lambda: Pdf().page(lines(TWO_LINES), entries="/CropBox [2000 2000 2100 2100]"),
    "turned and cropped": lambda: Pdf().page(lines(TWO_LINES), entries="/Rotate 270 /CropBox [500 800 50 100]"),
    "scaled": lambda: Pdf().page(lines(TWO_LINES), drawing="0.5 0 0 0.5 0 0 cm"),
    "stretched": lambda: Pdf().page([Set(80, 120, "拉开的行", advance=24, raw="150 Tz"), Set(80, 149, "“引号”（括号）")]),
    "spaces": lambda: Pdf().page(lines(["王 东 明", "王　东　明", "a b"])),
    "raised": lambda: Pdf().page([Set(80, 120, "正文"), Set(112, 120, "1", 8, raw="5.3 Ts"), Set(116, 120, "继续")]),
    "backwards": lambda: Pdf().page([Set(144 - 16 * n, 120, c) for n, c in enumerate("倒着画的行")]),
    "printed twice": lambda: Pdf().page([Set(80, 120, "重影"), Set(80.3, 120, "重影")]),
    "hidden": lambda: Pdf().page([Set(80, 120, "隐形", raw="3 Tr"), Set(80, 149, "可见"), Set(80, 178, "剪", raw="7 Tr")]),
    "transparent": lambda: Pdf().page(
        [Set(80, 120, "透明", raw="/Clear gs"), Set(80, 149, "可见")], extra="/ExtGState << /Clear << /ca 0 >> >>"
    ),
    "off the page": lambda: Pdf().page([Set(700, 120, "页外"), Set(80, 870, "脚下"), Set(80, 149, "可见")]),
    "red rules": lambda: Pdf().page(
        lines(TWO_LINES), drawing="1 0 0 RG 2 w 80 600 m 500 600 l S 0 0 1 rg 80 500 420 3 re f"
    ),
    "table": lambda: Pdf().page(
        [Set(90, 120, "左上"), Set(190, 120, "右上"), Set(90, 160, "左下"), Set(190, 160, "右下")],
        drawing="".join(f"80 {y} 200 40 re S 80 {y} 100 40 re S " for y in (702, 662)),
    ),
    "supplementary": lambda: Pdf().page(lines(["姓名𠀀某𪛖"])),
    "ligature": lambda: Pdf().page([Set(80, 120, "o\ufb03ce \ufb01n")]),
    "without text": lambda: Pdf().page(lines(["首页"])).page([], drawing="100 100 m 200 200 l 300 100 l h f"),
    **{f"turned {n}": lambda n=n: Pdf().page(lines(TWO_LINES), entries=f"/Rotate {n}") for n in (90, 180, 270)},
    **{
        f"upright on a page turned {n}": lambda n=n: Pdf().page(
            lines(TWO_LINES), entries=f"/Rotate {n}", drawing=UPRIGHT[n]
        )
        for n in (90, 180, 270)
    },
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_both_engines_give_the_same_source_in_the_same_places(name: str) -> None:
    made = DOCUMENTS[name]()
    first, second = read(made, "pdfium"), read(made, "pdfplumber")
    assert first.source == second.source
    assert first.findings == second.findings
    for a, b in zip(first.layout.pages, second.layout.pages, strict=True):
        assert (b.number, b.span) == (a.number, a.span)
        assert (b.width, b.height) == pytest.approx((a.width, a.height), abs=0.01)
    for one, other in zip(first.layout.lines, second.layout.lines, strict=True):
        assert (other.page, other.number, other.span) == (one.page, one.number, one.span)
        assert (other.font, other.colour, other.size) == (one.font, one.colour, one.size)
        assert other.baseline == pytest.approx(one.baseline, abs=0.05)
        assert other.box == pytest.approx(one.box, abs=0.5)
    assert [(f.kind, f.red) for f in second.layout.figures] == [(f.kind, f.red) for f in first.layout.figures]
    assert [table[1:3] for table in second.layout.tables] == [table[1:3] for table in first.layout.tables]


def test_both_engines_give_the_same_source_of_the_sample(sample: Path) -> None:
    data = sample.read_bytes()
    first, second = read(data, "pdfium"), read(data, "pdfplumber")
    assert second.source == first.source
    assert [line[:3] for line in second.layout.lines] == [line[:3] for line in first.layout.lines]
    for one, other in zip(first.layout.lines, second.layout.lines, strict=True):
        assert (other.font, other.size, other.colour) == (one.font, one.size, one.colour)
        assert (other.x0, other.x1, other.baseline) == pytest.approx((one.x0, one.x1, one.baseline), abs=0.01)


# -- the second engine by itself -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("angle", ANGLES)
def test_a_glyph_has_its_origin_box_and_direction(angle: int) -> None:
    raw = f"BT /hei 20 Tf {ANGLES[angle]} 300 400 Tm <{Pdf()._code('字'):04X}> Tj ET"
    made = Pdf()
    made._code("字")
    glyphs = page(made.page([], drawing=raw))
    assert glyphs.text == ["字"]
    assert (glyphs.x[0], glyphs.y[0]) == pytest.approx((300, 441.89))
    assert glyphs.styles[glyphs.style[0]] == ("SimHei", 20.0, "black", False, angle)
    foot, head = 20 * 0.14, 20 * 0.86
    boxes = {
        0: (300, 441.89 - head, 320, 441.89 + foot),
        90: (300 - head, 421.89, 300 + foot, 441.89),
        180: (280, 441.89 - foot, 300, 441.89 + head),
        270: (300 - foot, 441.89, 300 + head, 461.89),
    }
    assert (glyphs.x0[0], glyphs.y0[0], glyphs.x1[0], glyphs.y1[0]) == pytest.approx(boxes[angle])


SPACES = (
    "/ColorSpace << /Spot [/Separation /Red /DeviceCMYK << /FunctionType 2 /Domain [0 1] /C0 [0 0 0 0] /C1 [0 1 1 0]"
    " /N 1 >>] /Lab [/Lab << /WhitePoint [0.95 1 1.09] >>] /Index [/Indexed /DeviceRGB 1 <000000FF0000>] >>"
)


@pytest.mark.parametrize(
    ("operator", "colour"),
    [
        ("", "black"),
        ("0.3 g", "black"),
        ("1 g", "white"),
        ("1 0 0 rg", "red"),
        ("0 0 1 rg", "other"),
        ("0 0 0 1 k", "black"),
        ("0 1 1 0 k", "red"),
        ("0 0 0 0 k", "white"),
        ("/DeviceRGB cs 1 0 0 sc", "red"),
        ("/Spot cs 0 scn", "white"),
        ("/Lab cs 100 0 0 scn", "white"),
        ("/Index cs 0 scn", "black"),
    ],
)
def test_colours_of_all_spaces_come_in_classes(operator: str, colour: str) -> None:
    made = Pdf().page([Set(80, 120, "字", raw=operator)], extra=SPACES)
    assert [style.colour for style in page(made).styles] == [colour]


def test_a_form_begins_with_the_state_it_is_called_in_and_leaves_none_behind() -> None:
    made = Pdf()
    inner = made._add_stream("")  # number 3; its content needs the codes of the page
    made.page([Set(80, 149, "外")], extra=f"/XObject << /Form {inner} 0 R >>", drawing="1 0 0 rg /Form Do 0 g")
    content = f"BT /fang 16 Tf 1 0 0 1 80 700 Tm <{made._code('内'):04X}> Tj ET"
    head = "<< /Type /XObject /Subtype /Form /BBox [0 0 600 850] /Matrix [1 0 0 1 10 0] /Resources << /Font << @FONTS@ >> >>"
    made.objects[0] = f"{head} /Length {len(content)} >>\nstream\n{content}\nendstream".encode()
    for engine in ENGINES:
        glyphs = page(made, engine)
        places = zip(glyphs.text, glyphs.x, (glyphs.styles[n].colour for n in glyphs.style), strict=True)
        assert list(places) == [("内", pytest.approx(90), "red"), ("外", pytest.approx(80), "black")]


def test_characters_of_one_glyph_share_its_place_and_are_not_copies_of_each_other() -> None:
    made = Pdf()
    made.codes["..."] = 2000
    glyphs = page(made.page([], drawing="BT /fang 16 Tf 1 0 0 1 80 700 Tm <07D0> Tj ET"))
    assert glyphs.text == [".", ".", "."]
    assert set(glyphs.x) == {80}


@pytest.mark.parametrize(("shift", "left"), [(0.0, 1), (0.5, 1), (2.0, 1), (3.6, 2)])
def test_a_character_printed_over_itself_is_counted_once(shift: float, left: int) -> None:
    assert len(page(Pdf().page([Set(80, 120, "重"), Set(80 + shift, 120, "重")])).text) == left


def test_two_narrow_letters_side_by_side_are_two() -> None:
    assert page(Pdf().page([Set(80, 120, "l"), Set(83.5, 120, "l")])).text == ["l", "l"]


def test_a_glyph_without_meaning_is_unmapped() -> None:
    glyphs = page(Pdf().page([Set(96, 120, "全")], drawing="BT /fang 16 Tf 1 0 0 1 80 721.89 Tm <9000> Tj ET"))
    assert (glyphs.text, glyphs.unmapped) == (["\ufffd", "全"], {0})


def test_characters_set_downwards_stand_below_each_other() -> None:
    data = Pdf().page([], drawing="BT /fang 16 Tf 1 0 0 1 80 700 Tm <03E803E9> Tj ET", entries="").data()
    data = data.replace(b"/Encoding /Identity-H", b"/Encoding /Identity-V")
    first, second = page(data, "pdfium"), page(data)
    assert len(first.text) == len(second.text) == 2
    for name in ("x", "y", "x0", "x1"):
        assert list(getattr(second, name)) == pytest.approx(list(getattr(first, name)), abs=0.01)
    assert second.y[1] - second.y[0] == pytest.approx(16)
    assert (second.y0[0], second.y1[0]) == pytest.approx((141.89, 157.89))


def test_what_is_drawn_is_seen_by_both(shared: Path) -> None:
    for path in corpora(shared):
        data = path.read_bytes()
        for first, second in zip(pages(data, "pdfium"), pages(data, "pdfplumber"), strict=True):
            assert first is not None
            assert second is not None
            assert second.drawings == first.drawings
            assert [box for image in second.images for box in image] == pytest.approx(
                [box for image in first.images for box in image], abs=0.1
            )
            assert [stroke.red for stroke in second.strokes] == [stroke.red for stroke in first.strokes]
            for one, other in zip(first.strokes, second.strokes, strict=True):
                assert other[:4] == pytest.approx(one[:4], abs=1.1)  # pdfium takes a pen to be twice as wide


# -- files it cannot read ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.7\nnothing", "truncated"),
        (b"%PDF-1.7\nnothing\n%%EOF", "unreadable"),
        (Pdf().data(), "zero pages"),
        (encrypted("secret", "secret"), "encrypted"),
        (encrypted("", "secret").replace(b"/Standard", b"/Strange1"), "unsupported"),
    ],
)
def test_what_pdfplumber_cannot_open_is_refused_each_with_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(InputError) as caught:
        read(data, "pdfplumber")
    assert caught.value.reason == reason
    assert "\n" not in str(caught.value)


def test_a_pdf_that_anybody_may_open_is_read_by_pdfplumber() -> None:
    assert read(encrypted("", "secret"), "pdfplumber").source == "中华全国总工会\n第二行abc 12"


def broken_second_page() -> bytes:
    """Pages whose second has a content stream that only pdfium can make sense of."""
    out = BytesIO()
    with pikepdf.open(BytesIO(Pdf().page(lines(["首页"])).page(lines(["末页"])).data())) as pdf:
        pdf.pages[1].obj.Resources.Font.fang.ToUnicode = pikepdf.Name("/Nothing")
        del pdf.pages[1].obj.Resources.Font.fang["/Encoding"]
        pdf.save(out)
    return out.getvalue()


def test_a_page_the_second_engine_cannot_read_is_reported_and_no_reason_to_stop() -> None:
    class Broken(Glyphs):
        pass

    data = Pdf().page(lines(["首页"])).page(lines(["末页"])).data()
    data = data.replace(b"/Type /Page /Parent", b"/Type /Page /Rotate (x) /Parent", 1)
    assert pages(data, "pdfium")[1] is not None
    document = read(data, verify=True)
    assert document.source == "首页\f末页"
