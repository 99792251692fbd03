"""What each block was taken for and why, as text."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len

from pipeline.document import Document
from pipeline.explain import beginning, explain, type_area
from tests.conftest import Gongwen
from tests.pdf import Pdf, Set, lines
from tests.test_draw import circle, grid, processed

HEAD = ("页:行", "类型", "部分", "级", "开头", "依据")
TEXT = "关于开展工作的通知\n各单位：\n请认真落实。\n— 1 —\n"


def said(document: Document) -> tuple[list[list[str]], list[str]]:
    """The columns of each block's line, cut where the head's columns begin, and the lines after the blocks."""
    blocks, _, rest = explain(document).partition("\n\n")
    head, *rows = blocks.split("\n")
    starts = [cell_len(head[: head.index(title)]) for title in HEAD]
    return [columns(row, starts) for row in rows], rest.split("\n")


def columns(row: str, starts: list[int]) -> list[str]:
    found, at = [""] * len(starts), 0
    for c in row:
        found[max(n for n, start in enumerate(starts) if start <= at)] += c
        at += cell_len(c)
    return [text.rstrip() for text in found]


# -- the sample ----------------------------------------------------------------------------------------------------------

GOLDEN = """\
页:行  类型         部分        级  开头                                       依据
1:1    title        circular    -   中华全国总工会关于印发王东明同志在首届大…  居中或大字，以文种结尾
1:3    addressees   circular    -   各省、自治区、直辖市总工会，各全国产业工…  标题之下顶格，为机关名称
1:5    p            circular    -   现将王东明同志在首届大国工匠创新交流大会…  正文
1:7    signature    circular    -   中华全国总工会                             成文日期之上的机关名称
1:8    date         circular    -   2022年5月6日                               独立成行的日期
2:1    title        attached 1  -   在首届大国工匠创新交流大会上的讲话         与通知标题所称文件相符
2:2    speech-date  attached 1  -   （2022年4月27日）                          标题之下括号内的日期
2:3    byline       attached 1  -   王东明                                     标题或题注之下的姓名
2:4    p            attached 1  -   在“五一”国际劳动节来临之际，我们通过线…    正文
"""


def test_the_sample_is_explained_line_by_line(sample: Path) -> None:
    text = explain(processed(sample.read_bytes()))
    assert text.startswith(GOLDEN)
    assert "\n6:1    cc           imprint     -   抄送：新疆生产建设兵团总工会。             版记中的标签\n" in text
    assert text.endswith(
        "\n\n表格  无\n印章  无\n版心  左 79.4 右 521.8 pt，宽 442.4 pt（27.6 字），正文 16 pt FandolFang-Regular"
    )


def test_each_block_has_one_line_in_source_order_with_its_own_evidence(sample: Path) -> None:
    document = processed(sample.read_bytes())
    rows, _ = said(document)
    assert [(row[1], row[5]) for row in rows] == [(block.kind, block.why) for block in document.blocks]
    places = [tuple(map(int, row[0].split(":"))) for row in rows]
    assert places == sorted(places)


# -- pages made for it ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def made() -> Document:
    drawing = grid([80, 300, 520], [200, 240, 280], without=((80, 240, 80 + 220, 240),)) + circle(390, 430, 57.5)
    first = [
        Set(160, 110, "关于做好防汛工作的通知", 22, "title"),
        *lines(["各市总工会：", "　　一、总体要求"], y=150),
        Set(85, 222, "序号", 12),
        Set(305, 222, "江州省", 12),
        *lines(["江州省总工会", "2024年4月28日"], 340, 420),
        Set(285, 800, "— 1 —", 14),
    ]
    return processed(Pdf().page(first, drawing=drawing).data())


def test_columns_begin_at_the_same_cell_whatever_the_width_of_the_characters(made: Document) -> None:
    rows, _ = said(made)
    assert [row[:2] for row in rows][:3] == [["1:1", "title"], ["1:2", "addressees"], ["1:3", "heading"]]
    assert all(row[1].strip().replace("-", "").isalpha() for row in rows)
    assert not any(line.endswith(" ") for line in explain(made).split("\n"))


def test_a_heading_has_its_level_and_a_cell_its_row_and_column(made: Document) -> None:
    levels = {row[4]: row[3] for row in said(made)[0]}
    assert levels["一、总体要求"] == "1"
    assert levels["序号"] == "r1c1"
    assert levels["江州省"] == "r1c2"
    assert levels["江州省总工会"] == "-"


def test_what_stands_inside_a_block_is_set_in(made: Document) -> None:
    kinds = [row[1] for row in said(made)[0]]
    assert kinds[kinds.index("table") :][:3] == ["table", "  cell", "  cell"]


def test_furniture_shows_its_source_and_the_rule_that_takes_it_out(made: Document) -> None:
    (row,) = [row for row in said(made)[0] if row[1].strip() == "furniture"]
    assert row[4] == "— 1 —"
    assert row[5].startswith("LAY-03 页码")
    assert row[5].endswith("（pageNum，bottom）")


def test_tables_seals_and_the_type_area_follow(made: Document) -> None:
    table, seal, area = said(made)[1]
    assert table == "表格  第1页  2 行 × 2 列，3 格，空 1 格  (80.0, 200.0)-(520.0, 280.0) pt"
    assert seal == "印章  第1页  直径 121.0 pt  (329.5, 369.5)-(450.5, 490.5) pt"  # its line is drawn on both sides
    assert area.startswith("版心  左 79.4 右 ")
    assert area.endswith("，正文 16 pt FangSong")


def test_a_document_of_hidden_text_only_has_no_type_area() -> None:
    hidden = processed(Pdf().page([Set(100, 100, "看不见", raw="3 Tr")]).data())
    rows, rest = said(hidden)
    assert [row[1] for row in rows] == ["furniture"]
    assert rest[-1] == "版心  无"


# -- texts ---------------------------------------------------------------------------------------------------------------


def test_a_text_file_is_explained_too() -> None:
    document = processed(TEXT.encode(), "t.txt")
    rows, rest = said(document)
    assert [row[:2] for row in rows] == [["1:1", "title"], ["1:2", "addressees"], ["1:3", "p"], ["1:4", "furniture"]]
    assert rest == ["表格  无", "印章  无", f"版心  每行 {type_area(document).right:g} 字（文本文件，没有坐标）"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("一二三", "一二三"),
        ("一" * 20, "一" * 20),
        ("一" * 21, "一" * 20 + "…"),
        ("  一\u3000\t二\n三 ", "一 二 三"),
        ("一\u202e\ue000\x1b", "一\\u202e\\ue000\\x1b"),
        ("\ud800", "\\ud800"),
        ("", ""),
    ],
)
def test_a_beginning_is_one_line_that_can_be_printed(text: str, shown: str) -> None:
    assert beginning(text) == shown


# -- the command line ----------------------------------------------------------------------------------------------------


def test_explain_prints_and_writes_nothing(gongwen: Gongwen, sample: Path, tmp_path: Path) -> None:
    result = gongwen("explain", sample)
    assert (result.stderr, result.returncode) == ("", 0)
    assert result.stdout == explain(processed(sample.read_bytes(), "seed.pdf")) + "\n"
    assert [*tmp_path.iterdir()] == []


def test_explain_reads_texts_of_odd_names_in_any_locale(gongwen: Gongwen, tmp_path: Path) -> None:
    (tmp_path / "-通知\n.txt").write_text(TEXT, encoding="utf-8")
    result = gongwen("explain", "--", "-通知\n.txt", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert (result.stderr, result.returncode) == ("", 0)
    assert result.stdout == explain(processed(TEXT.encode(), "t.txt")) + "\n"


@pytest.mark.parametrize(
    ("arguments", "message", "code"),
    [
        (("missing.pdf",), "missing.pdf: does not exist; check the name", 3),
        (("empty.txt",), "empty.txt: is empty; fetch it again", 3),
        (("empty.txt", "more.txt"), "Got unexpected extra argument (more.txt); see gongwen --help", 2),
        (("empty.txt", "--config", "no.toml"), "no.toml: cannot be read: No such file or directory; check --config", 2),
    ],
)
def test_what_cannot_be_explained_is_one_line(
    gongwen: Gongwen, tmp_path: Path, arguments: tuple[str, ...], message: str, code: int
) -> None:
    (tmp_path / "empty.txt").touch()
    result = gongwen("explain", *arguments)
    assert (result.stdout, result.stderr, result.returncode) == ("", f"gongwen: {message}\n", code)
