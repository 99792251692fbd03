"""The two engines: each reads the same, one helps the other out, and where they differ a proofreader is told."""

from __future__ import annotations

import json
import re
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
from pipeline.extract.engines import complete
from pipeline.extract.glyphs import Glyphs
from pipeline.extract.read import extract
from pipeline.extract.units import user_units
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
    document = ENGINES[engine].open_pdf(data)
    return [ENGINES[engine].read_page(document, number) for number in range(1, len(document) + 1)]


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


SEAL = "1 0 0 rg 130 300 m 130 316.6 116.6 330 100 330 c 83.4 330 70 316.6 70 300 c 70 283.4 83.4 270 100 270 c 116.6 270 130 283.4 130 300 c f"


def illustrated(entries: str = "") -> Pdf:
    """A page with a line of text, a picture, a seal and a red rule."""
    made = Pdf()
    picture = "q 200 0 0 100 40 40 cm /Im Do Q"
    return made.page(
        lines(["中华全国总工会"]),
        extra=made.image(),
        entries=entries,
        drawing=f"{picture} {SEAL} 1 0 0 RG 1 w 80 600 m 500 600 l S",
    )


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
    "turned and cropped": lambda: Pdf().page(lines(TWO_LINES), entries="/Rotate 270 /CropBox [500 800 50 100]"),
    "scaled": lambda: Pdf().page(lines(TWO_LINES), drawing="0.5 0 0 0.5 0 0 cm"),
    "stretched": lambda: Pdf().page(
        [Set(80, 120, "拉开的行", advance=24, raw="150 Tz"), Set(80, 149, "“引号”（括号）")]
    ),
    "spaces": lambda: Pdf().page(lines(["王 东 明", "王　东　明", "a b"])),
    "raised": lambda: Pdf().page([Set(80, 120, "正文"), Set(112, 120, "1", 8, raw="5.3 Ts"), Set(116, 120, "继续")]),
    "backwards": lambda: Pdf().page([Set(144 - 16 * n, 120, c) for n, c in enumerate("倒着画的行")]),
    "printed twice": lambda: Pdf().page([Set(80, 120, "重影"), Set(80.3, 120, "重影")]),
    "hidden": lambda: Pdf().page(
        [Set(80, 120, "隐形", raw="3 Tr"), Set(80, 149, "可见"), Set(80, 178, "剪", raw="7 Tr")]
    ),
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
    "drawings": illustrated,
    "drawings on a turned page": lambda: illustrated("/Rotate 90 /CropBox [20 20 500 800]"),
    "ends of lines": lambda: Pdf().page([Set(80, 120, "甲\n乙\x0c丙\r")]),
    "supplementary": lambda: Pdf().page(lines(["姓名𠀀某𪛖"])),
    "ligature": lambda: Pdf().page([Set(80, 120, "甲\ufb03乙\ufb01丙")]),
    "without text": lambda: Pdf().page(lines(["首页"])).page([], drawing="S 100 100 m 200 200 l 300 100 l h f"),
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
    for drawn, again in zip(first.layout.figures, second.layout.figures, strict=True):
        assert (again.kind, again.red) == (drawn.kind, drawn.red)
        assert again.box == pytest.approx(drawn.box, abs=1.1)  # pdfium takes a pen to be twice as wide
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
        assert sorted(places) == [("内", pytest.approx(90), "red"), ("外", pytest.approx(80), "black")]


def test_characters_of_one_glyph_share_its_place_and_are_not_copies_of_each_other() -> None:
    data = Pdf().page([Set(80, 120, "𠀀")]).data().replace(b"<D840DC00>", b"<002E002E>")
    for engine in ENGINES:
        glyphs = page(data, engine)
        assert glyphs.text == [".", "."]
        assert list(glyphs.x) == pytest.approx([80, 80])


@pytest.mark.parametrize(("shift", "left"), [(0.0, 1), (0.5, 1), (2.0, 1), (3.6, 2)])
def test_a_character_printed_over_itself_is_counted_once(shift: float, left: int) -> None:
    assert len(page(Pdf().page([Set(80, 120, "重"), Set(80 + shift, 120, "重")])).text) == left


def test_two_narrow_letters_side_by_side_are_two() -> None:
    assert page(Pdf().page([Set(80, 120, "l"), Set(83.5, 120, "l")])).text == ["l", "l"]


def test_a_glyph_without_meaning_is_unmapped() -> None:
    glyphs = page(Pdf().page([Set(96, 120, "全")], drawing="BT /fang 16 Tf 1 0 0 1 80 721.89 Tm <9000> Tj ET"))
    assert (glyphs.text, glyphs.unmapped) == (["\ufffd", "全"], {0})


def test_a_character_infinitely_far_away_does_no_harm() -> None:
    made = Pdf()
    far = f"BT /fang 1 Tf 1 0 0 1 {'9' * 308} 700 Tm <{made._code('远'):04X}> Tj ET"
    assert page(made.page(lines(["近"]), drawing=far)).text == ["远", "近"]


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
                assert other[:4] == pytest.approx(one[:4], abs=1.1)


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


# -- one helps the other out ---------------------------------------------------------------------------------------------


def sfnt(glyphs: Mapping[int, str], count: int) -> bytes:
    """A TrueType font of ``count`` glyphs, all the same triangle, with a table of what some of them stand for."""

    def words(*values: int) -> bytes:
        return struct.pack(f">{len(values)}H", *values)

    segments = [*sorted((ord(c), (glyph - ord(c)) & 0xFFFF) for glyph, c in glyphs.items()), (0xFFFF, 1)]
    codes, deltas = zip(*segments, strict=True)
    body = words(2 * len(codes), 0, 0, 0, *codes, 0, *codes, *deltas, *([0] * len(codes)))
    triangle = struct.pack(">hhhhhHH3B6hx", 1, 0, 0, 1000, 800, 2, 0, 1, 1, 1, 0, 1000, 0, 0, 0, 800)
    triangle += bytes(-len(triangle) % 4)
    tables = {
        b"cmap": words(0, 1, 3, 1, 0, 12, 4, len(body) + 6, 0) + body,
        b"glyf": triangle * count,
        b"head": struct.pack(
            ">LLLLHHQQ4hHHhhh", 65536, 65536, 0, 0x5F0F3CF5, 0, 1000, 0, 0, 0, 0, 1000, 800, 0, 8, 2, 1, 0
        ),
        b"hhea": struct.pack(">LhhhH11hH", 65536, 880, -120, 0, 1000, 0, 0, 1000, 1, *([0] * 7), 1),
        b"hmtx": struct.pack(">Hh", 1000, 0) + bytes(2 * (count - 1)),
        b"loca": struct.pack(f">{count + 1}L", *(n * len(triangle) for n in range(count + 1))),
        b"maxp": struct.pack(">L14H", 65536, count, 4, 1, 0, 0, 1, *([0] * 8)),
    }
    head, data = words(1, 0, len(tables), 64, 2, 48), b""
    for tag, table in tables.items():
        head += struct.pack(">4sLLL", tag, 0, 12 + 16 * len(tables) + len(data), len(table))
        data += table + bytes(-len(table) % 4)
    return head + data


def nameless(made: Pdf, known: str) -> bytes:
    """The document with an embedded font instead of any table of characters; the font itself knows some of them."""
    out = BytesIO()
    with pikepdf.open(BytesIO(made.data())) as pdf:
        table = {code: c for c, code in made.codes.items() if c in known}
        font = pdf.make_stream(sfnt(table, max(made.codes.values()) + 1))
        for thing in list(pdf.objects):
            if not isinstance(thing, pikepdf.Dictionary):
                continue
            if thing.get("/Subtype") == "/Type0":
                del thing["/ToUnicode"]
            elif thing.get("/Subtype") == "/CIDFontType0":
                thing.Subtype, thing.CIDToGIDMap = pikepdf.Name("/CIDFontType2"), pikepdf.Name("/Identity")
                thing.CIDSystemInfo.Ordering = pikepdf.String("Identity")
                thing.FontDescriptor.FontFile2 = font
        pdf.save(out)
    return out.getvalue()


def test_what_one_engine_does_not_know_is_read_by_the_other() -> None:
    data = nameless(Pdf().page(lines(["中华全国总工会"])).page(lines(["工会工作"])), "中华国总工会")
    assert page_texts(data) == [["\ufffd"] * 7, ["\ufffd"] * 4]
    document = read(data)
    assert document.source == "中华\ufffd国总工会\f工会工\ufffd"
    assert [(f.rule, f.found) for f in document.findings if f.rule == "LAY-09"] == [("LAY-09", "1"), ("LAY-09", "1")]
    assert read(data, verify=True).source == document.source
    assert found(read(data, verify=True)) == []


def page_texts(data: bytes, engine: str = "pdfium") -> list[list[str]]:
    return [glyphs.text for glyphs in pages(data, engine) if glyphs]


def test_a_document_read_whole_by_the_other_engine_has_nothing_to_report() -> None:
    document = read(nameless(Pdf().page(lines(["中华全国总工会"])), "中华全国总工会"))
    assert (document.source, document.findings) == ("中华全国总工会", ())


def one(text: str, x: float, y: float = 100.0) -> Glyphs:
    """A page with the characters of one glyph of 10 points, unmapped if it is U+FFFD."""
    glyphs = page(Pdf().page([Set(50, 700, "底", 10)]))
    for c in text:
        glyphs.text.append(c)
        glyphs.style.append(0)
        for values, value in zip(
            (glyphs.x, glyphs.y, glyphs.x0, glyphs.y0, glyphs.x1, glyphs.y1), (x, y) * 3, strict=True
        ):
            values.append(value)
    glyphs.unmapped = frozenset(i for i, c in enumerate(glyphs.text) if c == "\ufffd")
    return glyphs


@pytest.mark.parametrize(
    ("text", "shift", "read_as"),
    [
        ("甲", 0.0, ["甲"]),
        ("甲", 2.9, ["甲"]),
        ("甲", 3.1, ["\ufffd"]),
        ("甲", float("nan"), ["\ufffd"]),
        ("fi", 0.0, ["f", "i"]),
        ("\ufffd", 0.0, ["\ufffd"]),
        ("\ue5e5", 0.0, ["\ufffd"]),
        ("\x01", 0.0, ["\ufffd"]),
    ],
)
def test_a_character_is_taken_over_from_the_same_place_where_it_means_something(
    text: str, shift: float, read_as: list[str]
) -> None:
    glyphs = one("\ufffd", 100)
    complete(glyphs, one(text, 100 + shift))
    assert glyphs.text == ["底", *read_as]
    assert glyphs.unmapped == ({1} if read_as == ["\ufffd"] else set())
    assert len({len(values) for values in (glyphs.text, glyphs.style, glyphs.x, glyphs.y, glyphs.x0, glyphs.y1)}) == 1


def test_the_nearest_character_is_taken() -> None:
    glyphs, other = one("\ufffd", 100), one("远", 102)
    for values, value in zip(
        (other.x, other.y, other.x0, other.y0, other.x1, other.y1), (101.0, 100.0) * 3, strict=True
    ):
        values.append(value)
    other.text.append("近")
    other.style.append(0)
    complete(glyphs, other)
    assert glyphs.text == ["底", "近"]


def imported(code: str) -> str:
    """Which of the engines' libraries a program of our own imports."""
    ask = "print(*sorted({'pdfplumber', 'pdfminer', 'pypdfium2'} & set(__import__('sys').modules)))"
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\n{ask}"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_an_engine_is_imported_when_it_is_needed_and_not_before(tmp_path: Path) -> None:
    (tmp_path / "good.pdf").write_bytes(Pdf().page(lines(["中华全国总工会"])).data())
    (tmp_path / "bad.pdf").write_bytes(nameless(Pdf().page(lines(["中华全国总工会"])), "中华"))
    (tmp_path / "a.txt").write_text("中华全国总工会", encoding="utf-8")
    start = "from pathlib import Path\nfrom pipeline.config import load\nfrom pipeline.extract import extract\n"

    def reading(name: str, more: str = "") -> str:
        return f"{start}p = Path({str(tmp_path / name)!r})\nextract(p, p.read_bytes(), load().limits{more})"

    assert imported(reading("a.txt")) == ""
    assert imported(reading("good.pdf")) == "pypdfium2"
    assert imported(reading("bad.pdf")) == "pdfminer pdfplumber pypdfium2"
    assert imported(reading("good.pdf", ", verify=True")) == "pdfminer pdfplumber pypdfium2"


# -- a second opinion -----------------------------------------------------------------------------------------------------


def lie(shown: str, said: str) -> Pdf:
    """A page whose content stream says that what it shows is something else, and then some more text."""
    made = Pdf()
    codes = "".join(f"{made._code(c):04X}" for c in shown)
    actual = said.encode("utf-16-be").hex().upper()
    return made.page(
        lines(["各位代表"]),
        drawing=f"/Span << /ActualText <FEFF{actual}> >> BDC BT /fang 16 Tf 1 0 0 1 80 600 Tm <{codes}> Tj ET EMC",
    )


def test_where_the_engines_agree_nothing_is_said(sample: Path) -> None:
    assert found(read(sample.read_bytes(), verify=True)) == []


def test_a_soft_hyphen_is_a_hyphen() -> None:
    made = Pdf().page(lines(["compu\xad", "ter science"]))
    assert read(made).source != read(made, "pdfplumber").source
    assert found(read(made, verify=True)) == []


def test_where_the_engines_differ_the_page_is_reported_with_the_characters() -> None:
    data = lie("万", "千").data()
    assert found(read(data)) == []
    document = read(data, verify=True)
    assert document.source == "各位代表\n千"
    (finding,) = found(document)
    assert finding.message == (
        "第1页两种引擎读出的字符不一致，pdfium 多出“千”1次；pdfplumber 多出“万”1次。请对照原件核对。"
    )
    assert (finding.span, finding.severity) == ((0, len(document.source)), "warning")
    assert finding.found == "pdfium 多出“千”1次；pdfplumber 多出“万”1次"


def test_the_engine_that_reads_is_named_first() -> None:
    document = read(lie("万", "千"), "pdfplumber", verify=True)
    assert document.source == "各位代表\n万"
    assert found(document)[0].found == "pdfplumber 多出“万”1次；pdfium 多出“千”1次"


def test_a_few_characters_stand_for_many() -> None:
    (finding,) = found(read(lie("一二三四五六七七", "\ue5e5"), verify=True))
    assert finding.found == ("pdfium 多出“U+E5E5”1次；pdfplumber 多出“七”2次、“一”1次、“三”1次、“二”1次、“五”1次等7种")


def test_only_the_page_that_differs_is_reported() -> None:
    made = lie("万", "千")
    made.page(lines(["末页"]))
    (finding,) = found(read(made, verify=True))
    assert finding.span == (0, 6)


def odd_font_on_the_second_page() -> bytes:
    """Two pages; the second has a font pdfplumber stumbles over, though nothing is set in it."""
    out = BytesIO()
    with pikepdf.open(BytesIO(Pdf().page(lines(["首页"])).page(lines(["末页"])).data())) as pdf:
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type3, FontBBox=[0, 0, 1, 1])
        pdf.pages[1].obj.Resources.Font.odd = font
        pdf.save(out)
    return out.getvalue()


def test_a_page_only_one_engine_can_read_is_reported_and_no_reason_to_stop() -> None:
    data = odd_font_on_the_second_page()
    first, second = pages(data, "pdfplumber")
    assert first is not None
    assert second is None
    document = read(data, verify=True)
    assert document.source == "首页\f末页"
    (finding,) = found(document)
    assert (finding.span, finding.found) == ((3, 5), "unreadable")
    assert finding.message == "第2页只有 pdfium 能读取，未能与 pdfplumber 核对，请对照原件核对。"
    assert [f.found for f in found(read(data, "pdfplumber"), "LAY-07")] == ["unreadable"]


def shifted(data: bytes) -> bytes:
    """The document with a table that says all objects stand a little further on; pdfium looks for them itself."""
    head, _, table = data.partition(b"xref\n")
    return head + b"xref\n" + re.sub(rb"(\d{10}) 00000 n", lambda m: b"%010d 00000 n" % (int(m[1]) + 7), table)


def test_a_file_only_pdfium_can_open_is_read_and_every_page_reported() -> None:
    data = shifted(Pdf().page(lines(["中华全国总工会"])).data())
    with pytest.raises(InputError, match="try --engine pdfium"):
        read(data, "pdfplumber")
    document = read(data, verify=True)
    assert document.source == "中华全国总工会"
    assert [finding.found for finding in found(document)] == ["unreadable"]


def test_different_numbers_of_pages_are_reported() -> None:
    data = Pdf().page(lines(["首页"])).page(lines(["末页"])).data().replace(b"/Count 2", b"/Count 1")
    document = read(data, verify=True)
    assert document.source == "首页"
    (finding,) = found(document)
    assert (finding.span, finding.found) == (None, "pdfium 读出1页；pdfplumber 读出2页")
    assert finding.message == "pdfium 读出1页，pdfplumber 读出2页，请核对原件页数。"


# -- units ----------------------------------------------------------------------------------------------------------------


def packed(data: bytes) -> bytes:
    """The document with its dictionaries in compressed streams."""
    out = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    assert b"/UserUnit" not in out.getvalue()
    return out.getvalue()


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("pack", [bytes, packed])
def test_a_page_in_larger_units_is_measured_in_points(engine: str, pack: Callable[[bytes], bytes]) -> None:
    plain = read(illustrated(), engine)
    document = read(pack(illustrated("/UserUnit 2.5").page(lines(["末页"])).data()), engine)
    assert document.source == f"{plain.source}\f末页"
    (large, usual), (same,) = document.layout.pages, plain.layout.pages
    assert (large.width, large.height) == pytest.approx((2.5 * same.width, 2.5 * same.height))
    assert (usual.width, usual.height) == pytest.approx((same.width, same.height))
    for a, b in zip(plain.layout.lines, document.layout.lines, strict=False):
        assert b.box == pytest.approx([2.5 * value for value in a.box])
        assert (b.baseline, b.size) == pytest.approx((2.5 * a.baseline, 2.5 * a.size))
    assert {figure.kind for figure in plain.layout.figures} == {"image", "seal", "rule"}
    for drawn, again in zip(plain.layout.figures, document.layout.figures, strict=True):
        assert again.box == pytest.approx([2.5 * value for value in drawn.box])


def test_the_bytes_are_searched_for_units_and_only_then_parsed() -> None:
    data = Pdf().page(lines(TWO_LINES)).data()
    assert user_units(data) == {}
    assert user_units(data + b"% /ObjStm stream\nnot compressed endstream") == {}
    hopeless = shifted(Pdf().page(lines(TWO_LINES), entries="/UserUnit 2").data())
    assert user_units(hopeless) == {}
    assert user_units(packed(Pdf().page(lines(TWO_LINES)).page([], entries="/UserUnit 2").data())) == {2: 2.0}


@pytest.mark.parametrize("unit", ["0", "-2", "/Large", "1"])
def test_a_unit_that_makes_no_sense_is_a_point(unit: str) -> None:
    for engine in ENGINES:
        document = read(Pdf().page(lines(TWO_LINES), entries=f"/UserUnit {unit}"), engine)
        assert document.layout.pages[0].width == pytest.approx(595.28)


# -- policy and command line ---------------------------------------------------------------------------------------------


@pytest.fixture
def toml(tmp_path: Path) -> Path:
    return tmp_path / "policy.toml"


def test_the_engine_is_policy_and_part_of_the_fingerprint(toml: Path) -> None:
    assert (policy().extract.engine, policy().extract.verify) == ("pdfium", False)
    marks = {policy().fingerprint()}
    for line in ('engine = "pdfplumber"', "verify = true"):
        toml.write_text(f"[extract]\n{line}\n")
        marks.add(policy(toml).fingerprint())
    assert len(marks) == 3


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('engine = "mupdf"', "extract.engine must be pdfium or pdfplumber, not 'mupdf'"),
        ("engine = 1", "extract.engine must be pdfium or pdfplumber, not 1"),
        ("engine = ['pdfium']", "extract.engine must be pdfium or pdfplumber, not ['pdfium']"),
        ("verify = 'yes'", "extract.verify must be true or false, not 'yes'"),
    ],
)
def test_an_engine_there_is_none_of_is_refused(toml: Path, line: str, message: str) -> None:
    toml.write_text(f"[extract]\n{line}\n")
    with pytest.raises(UsageError) as caught:
        policy(toml)
    assert str(caught.value) == f"{toml}: {message}"


def test_run_takes_the_engine_and_verifies(gongwen: Gongwen, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(lie("万", "千").data())

    def run(*options: str) -> tuple[str, list[str]]:
        done = gongwen("run", "a.pdf", "--no-facsimile", *options)
        assert (done.returncode, done.stderr) == (0, "")
        assert "up to date" not in done.stdout
        findings = json.loads((tmp_path / "output/a.findings.json").read_text(encoding="utf-8"))
        text = (tmp_path / "output/a.txt").read_text(encoding="utf-8")
        return text[-2:-1], [rule for rule in ("LAY-10",) if f'"{rule}"' in json.dumps(findings["findings"])]

    assert run() == ("千", [])
    assert run("--engine", "pdfplumber") == ("万", [])
    assert run("--engine", "pdfium", "--verify") == ("千", ["LAY-10"])
    (tmp_path / "gongwen.toml").write_text('[extract]\nengine = "pdfplumber"\nverify = true\n')
    assert run() == ("万", ["LAY-10"])
    assert run("--engine", "pdfium") == ("千", ["LAY-10"])


def test_run_refuses_an_engine_there_is_none_of(gongwen: Gongwen) -> None:
    done = gongwen("run", "a.pdf", "--engine", "mupdf")
    assert done.returncode == 2
    assert "pdfplumber" in done.stderr
