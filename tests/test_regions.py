"""Reading order, turned pages, footnotes, and what is no text although it is printed."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.config import load
from pipeline.document import Document
from pipeline.emit.check import faults, parse
from pipeline.emit.reading import block_text, reading
from pipeline.emit.tei import tei
from pipeline.rule import table
from pipeline.stages import process
from tests.pdf import Pdf, Set, lines

CONFIG = load()
T = {"t": "http://www.tei-c.org/ns/1.0"}
FULL = "各级工会要进一步提升政治站位把深入学习宣传贯彻贺信精"
CIRCLE = "1 0 0 RG 2 w 470 400 m 470 433 443 460 410 460 c 377 460 350 433 350 400 c 350 367 377 340 410 340 c 443 340 470 367 470 400 c s"


def made(*pages: list[Set], drawing: str = "", entries: str = "") -> Document:
    pdf = Pdf()
    for page in pages:
        pdf.page(page, drawing=drawing, entries=entries)
    document = process(Path("t.pdf"), pdf.data(), CONFIG)
    assert faults(tei(document, table()), document.source, reading(document).decode()) == []
    return document


def read(document: Document) -> list[tuple[str, str]]:
    return [(b.kind, block_text(document, b)) for b in document.blocks if b.kind not in ("furniture", "cell")]


def furniture(document: Document) -> list[tuple[str, str]]:
    return [(b.attributes["type"], document.source[slice(*b.span)]) for b in document.blocks if b.kind == "furniture"]


def test_columns_are_read_one_after_the_other() -> None:
    left = [f"左栏第{n}行的文字内容很多" for n in "一二三四五六七八"]
    right = [f"右栏第{n}行的文字内容很多" for n in "一二三四五六七八"]
    document = made([*lines(left, x=80, size=14), *lines(right, x=320, size=14), *lines(["　　" + FULL[2:]], y=400)])
    rows = document.source.split("\n")
    assert rows[:8] == left
    assert rows[8:16] == right


def test_columns_that_may_be_none_are_asked_about() -> None:
    left = [f"第{n}行甲乙丙丁" for n in "一二三四五六七八"]
    right = [f"第{n}行戊己" for n in "一二三四五六七八"]
    document = made([*lines(left, x=80, size=14), *lines(right, x=320, size=14)])
    assert document.source.startswith("第一行甲乙丙丁第一行戊己\n")
    assert "LAY-11" in {finding.rule for finding in document.findings}


def test_a_gap_in_a_few_lines_is_no_column() -> None:
    document = made(
        [*lines(["甲方：江州省总工会", "代表：王一"], x=80), *lines(["乙方：江州省财政厅", "代表：李二"], x=340)]
    )
    assert document.source == "甲方：江州省总工会乙方：江州省财政厅\n代表：王一代表：李二"


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_page_laid_on_its_side_reads_as_the_upright_one(rotation: int) -> None:
    page = [*lines(["　　" + FULL[2:], "贯彻执行。", "　　特此通知。"], advance=17.0), Set(290, 790, "— 1 —", 14)]
    assert read(made(page, entries=f"/Rotate {rotation}")) == read(made(page))
    document = made(page, entries=f"/Rotate {rotation}")
    zone = parse(tei(document, table())).find(".//t:zone", T)
    assert zone is not None
    assert zone.get("rotate") is not None
    assert 0 <= float(zone.get("ulx") or -1) < float(zone.get("lrx") or -1) <= document.layout.pages[0].width


def test_a_footnote_does_not_cut_its_paragraph_and_is_tied_to_its_mark() -> None:
    first = [*lines(["　　" + FULL[2:], FULL[:25] + "①"], advance=17.0), Set(79.4, 700, "①见附表。", 10.5)]
    second = lines([FULL, "贯彻执行。", "　　特此通知。"], advance=17.0)
    document = made(first, second)
    assert read(document) == [
        ("p", FULL[2:] + FULL[:25] + "①" + FULL + "贯彻执行。"),
        ("footnote", "①见附表。"),
        ("p", "特此通知。"),
    ]
    root = parse(tei(document, table()))
    note = root.find(".//t:p/t:note[@type='footnote']", T)
    ref = root.find(".//t:p/t:ref[@type='note']", T)
    assert note is not None
    assert ref is not None
    assert ref.get("target") == "#" + (note.get("{http://www.w3.org/XML/1998/namespace}id") or "")


def test_a_seal_is_a_figure_and_its_letters_are_no_text() -> None:
    page = [
        Set(200, 110, "关于放假的通知", 22, "title"),
        *lines(["各部门：", "　　现将有关事项通知如下。"], y=180),
        Set(380, 435, "江州省总工会"),
        Set(376, 464, "2024年4月28日"),
        Set(390, 405, "江州", 14, raw="1 0 0 rg"),
        Set(400, 450, "章", 14, raw="1 0 0 rg"),
    ]
    document = made(page, drawing=CIRCLE)
    assert read(document)[-2:] == [("signature", "江州省总工会"), ("date", "2024年4月28日")]
    assert furniture(document) == [("seal", "江州"), ("seal", "章")]
    root = parse(tei(document, table()))
    seal = root.find(".//t:closer/t:figure[@type='seal']", T)
    assert seal is not None
    assert seal.get("facs") == "#z.1.s1"
    assert root.find(".//t:zone[@type='seal']", T) is not None


def test_running_heads_that_alternate_are_furniture() -> None:
    text = ["　　" + FULL[2:], FULL, "贯彻执行。"]
    heads = ["江州省总工会工作手册", "经费管理办法"]
    pages = [[Set(250, 60, heads[n % 2], 9), *lines(text, advance=17.0)] for n in range(4)]
    document = made(*pages)
    assert [kind for kind, _ in furniture(document)] == ["header"] * 4


def test_a_running_head_that_carries_the_page_number_is_furniture() -> None:
    text = ["　　" + FULL[2:], FULL, "贯彻执行。"]
    heads = ["工作手册305", "306经费管理办法", "会议制度307"]
    document = made(*[[Set(250, 60, head, 9), *lines(text, advance=17.0)] for head in heads])
    assert [text for _, text in furniture(document)] == heads


def test_a_watermark_and_binding_marks_are_furniture() -> None:
    page = [
        *lines(["　　" + FULL[2:], FULL, "贯彻执行。"], advance=17.0),
        Set(150, 500, "内部资料", 60, raw="0.85 g"),
        Set(40, 300, "装", 12),
        Set(40, 400, "订", 12),
        Set(40, 500, "线", 12),
    ]
    document = made(page)
    assert sorted(furniture(document)) == [
        ("binding", "线"),
        ("binding", "装"),
        ("binding", "订"),
        ("watermark", "内部资料"),
    ]


def test_what_a_web_page_prints_around_a_text_is_furniture() -> None:
    page = lines(
        ["发布时间：2022-07-12　来源：本站　阅读次数：3677", "　　" + FULL[2:], "贯彻执行。", "附件下载：/a/b.doc"],
        advance=17.0,
    )
    assert [kind for kind, _ in furniture(made(page))] == ["other", "other"]


@pytest.mark.parametrize(("numbers", "asked"), [((1, 2, 3), 0), ((1, 3, 4), 1), ((1, 2, 1), 0), ((7, 8, 9), 0)])
def test_page_numbers_that_skip_are_asked_about(numbers: tuple[int, ...], asked: int) -> None:
    pages = [[*lines(["　　" + FULL[2:], "贯彻执行。"], advance=17.0), Set(290, 790, f"— {n} —", 14)] for n in numbers]
    found = [finding for finding in made(*pages).findings if finding.rule == "LAY-14"]
    assert len(found) == asked


def test_a_document_that_is_no_circular_comes_out_as_paragraphs() -> None:
    document = made(lines(["　　" + FULL[2:], "贯彻执行。", "　　" + FULL[2:], "贯彻执行。"], advance=17.0))
    assert [kind for kind, _ in read(document)] == ["p", "p"]
    assert [finding.rule for finding in document.findings] == ["LAY-08"]


def test_text_printed_over_itself_to_look_bold_counts_once() -> None:
    page = lines(["　　" + FULL[2:], "贯彻执行。"], advance=17.0)
    again = [Set(run.x + 0.3 * n, run.y, run.text, run.size, advance=17.0) for n in (1, 2, 3) for run in page]
    document = made([*page, *again])
    assert read(document) == [("p", FULL[2:] + "贯彻执行。")]
    assert {edit.rule for edit in document.edits} == {"LAY-01", "LAY-15"}
    assert document.source.count("彻") == 4 * document.text.count("彻")


def test_the_same_character_twice_in_a_row_is_no_copy() -> None:
    assert read(made(lines(["　　好好学习，天天向上。"], size=12)))[0] == ("p", "好好学习，天天向上。")
