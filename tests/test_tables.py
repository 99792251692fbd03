"""Ruled tables: cells, spans, pages, forms."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.config import load
from pipeline.document import Document
from pipeline.emit.check import faults, parse
from pipeline.emit.reading import block_text, reading
from pipeline.emit.tei import tei
from pipeline.extract.glyphs import Stroke
from pipeline.extract.grids import find_grids
from pipeline.rule import table
from pipeline.stages import process
from tests.pdf import Pdf, Set, lines

CONFIG = load()
T = {"t": "http://www.tei-c.org/ns/1.0"}
HEIGHT = 841.89


def rules(xs: list[float], ys: list[float], without: tuple[tuple[float, float, float, float], ...] = ()) -> str:
    """The drawing of a grid, cell edge by cell edge; ``without`` are edges (x0, y0, x1, y1) left out."""
    edges = [(a, y, b, y) for y in ys for a, b in pairwise(xs)]
    edges += [(x, a, x, b) for x in xs for a, b in pairwise(ys)]
    return "0.5 w " + " ".join(
        f"{x0} {HEIGHT - y0} m {x1} {HEIGHT - y1} l S" for x0, y0, x1, y1 in edges if (x0, y0, x1, y1) not in without
    )


def filled(xs: list[float], ys: list[float], rows: list[list[str]]) -> list[Set]:
    return [
        Set(xs[c] + 4, ys[r] + 16 + 14 * n, line, 12, "song")
        for r, row in enumerate(rows)
        for c, cell in enumerate(row)
        for n, line in enumerate(cell.split("\n"))
        if line
    ]


def made(*pages: tuple[list[Set], str]) -> Document:
    pdf = Pdf()
    for runs, drawing in pages:
        pdf.page(runs, drawing=drawing)
    document = process(Path("t.pdf"), pdf.data(), CONFIG)
    assert faults(tei(document, table()), document.source, reading(document).decode()) == []
    return document


def cells(document: Document, number: int = 0) -> list[list[str]]:
    found = parse(tei(document, table())).findall(".//t:table", T)[number]
    return [["".join(cell.itertext()) for cell in row.iterfind("t:cell", T)] for row in found.iterfind("t:row", T)]


XS, YS = [80.0, 160.0, 300.0, 500.0], [200.0, 230.0, 270.0, 300.0]
ROWS = [["序号", "名称", "备注"], ["1", "青云水库防汛物资储备\n中心", ""], ["2", "石门水库", "已检查"]]


def test_a_ruled_table_has_its_rows_and_cells_with_the_empty_ones() -> None:
    document = made(([*lines(["　　物资储备情况如下。"], y=150), *filled(XS, YS, ROWS)], rules(XS, YS)))
    assert cells(document) == [
        ["序号", "名称", "备注"],
        ["1", "青云水库防汛物资储备中心", ""],
        ["2", "石门水库", "已检查"],
    ]
    root = parse(tei(document, table()))
    found = root.find(".//t:table", T)
    assert found is not None
    assert (found.get("rows"), found.get("cols"), found.get("facs")) == ("3", "3", "#z.1.t1")
    assert [row.get("role") for row in found.iterfind("t:row", T)] == ["label", "data", "data"]
    assert root.find(".//t:zone[@type='table']", T) is not None
    block = next(block for block in document.blocks if block.kind == "table")
    assert block_text(document, block) == "序号\t名称\t备注\n1\t青云水库防汛物资储备中心\t\n2\t石门水库\t已检查"


def test_short_lines_in_a_cell_are_paragraphs_of_their_own() -> None:
    rows = [["序号", "名称", "备注"], ["1", "坝高\n坝长", ""], ["2", "石门", "有"]]
    document = made((filled(XS, YS, rows), rules(XS, YS)))
    root = parse(tei(document, table()))
    assert ["".join(p.itertext()) for p in root.iterfind(".//t:cell/t:p", T)] == ["坝高", "坝长"]


def test_merged_cells_stand_once_with_their_spans() -> None:
    without = ((160.0, 200.0, 160.0, 230.0), (80.0, 270.0, 160.0, 270.0))
    rows = [["指标", "", "备注"], ["坝", "高", "1"], ["", "长", "2"]]
    document = made((filled(XS, YS, rows), rules(XS, YS, without)))
    root = parse(tei(document, table()))
    spans = [(c.get("cols"), c.get("rows"), "".join(c.itertext())) for c in root.iterfind(".//t:cell", T)]
    assert ("2", None, "指标") in spans
    assert (None, "2", "坝") in spans
    assert len(spans) == 7


def test_a_form_keeps_its_empty_cells_and_has_no_header() -> None:
    rows = [["单位名称", "", ""], ["联系人", "", "电话"], ["", "", "盖章"]]
    document = made((filled(XS, YS, rows), rules(XS, YS)))
    assert cells(document) == rows
    assert 'role="label"' not in tei(document, table()).decode()


def test_a_table_goes_on_over_a_page_and_its_header_is_printed_again() -> None:
    ys = [110.0, 140.0, 170.0]
    first = [["序号", "名称", "备注"], ["1", "青云", ""]]
    second = [["序号", "名称", "备注"], ["2", "石门", "有"]]
    number = Set(290, 790, "— 1 —", 14)
    document = made(
        ([*filled(XS, ys, first), number], rules(XS, ys)), ([*filled(XS, ys, second), number], rules(XS, ys))
    )
    assert [block.kind for block in document.blocks if block.kind == "table"] == ["table"]
    assert cells(document) == [["序号", "名称", "备注"], ["1", "青云", ""], ["2", "石门", "有"]]
    assert {edit.rule for edit in document.edits} == {"LAY-03"}
    headers = [block for block in document.blocks if block.attributes.get("type") == "header"]
    assert [document.source[slice(*block.span)] for block in headers] == ["序号", "名称", "备注"]


def test_two_tables_with_text_between_are_two() -> None:
    low = [y + 200 for y in YS]
    runs = [*filled(XS, YS, ROWS), *lines(["　　另有情况如下表。"], y=350), *filled(XS, low, ROWS)]
    document = made((runs, rules(XS, YS) + " " + rules(XS, low)))
    assert [b.kind for b in document.blocks if b.kind in ("table", "p")] == ["table", "p", "table"]


def test_a_caption_stands_in_its_table() -> None:
    document = made(([*lines(["　　　　　　　　表1　物资储备情况"], y=190), *filled(XS, YS, ROWS)], rules(XS, YS)))
    root = parse(tei(document, table()))
    assert ["".join(h.itertext()) for h in root.iterfind(".//t:table/t:head", T)] == ["表1　物资储备情况"]
    assert reading(document).decode().startswith("表1　物资储备情况\n序号")


def test_rules_look_at_each_cell() -> None:
    rows = [["序号", "名称", "备注"], ["1", "青云,石门", "2022年2月30日"], ["2", "石门", "有"]]
    document = made((filled(XS, YS, rows), rules(XS, YS)))
    assert cells(document)[1][1] == "青云，石门"
    assert "DATE-001" in {finding.rule for finding in document.findings}


def test_rules_of_a_letterhead_and_an_imprint_are_no_table() -> None:
    across = [Stroke(78, y, 522, y + 1) for y in (330, 655, 715, 745)]
    assert find_grids(across) == []


def test_a_box_around_a_text_is_no_table() -> None:
    document = made((lines(["　　特此通知。"], y=230), rules([80.0, 500.0], [200.0, 260.0])))
    assert [block.kind for block in document.blocks] == ["p"]


def test_rules_without_cells_are_asked_about() -> None:
    broken = "0.5 w " + " ".join(
        [
            *(f"100 {700 - 40 * n} m 200 {700 - 40 * n} l S" for n in range(4)),
            *(f"{300 + 40 * n} 500 m {300 + 40 * n} 400 l S" for n in range(4)),
        ]
    )
    document = made((lines(["　　特此通知。"]), broken))
    assert "LAY-12" in {finding.rule for finding in document.findings}


def test_a_paragraph_goes_on_under_a_table_that_cuts_it() -> None:
    full = "各级工会要进一步提升政治站位把深入学习宣传贯彻贺信精"
    above = lines(["　　" + full[2:], full], y=120, advance=17.0)
    below = lines([full, "贯彻执行。", "　　特此通知。"], y=340, advance=17.0)
    document = made(([*above, *filled(XS, YS, ROWS), *below], rules(XS, YS)))
    assert [block_text(document, block) for block in document.blocks if block.kind == "p"] == [
        full[2:] + full + full + "贯彻执行。",
        "特此通知。",
    ]
    assert cells(document)[2] == ["2", "石门水库", "已检查"]


def test_a_paragraph_that_ended_does_not_go_on_under_a_table() -> None:
    full = "各级工会要进一步提升政治站位把深入学习宣传贯彻贺信。"
    document = made(
        (
            [*lines([full], y=150, advance=17.0), *filled(XS, YS, ROWS), *lines([full], y=340, advance=17.0)],
            rules(XS, YS),
        )
    )
    assert [block.kind for block in document.blocks if block.kind in ("p", "table")] == ["p", "table", "p"]


def test_cells_are_no_furniture_whatever_their_place_and_words() -> None:
    ys = [70.0, 100.0, 400.0, 740.0, 780.0]
    rows = [["序号", "名称", "数量"], ["甲", "青云水库", "五"], ["乙", "石门水库", "七"], ["合计", "", "12"]]
    others = [["序号", "名称", "数量"], ["丙", "附件下载：", "六"], ["丁", "南湾水库", "九"], ["合计", "", "15"]]
    between = ([Set(80, 200, "以上为一季度情况，以下为二季度情况。", 16)], "")
    document = made((filled(XS, ys, rows), rules(XS, ys)), between, (filled(XS, ys, others), rules(XS, ys)))
    assert cells(document) == rows
    assert cells(document, 1) == others
    assert not [block for block in document.blocks if block.kind == "furniture"]


def test_what_stands_in_a_table_is_no_element_of_a_circular() -> None:
    title = Set(200, 120, "关于做好工作的通知", 22, "title")
    xs, ys = [80.0, 250.0, 500.0], [150.0, 180.0, 210.0, 240.0]
    rows = [["江工发〔2024〕9号", "（2024年4月28日）"], ["王 东 明", "——在大会上的讲话"], ["附件1", "一、提高认识"]]
    text = lines(["各级工会要进一步提升政治站位把深入学习宣传贯", "彻。"] * 3, y=300)
    document = made(([title, *filled(xs, ys, rows), *text], rules(xs, ys)))
    assert {block.kind for block in document.blocks} == {"title", "table", "cell", "p"}
    assert cells(document) == rows


def test_a_note_under_a_table_that_goes_on_over_the_page_is_kept() -> None:
    ys = [600.0, 640.0, 680.0]
    rows = [["序号", "名称", "备注"], ["1", "青云水库①", "已检查"]]
    note = [Set(80, 700, "①含青云、白沙两处", 10), Set(80, 714, "的防汛物资。", 10)]
    below = [Set(80, 120, "各级工会要进一步提升政治站位把深入学习宣传", 16)]
    more = [["2", "石门水库", "已检查"], ["3", "南湾水库", "待检查"]]
    first = (
        lines(["各级工会要进一步提升政治站位把深入学习宣传贯", "彻。"], y=120) + filled(XS, ys, rows) + note,
        rules(XS, ys),
    )
    document = made(first, (filled(XS, [100.0, 140.0, 180.0], more), rules(XS, [100.0, 140.0, 180.0])), (below, ""))
    assert cells(document) == [*rows, *more]
    assert [block_text(document, block) for block in document.blocks if block.kind == "footnote"] == [
        "①含青云、白沙两处的防汛物资。"
    ]


WORDS = st.sampled_from(
    [
        "附件：1．名单",
        "2．办法",
        "（此件公开发布）",
        "附件1",
        "附件下载：",
        "第一章 总则",
        "一、提高认识",
        "抄送：各市总工会。",
        "江州省总工会",
        "2024年4月28日",
        "各市总工会：",
        "关于做好工作的通知",
        "— 2 —",
        "装",
        "表1 名单",
        "①见附表。",
        "3",
        "江工发〔2024〕9号\u3000签发人：赵立",
        "第一章 总则……………3",
        "——在大会上的讲话",
        "（2024年4月28日）",
        "王 东 明",
        "■项目",
    ]
)
LINES = st.tuples(WORDS, st.sampled_from([79.4, 113.4, 200.0, 400.0]), st.sampled_from([10.0, 16.0, 22.0]))
TABLES = st.lists(st.lists(WORDS, min_size=2, max_size=2), min_size=1, max_size=3)


def test_a_table_does_not_go_on_under_the_text_that_stands_below_it() -> None:
    """A paragraph cut by a table ends on this page; the table on the next is another one."""
    pdf = Pdf()
    xs = [80.0, 280.0, 500.0]
    row = [["附件：1．名单", "附件：1．名单"]]
    first = [Set(400, 75, "2．办法", 10), *filled(xs, [103, 133], row), Set(200, 163, "抄送：各市总工会。", 10)]
    pdf.page(first, drawing=rules(xs, [103, 133]))
    pdf.page(filled(xs, [75, 105], row), drawing=rules(xs, [75, 105]))
    document = process(Path("t.pdf"), pdf.data(), CONFIG)
    assert [block.kind for block in document.blocks if block.kind != "cell"] == ["p", "table", "table"]
    assert faults(tei(document, table()), document.source, reading(document).decode()) == []


@given(st.lists(st.lists(LINES | TABLES, min_size=1, max_size=14), min_size=1, max_size=3))
@settings(max_examples=80, deadline=None)
def test_whatever_stands_on_the_pages_is_in_the_file_once(pages: list[list[object]]) -> None:
    pdf = Pdf()
    for page in pages:
        runs, drawing, y = [], "", 75.0
        for item in page:
            if isinstance(item, tuple):
                text, x, size = item
                runs.append(Set(x, y, text, size))
                y += 28
            elif isinstance(item, list):
                xs, ys = [80.0, 280.0, 500.0], [y + 30 * n for n in range(len(item) + 1)]
                runs += filled(xs, ys, item)
                drawing += " " + rules(xs, ys)
                y = ys[-1] + 30
        pdf.page([run for run in runs if run.y < 830], drawing=drawing)
    document = process(Path("t.pdf"), pdf.data(), CONFIG)
    assert faults(tei(document, table()), document.source, reading(document).decode()) == []


def test_a_heading_does_not_run_into_the_table_under_it() -> None:
    heading = "一、关于各级工会做好汛期职工安全生产和防汛物资储备工作"
    head = [replace(run, font="hei", size=16) for run in filled(XS, YS, [["序号", "名称", "备注"]])]
    text = lines(["各级工会要进一步提升政治站位把深入学习宣传贯彻贺信精", "彻。"] * 3, y=400)
    runs = [Set(79.4, 180, heading, 16, "hei"), *head, *filled(XS, YS[1:], ROWS[1:]), *text]
    document = made((runs, rules(XS, YS)))
    assert [block_text(document, block) for block in document.blocks if block.kind == "heading"] == [heading]
