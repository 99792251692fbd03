"""Stage 1: what a file holds comes out as it is, in reading order, with its place on the page."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.config import Limits
from pipeline.config import load as policy
from pipeline.document import Document, Line
from pipeline.errors import InputError
from pipeline.extract.read import extract, load
from tests.pdf import Pdf, Set, lines

LIMITS = policy().limits
TWO_LINES = ["中华全国总工会", "　　第二行abc 12"]
READ = "中华全国总工会\n第二行abc 12"


def read(content: Pdf | bytes, name: str = "a.pdf", limits: Limits = LIMITS) -> Document:
    return extract(Path(name), content.data() if isinstance(content, Pdf) else content, limits)


def text_of(document: Document, line: Line) -> str:
    return document.source[line.span.start : line.span.end]


def texts(document: Document) -> list[tuple[int, int, str]]:
    """Page, number and text of each line."""
    return [(line.page, line.number, text_of(document, line)) for line in document.layout.lines]


def found(document: Document) -> list[tuple[str, str]]:
    """Rule and text of each finding."""
    return [(f.rule, document.source[f.span.start : f.span.end] if f.span else "") for f in document.findings]


def refused(content: Pdf | bytes, name: str = "a.pdf", limits: Limits = LIMITS) -> tuple[str, str]:
    """The reason word and the one line a file is refused with."""
    with pytest.raises(InputError) as caught:
        read(content, name, limits)
    assert "\n" not in str(caught.value)
    return caught.value.reason, str(caught.value)


def inked(lines: Iterable[str]) -> str:
    return "".join("".join(lines).split())


@pytest.fixture(scope="module")
def seed(sample: Path) -> Document:
    return read(sample.read_bytes(), sample.name)


# -- the sample ----------------------------------------------------------------------------------------------------


def test_the_sample_has_six_pages_and_every_character(seed: Document) -> None:
    assert [page.number for page in seed.layout.pages] == [1, 2, 3, 4, 5, 6]
    assert len(seed.source.replace("\n", "").replace("\f", "")) == 2325
    assert seed.findings == ()


def test_no_space_of_the_sample_is_invented(seed: Document, sample: Path) -> None:
    import pypdfium2
    from pypdfium2 import raw

    for number, pdf_page in enumerate(pypdfium2.PdfDocument(sample)):
        textpage = pdf_page.get_textpage()
        of_the_file = [
            chr(raw.FPDFText_GetUnicode(textpage, i))
            for i in range(raw.FPDFText_CountChars(textpage))
            if raw.FPDFText_IsGenerated(textpage, i) == 0
        ]
        start, end = seed.layout.pages[number].span
        assert Counter(seed.source[start:end].replace("\n", "")) == Counter(of_the_file)


def test_another_engine_sees_the_same_characters_in_the_sample(seed: Document, sample: Path) -> None:
    import pdfplumber

    with pdfplumber.open(sample) as pdf:
        for (start, end), page in zip((p.span for p in seed.layout.pages), pdf.pages, strict=True):
            assert Counter(inked(seed.source[start:end])) == Counter(inked(c["text"] for c in page.chars))


def test_the_sample_and_its_text_agree_but_for_two_layout_spaces(seed: Document, shared: Path) -> None:
    plain = read((shared / "corpus/seed/seed.txt").read_bytes(), "seed.txt")
    pairs = zip(texts(seed), texts(plain), strict=True)
    assert [(a[2], b) for a, b in pairs if a != b] == [
        ("　抄送:新疆生产建设兵团总工会。", (6, 1, " 　抄送:新疆生产建设兵团总工会。")),
        ("　中华全国总工会办公厅2022年5月7日印发", (6, 2, "　中华全国总工会办公厅 2022年5月7日印发")),
    ]


def test_same_bytes_give_the_same_document(sample: Path, seed: Document) -> None:
    again = read(sample.read_bytes(), sample.name)
    assert again == seed


# -- what holds for every document -----------------------------------------------------------------------------------


def check(document: Document) -> None:
    """Pages and lines tile the source, and every character lies in the box of its line."""
    layout, source = document.layout, document.source
    assert document.text == source
    assert source.split("\f") == [source[p.span.start : p.span.end] for p in layout.pages]
    for page in layout.pages:
        rows = [text_of(document, line) for line in layout.lines if line.page == page.number]
        assert rows == [row for row in source[page.span.start : page.span.end].split("\n") if row]
    if not layout.measured:
        return
    assert len(layout.x0) == len(layout.y0) == len(layout.x1) == len(layout.y1) == len(source)
    for line in layout.lines:
        for i in range(*line.span):
            if not source[i].isspace():
                assert line.x0 - 0.01 <= layout.x0[i] <= layout.x1[i] <= line.x1 + 0.01
                assert line.y0 - 0.01 <= layout.y0[i] <= layout.y1[i] <= line.y1 + 0.01
    for i, c in enumerate(source):
        if c in "\n\f":
            assert layout.x0[i] == layout.y0[i] == layout.x1[i] == layout.y1[i] == 0


def test_every_circular_of_the_corpora_keeps_the_promises(shared: Path) -> None:
    circulars = sorted((shared / "corpus").glob("*/*.pdf"))
    assert circulars
    for path in circulars:
        check(read(path.read_bytes(), path.name))


RUNS = st.lists(
    st.builds(
        Set,
        st.floats(-50, 650),
        st.floats(-50, 900),
        st.text("工会a1，“ \u3000\ue5e5\U00020000", min_size=1, max_size=5),
        st.sampled_from([5.0, 16.0, 36.0]),
        st.sampled_from(["fang", "hei"]),
        raw=st.sampled_from(["", "3 Tr", "1 0 0 rg"]),
    ),
    max_size=4,
)


@given(
    st.lists(RUNS, min_size=1, max_size=3),
    st.sampled_from(["", "/Rotate 90", "/Rotate 180", "/CropBox [50 60 500 700]"]),
)
def test_whatever_stands_on_the_pages_keeps_the_promises(pages: list[list[Set]], entries: str) -> None:
    pdf = Pdf()
    for runs in pages:
        pdf.page(runs, entries=entries)
    if any(inked(run.text for run in runs) for runs in pages):
        check(read(pdf))
    else:
        assert refused(pdf)[0] == "no text"


@given(
    st.lists(
        st.text("工会a1，。“（\u3000\ue5e5\U00020000", min_size=1, max_size=8).filter(str.strip),
        min_size=1,
        max_size=9,
    )
)
def test_what_is_set_line_by_line_is_read_line_by_line(written: list[str]) -> None:
    drawn = [Set(80, 120 + 29 * n, text) for n, text in enumerate(written)]
    assert read(Pdf().page(drawn)).source == "\n".join(written)


# -- lines -----------------------------------------------------------------------------------------------------------


def test_a_line_has_its_box_baseline_size_font_and_colour() -> None:
    document = read(Pdf().page([Set(80, 120, "中文", 20, "hei", raw="1 0 0 rg")]))
    (line,) = document.layout.lines
    assert (line.page, line.number, line.span) == (1, 1, (0, 2))
    assert line.box == pytest.approx((80, 120 - 17.2, 120, 122.8), abs=0.1)
    assert line.baseline == pytest.approx(120, abs=0.01)
    assert (line.size, line.font, line.colour) == (20, "SimHei", "red")


@pytest.mark.parametrize(
    ("operator", "colour"),
    [
        ("", "black"),
        ("0.3 g", "black"),
        ("1 0 0 rg", "red"),
        ("1 g", "white"),
        ("0 0 1 rg", "other"),
        ("1 0.6 0 rg", "other"),
    ],
)
def test_colours_come_in_classes(operator: str, colour: str) -> None:
    assert [line.colour for line in read(Pdf().page([Set(80, 120, "字", raw=operator)])).layout.lines] == [colour]


def test_the_prefix_of_a_subset_is_no_part_of_a_font_name() -> None:
    data = Pdf().page([Set(80, 120, "字")]).data().replace(b"/FangSong", b"/ABCDEF+FangSong")
    assert [line.font for line in read(data).layout.lines] == ["FangSong"]


def test_digits_of_a_second_font_with_a_lower_box_stay_in_their_line() -> None:
    drawn = [Set(80, 120, "发文"), Set(112, 120, "2022", font="hei"), Set(144, 120, "年"), Set(80, 149, "次行")]
    document = read(with_box(Pdf().page(drawn).data(), "SimHei", ascent=340, descent=-660))
    assert document.source == "发文2022年\n次行"
    assert document.layout.y1[2] > document.layout.y1[0] + 7
    assert document.layout.lines[0].y1 == pytest.approx(document.layout.y1[2], abs=0.01)


def with_box(data: bytes, font: str, ascent: int, descent: int) -> bytes:
    """The PDF with the box of a font moved up or down; its baseline stays."""
    out = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/FontName") == f"/{font}":
                thing.Ascent, thing.Descent = ascent, descent
                thing.FontBBox = pikepdf.Array([0, descent, 1000, ascent])
        pdf.save(out)
    return out.getvalue()


def test_a_raised_footnote_figure_stays_in_its_line() -> None:
    drawn = [Set(80, 120, "正文"), Set(112, 114.7, "1", 8), Set(116, 120, "继续"), Set(80, 149, "次行")]
    assert read(Pdf().page(drawn)).source == "正文1继续\n次行"


def test_characters_drawn_backwards_come_out_in_reading_order() -> None:
    drawn = [Set(80 + 16 * n, 120 + 29 * m, c) for m in range(2) for n, c in enumerate("倒着画的行")]
    assert read(Pdf().page(reversed(drawn))).source == "倒着画的行\n倒着画的行"


def test_stretched_lines_and_half_empty_cells_get_no_spaces() -> None:
    drawn = [Set(80, 120, "拉开的行", advance=24), Set(80, 149, "在“引号”，《书名》（括号）")]
    assert read(Pdf().page(drawn)).source == "拉开的行\n在“引号”，《书名》（括号）"


def test_spaces_of_the_file_are_kept() -> None:
    assert read(Pdf().page(lines(["王 东 明", "王　东　明"]))).source == "王 东 明\n王　东　明"


def test_text_printed_twice_for_boldness_is_read_once() -> None:
    assert read(Pdf().page([Set(80, 120, "重影"), Set(80.3, 120, "重影")])).source == "重影"


def test_a_hyphen_at_a_line_end_stays() -> None:
    assert read(Pdf().page(lines(["compu-", "ter science"]))).source == "compu-\nter science"


def test_characters_beyond_the_first_plane_survive() -> None:
    assert read(Pdf().page(lines(["姓名𠀀某𪛖"]))).source == "姓名𠀀某𪛖"


def test_text_scaled_by_a_matrix_comes_out_in_points() -> None:
    (line,) = read(Pdf().page([Set(80, 120, "字字")], drawing="0.5 0 0 0.5 0 0 cm")).layout.lines
    assert line.size == 8
    assert (line.x0, line.x1) == pytest.approx((40, 56), abs=0.1)


# -- pages -----------------------------------------------------------------------------------------------------------


UPRIGHT = {90: "0 1 -1 0 841.89 0 cm", 180: "-1 0 0 -1 595.28 841.89 cm", 270: "0 -1 1 0 -246.61 841.89 cm"}


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_text_that_is_upright_on_a_rotated_page_stands_where_it_is_shown(rotation: int) -> None:
    plain = read(Pdf().page(lines(TWO_LINES)))
    turned = read(Pdf().page(lines(TWO_LINES), entries=f"/Rotate {rotation}", drawing=UPRIGHT[rotation]))
    assert turned.source == READ
    for a, b in zip(plain.layout.lines, turned.layout.lines, strict=True):
        assert b.box == pytest.approx(a.box, abs=0.05)
        assert b.baseline == pytest.approx(a.baseline, abs=0.05)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_page_whose_text_lies_on_its_side_is_measured_as_a_reader_would_turn_it(rotation: int) -> None:
    plain = read(Pdf().page(lines(TWO_LINES)))
    document = read(Pdf().page(lines(TWO_LINES), entries=f"/Rotate {rotation}"))
    assert document.source == READ
    (page,) = document.layout.pages
    size = (595.28, 841.89) if rotation % 180 == 0 else (841.89, 595.28)
    assert (page.width, page.height) == pytest.approx(size, abs=0.01)
    for line, upright in zip(document.layout.lines, plain.layout.lines, strict=True):
        assert line.colour == "black"
        assert line.box == pytest.approx(upright.box, abs=0.05)
        x0, y0, x1, y1 = page.shown(line.box)
        assert 0 <= x0 < x1 <= page.width
        assert 0 <= y0 < y1 <= page.height


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_places_are_measured_from_the_corner_of_the_crop_box(rotation: int) -> None:
    entries = f"/Rotate {rotation} /CropBox [50 100 500 800]"
    document = read(Pdf().page([Set(80, 120, "字")], entries=entries))
    (page,), (line,) = document.layout.pages, document.layout.lines
    x0, y0, x1, y1 = 30, 120 - 13.76 - 41.89, 46, 120 + 2.24 - 41.89  # before rotation, on 450 by 700 points
    places = {
        0: (x0, y0, x1, y1),
        90: (700 - y1, x0, 700 - y0, x1),
        180: (450 - x1, 700 - y1, 450 - x0, 700 - y0),
        270: (y0, 450 - x1, y1, 450 - x0),
    }
    assert (page.width, page.height) == pytest.approx((450, 700) if rotation % 180 == 0 else (700, 450))
    assert page.shown(line.box) == pytest.approx(places[rotation], abs=0.05)


def test_pages_in_larger_units_come_out_in_points() -> None:
    plain = read(Pdf().page(lines(TWO_LINES)))
    double = read(Pdf().page(lines(TWO_LINES), entries="/UserUnit 2"))
    assert double.source == plain.source
    assert double.layout.pages[0].width == pytest.approx(2 * plain.layout.pages[0].width)
    assert double.layout.pages[0].height == pytest.approx(2 * plain.layout.pages[0].height)
    for a, b in zip(plain.layout.lines, double.layout.lines, strict=True):
        assert b.box == pytest.approx([2 * value for value in a.box])
        assert (b.baseline, b.size) == pytest.approx((2 * a.baseline, 2 * a.size))


@pytest.mark.parametrize("rotation", [0, 180])
def test_a_crop_box_larger_than_the_page_is_cut_to_it(rotation: int) -> None:
    plain = read(Pdf().page(lines(TWO_LINES), entries=f"/Rotate {rotation}"))
    larger = read(Pdf().page(lines(TWO_LINES), entries=f"/Rotate {rotation} /CropBox [-50 -50 900 900]"))
    assert larger.layout == plain.layout


@pytest.mark.parametrize("mode", [3, 7])
def test_invisible_text_becomes_hidden_lines_after_the_visible_ones(mode: int) -> None:
    document = read(Pdf().page([Set(80, 120, "隐形", raw=f"{mode} Tr"), Set(80, 149, "可见")]))
    assert [(text_of(document, line), line.colour) for line in document.layout.lines] == [
        ("可见", "black"),
        ("隐形", "hidden"),
    ]


def test_transparent_text_is_hidden() -> None:
    clear = Pdf().page(
        [Set(80, 120, "透明", raw="/Clear gs"), Set(80, 149, "可见")], extra="/ExtGState << /Clear << /ca 0 >> >>"
    )
    assert [line.colour for line in read(clear).layout.lines] == ["black", "hidden"]


@pytest.mark.parametrize("place", [(700, 120), (-40, 120), (80, -20), (80, 870)])
def test_text_off_the_page_becomes_hidden_lines(place: tuple[float, float]) -> None:
    document = read(Pdf().page([Set(*place, "页外"), Set(80, 149, "可见")]))
    assert [(text_of(document, line), line.colour) for line in document.layout.lines] == [
        ("可见", "black"),
        ("页外", "hidden"),
    ]


def test_text_outside_the_crop_box_is_hidden() -> None:
    document = read(Pdf().page([Set(80, 60, "裁去"), Set(80, 149, "可见")], entries="/CropBox [0 0 595 700]"))
    assert [line.colour for line in document.layout.lines] == ["black", "hidden"]


# -- what a proofreader must know of a page -----------------------------------------------------------------------------


def test_a_page_without_text_in_a_document_with_text_is_reported() -> None:
    document = read(Pdf().page(lines(["首页"])).page([]).page(lines(["末页"])))
    assert document.source == "首页\f\f末页"
    (finding,) = document.findings
    assert (finding.rule, finding.span, finding.severity, finding.found) == ("LAY-07", (3, 3), "error", "blank")
    assert "第2页" in finding.message


def test_a_page_that_is_a_picture_is_told_from_a_blank_one_and_from_outlines() -> None:
    pdf = Pdf().page(lines(["首页"]))
    pdf.page([], extra=pdf.image(), drawing="q 500 0 0 700 40 40 cm /Im Do Q")
    pdf.page([], drawing="100 100 m 200 200 l 300 100 l h f")
    assert [(f.rule, f.found) for f in read(pdf).findings] == [("LAY-07", "image"), ("LAY-07", "drawing")]


def test_a_page_that_cannot_be_loaded_is_reported() -> None:
    data = Pdf().page(lines(["首页"])).page(lines(["末页"])).data()
    document = read(data.replace(b"/Type /Page /Parent", b"/Type /Pogo /Parent", 1))
    assert document.source.endswith("\f末页")
    assert [(f.rule, f.found) for f in document.findings] == [("LAY-07", "unreadable")]


def unmapped(after: float) -> str:
    """A glyph no table gives a meaning, drawn on the first line."""
    return f"q BT /fang 16 Tf 1 0 0 1 {after} 721.89 Tm <9000> Tj ET Q"


def test_a_glyph_without_meaning_is_read_as_u_fffd_and_reported() -> None:
    document = read(Pdf().page([Set(80, 120, "中华全国"), Set(160, 120, "总工会")], drawing=unmapped(144)))
    assert document.source == "中华全国\ufffd总工会"
    assert found(document) == [("LAY-09", "\ufffd")]
    assert document.findings[0].found == "1"


def test_a_page_of_private_use_text_is_not_to_be_trusted() -> None:
    document = read(Pdf().page(lines(["首页"])).page(lines(["\ue5e5\ue5e6\ue5e7总工会"])))
    assert found(document) == [("LAY-13", "\ue5e5\ue5e6\ue5e7总工会")]
    assert "第2页" in document.findings[0].message
    assert document.findings[0].found == "3/6"


def test_one_private_use_character_in_a_line_of_text_is_no_reason_for_distrust() -> None:
    assert found(read(Pdf().page(lines(["中华全国总工会\ue5e5的通知"])))) == []


@pytest.mark.parametrize(
    ("content", "places"),
    [
        ("甲乙丙丁戊己\ufffd庚\n", [("LAY-09", "\ufffd")]),
        ("\n\n甲乙丙丁戊己\ufffd庚", [("LAY-09", "\ufffd")]),
        ("甲\f\n乙丙丁戊己\ufffd庚", [("LAY-09", "\ufffd")]),
        ("甲\f\f乙", [("LAY-07", "")]),
        ("(cid:12)(cid:3)工会", [("LAY-13", "(cid:12)(cid:3)工会")]),
        ("甲\x00乙", [("LAY-13", "甲\x00乙")]),
    ],
)
def test_pages_of_text_files_are_judged_too(content: str, places: list[tuple[str, str]]) -> None:
    assert found(read(content.encode(), "a.txt")) == places


def test_form_feeds_at_the_end_of_a_text_file_make_no_pages() -> None:
    document = read("首页\f\f末页\f\f\n".encode(), "a.txt")
    assert document.source == "首页\f\f末页"
    assert found(document) == [("LAY-07", "")]


# -- what is refused -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "name", "reason", "says"),
    [
        (b"<!DOCTYPE html><p>404", "a.pdf", "not a PDF", "a web page"),
        (b"\n <HTML><p>%PDF-1.4", "a.pdf", "not a PDF", "a web page"),
        (b"<?xml version='1.0'?><TEI/>", "a.pdf", "not a PDF", "markup"),
        (b"PK\x03\x04\x14", "a.pdf", "not a PDF", "ZIP archive"),
        (b"\xd0\xcf\x11\xe0\xa1", "a.pdf", "not a PDF", "old office document"),
        (b"\x89PNG\r\n", "a.pdf", "not a PDF", "PNG"),
        (b"\xff\xd8\xff\xe0", "a.pdf", "not a PDF", "JPEG"),
        (b"\x1f\x8b\x08", "a.pdf", "not a PDF", "gzip"),
        (b"{\\rtf1}", "a.pdf", "not a PDF", "RTF"),
        ("通知".encode(), "a.pdf", "not a PDF", "plain text; give it a name that ends in .txt"),
        (b"\x00\xfe\xff\x80", "a.pdf", "not a PDF", "unknown kind"),
        ("关于".encode("gb18030"), "a.txt", "unsupported", "is not UTF-8"),
        (" \n　\f\n".encode(), "a.txt", "no text", "white space only"),
        (b"%PDF-1.7\nnothing", "a.pdf", "truncated", "breaks off"),
        (b"%PDF-1.7\nnothing\n%%EOF", "a.pdf", "unreadable", "cannot be read"),
    ],
)
def test_what_is_no_circular_is_refused_with_a_guess_what_it_is(data: bytes, name: str, reason: str, says: str) -> None:
    word, message = refused(data, name)
    assert word == reason
    assert says in message


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_pdf_that_breaks_off_is_refused(sample: Path, share: float) -> None:
    data = sample.read_bytes()
    assert refused(data[: int(share * len(data))])[0] == "truncated"


def encrypted(user: str, owner: str) -> bytes:
    out = BytesIO()
    with pikepdf.open(BytesIO(Pdf().page(lines(TWO_LINES)).data())) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(user=user, owner=owner))
    return out.getvalue()


def test_a_pdf_that_needs_a_password_is_refused() -> None:
    assert refused(encrypted("secret", "secret")) == ("encrypted", "is encrypted; remove the password and run again")


def test_a_pdf_of_an_unknown_encryption_is_refused() -> None:
    word, message = refused(encrypted("", "secret").replace(b"/Standard", b"/Strange1"))
    assert word == "unsupported"
    assert "unsupported kind of encryption" in message


def test_a_pdf_that_anybody_may_open_is_read() -> None:
    assert read(encrypted("", "secret")).source == READ


def test_a_pdf_without_pages_is_refused_whatever_was_wrong_with_the_one_before() -> None:
    for before in (encrypted("secret", "secret"), b"%PDF-1.7\nnothing\n%%EOF", Pdf().page(lines(TWO_LINES)).data()):
        with suppress(InputError):
            read(before)
        assert refused(Pdf()) == ("zero pages", "has no pages; check how it was made")


def test_a_scan_is_refused_with_the_remedy() -> None:
    pdf = Pdf()
    pdf.page([], extra=pdf.image(), drawing="q 500 0 0 700 40 40 cm /Im Do Q")
    assert refused(pdf.page([])) == (
        "no text",
        "has no text on its 2 pages: it holds images only (a scan); recognise its text first",
    )


def test_outlines_and_blank_paper_are_refused_each_with_its_reason() -> None:
    assert "vector outlines only" in refused(Pdf().page([], drawing="100 100 m 200 200 l 300 100 l h f"))[1]
    assert "on its 1 page: it holds nothing" in refused(Pdf().page([]))[1]


def test_what_a_file_is_its_content_decides() -> None:
    pdf = Pdf().page(lines(TWO_LINES))
    assert read(pdf, "a.txt").source == READ
    assert read(pdf, "a").source == READ
    assert read(b"junk before it\n" + pdf.data()).source == READ


# -- limits --------------------------------------------------------------------------------------------------------------


def test_limits_have_each_their_own_message() -> None:
    pdf, text = Pdf().page(lines(["四个字符"])).page(lines(["二字"])).data(), "四个字符\f二字".encode()
    for data, name in ((pdf, "a.pdf"), (text, "a.txt")):
        assert [
            refused(data, name, replace(LIMITS, pages=1)),
            refused(data, name, replace(LIMITS, page_characters=3)),
            refused(data, name, replace(LIMITS, characters=5)),
        ] == [
            ("too large", "has 2 pages, the limit is 1; split it or raise the limit"),
            ("too large", "has 4 characters on page 1, the limit is 3"),
            ("too large", "has 6 characters, the limit is 5; split it or raise the limit"),
        ]
        assert read(data, name, replace(LIMITS, pages=2, page_characters=4, characters=6)).source == "四个字符\f二字"


def test_a_file_of_too_many_bytes_is_refused_unread(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"123456")
    assert load(tmp_path / "a.txt", replace(LIMITS, input_bytes=6)) == b"123456"
    with pytest.raises(InputError, match="has 6 bytes, the limit is 5; split it or raise the limit") as caught:
        load(tmp_path / "a.txt", replace(LIMITS, input_bytes=5))
    assert caught.value.reason == "too large"


# -- opening ---------------------------------------------------------------------------------------------------------------


def test_only_regular_files_are_opened(tmp_path: Path) -> None:
    (tmp_path / "folder.pdf").mkdir()
    os.mkfifo(tmp_path / "pipe.pdf")
    for path, reason, says in (
        (tmp_path / "folder.pdf", "not a file", "is a folder"),
        (tmp_path / "pipe.pdf", "not a file", "is not a regular file"),
        (Path("/dev/zero"), "not a file", "is not a regular file"),
        (tmp_path / "missing.pdf", "not found", "does not exist"),
        (tmp_path / ("长" * 100), "unreadable", "File name too long"),
    ):
        with pytest.raises(InputError, match=says) as caught:
            load(path, LIMITS)
        assert caught.value.reason == reason


@pytest.mark.parametrize("content", ["", " ", "\r\n\t\n"])
def test_an_empty_file_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "a.pdf").write_text(content)
    with pytest.raises(InputError, match="is empty; fetch it again") as caught:
        load(tmp_path / "a.pdf", LIMITS)
    assert caught.value.reason == "empty"
