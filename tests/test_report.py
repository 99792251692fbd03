"""The review report: everything the program did is in it, nothing else is, and it stands alone."""

from __future__ import annotations

import base64
import hashlib
import io
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from lxml import html

from pipeline.config import load
from pipeline.document import (
    Block,
    Cell,
    Certainty,
    Change,
    Document,
    Finding,
    Layout,
    Line,
    Mark,
    Page,
    Source,
    Span,
    Table,
)
from pipeline.emit.findings import findings
from pipeline.emit.report import codes, difference, matched, report, runs, told_by_code
from pipeline.rule import table
from pipeline.stages import process
from tests.pdf import Pdf, Set, lines
from tests.test_tables import filled, rules

CONFIG = load()
CHROMIUM = Path("/usr/bin/chromium")
SEEN = re.compile("[^\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffd\ud800-\udfff]*")
TEXT = """关于<script>alert("x")</script>做好'工作'的通知
各市总工会：
\u202e反\u202c转\u200b零宽\u00ad软\ufeff,“引号” & &amp; </style></mark><img src=//x.example/a.png onerror=1>\x07铃\x1b逃\ufffd缺\ue000私
王 东 明
2022年2月30日
"""


class Made(NamedTuple):
    document: Document
    content: dict[str, Any]
    page: bytes
    tree: html.HtmlElement


def made(document: Document, pictures: tuple[bytes, ...] = ()) -> Made:
    content = findings(document, table(), "", "archive")
    page = report(document, table(), content, pictures)
    return Made(document, content, page, html.document_fromstring(page.decode()))


def written(text: str, name: str = "t.txt") -> Document:
    return process(Path(name), text.encode(), CONFIG)


def marked(source: str, *findings_: Finding, name: str = "t.txt") -> Document:
    """A document of one page and one block whose commas, "x" and line ends were changed."""
    starts = [0, *(n + 1 for n, c in enumerate(source) if c == "\n")]
    ends = [n for n, c in enumerate(source) if c == "\n"] + [len(source)]
    lines = tuple(Line(1, n, Span(*span)) for n, span in enumerate(zip(starts, ends, strict=True), 1))
    whole = Span(0, len(source))
    document = Document.of(source, Layout((Page(1, 0.0, 0.0, whole),), lines), Source(name, "0" * 64))
    document = replace(document, blocks=(Block("p", whole),))
    for rule, before, after, certainty in (
        ("LAY-01", "\n", "", Certainty.CERTAIN),
        ("P01", ",", "，", Certainty.CERTAIN),
        ("S07", "x", "", Certainty.LIKELY),
    ):
        places = [n for n, c in enumerate(document.text) if c == before]
        document = document.apply([Change(n, n + 1, after) for n in places], rule, certainty)
    return document.with_findings(findings_)


def shown(text: str) -> str:
    """A text as the list of changes shows it."""
    return "".join(run for run, _ in runs(text, spaces=True))


def words(element: html.HtmlElement) -> str:
    return str(element.text_content())


@pytest.fixture(scope="module")
def seed(sample: Path) -> Made:
    return made(process(sample, sample.read_bytes(), CONFIG))


@pytest.fixture(scope="module")
def pictured(seed: Made, sample: Path) -> Made:
    from pipeline.emit.facsimile import pictures

    return made(seed.document, tuple(pictures(sample.read_bytes(), CONFIG.report)))


@pytest.fixture(scope="module")
def faulty(shared: Path) -> Made:
    path = shared / "corpus" / "office" / "office_faulty.pdf"
    return made(process(path, path.read_bytes(), CONFIG))


def typeset(*pages: tuple[list[Set], str]) -> Made:
    pdf = Pdf()
    for runs_, drawing in pages:
        pdf.page(runs_, drawing=drawing)
    return made(process(Path("t.pdf"), pdf.data(), CONFIG))


def drawn(table_: html.HtmlElement) -> list[list[str]]:
    return [["".join(words(text) for text in cell.find_class("text")) for cell in row] for row in table_.iter("tr")]


# -- everything is in it -------------------------------------------------------------------------------------------------


def assert_complete(report_: Made) -> None:
    """Each entry of findings.json has one place in the text and one row with its reason; nothing else has."""
    tree, entries = report_.tree, report_.content["findings"]
    rows = {row.get("data-key"): row for row in tree.iter("li") if row.get("data-key")}
    assert sorted(row.get("data-key") for row in tree.iter() if row.get("data-key")) == sorted(
        e["key"] for e in entries
    )
    for entry in entries:
        row, rule = rows[entry["key"]], table()[entry["rule"]]
        target = row.find_class("where")[0].get("href").removeprefix("#")
        assert target.startswith("q-" if entry["kind"] == "query" else "e-")
        assert len(tree.xpath("//*[@id=$id]", id=target)) == 1
        text = words(row)
        if entry["kind"] == "edit":
            assert shown(entry["before"]) in text
            assert shown(entry["after"]) in text
        else:
            assert "".join(run for run, _ in runs(entry["before"].strip())) in text
            assert f"n-{entry['key']}" in {aside.get("id") for aside in tree.iter("aside")}
            assert entry["message"] == rule.title or entry["message"] in words(
                tree.get_element_by_id(f"n-{entry['key']}")
            )
        group = words(tree.get_element_by_id(f"r-{rule.id}"))
        assert rule.title in group
        assert rule.clause in group
    ids = Counter(element.get("id") for element in tree.iter() if element.get("id"))
    assert [name for name, count in ids.items() if count > 1] == []
    places = [name for name in ids if re.match(r"[eq]-\d", name)]
    assert len(places) == len(entries)
    assert {link.get("href")[1:] for link in tree.iter("a")} <= set(ids)


def test_sample_is_complete(seed: Made) -> None:
    assert len(seed.content["findings"]) > 190
    assert_complete(seed)


def test_marked_text_without_what_was_struck_is_the_reading(seed: Made) -> None:
    pieces = []
    for text in seed.tree.find_class("text"):
        for extra in (*text.iter("del"), *text.find_class("said"), *text.find_class("ref"), *text.find_class("at")):
            extra.drop_tree()
        pieces.append(words(text))
    assert "".join(pieces) == seed.document.text.replace("\n", "").replace("\f", "")


def test_marked_text_without_what_was_added_is_the_source() -> None:
    tree = made(marked("甲,乙,,丙")).tree
    text = tree.find_class("text")[0]
    for extra in (*text.iter("ins"), *text.find_class("said")):
        extra.drop_tree()
    assert words(text) == "甲,乙,,丙"


def test_table_of_parts(seed: Made) -> None:
    parts = words(seed.tree.find_class("parts")[0])
    for value in ("中华全国总工会", "各全国产业工会", "新疆生产建设兵团总工会", "印发日期 2022年5月7日", "2022-05-06"):
        assert value in parts
    assert words(made(written("随便写的一段文字，没有要素。")).tree.find_class("parts")[0]).count("—") == 9


def test_number_and_attachments_are_in_the_table_of_parts(faulty: Made) -> None:
    parts = faulty.tree.find_class("parts")[0]
    assert "东工发[2022]7号" in words(parts)
    rows = [[words(cell) for cell in row.iter("td")] for row in parts.find_class("attachments")[0].iter("tr")]
    assert rows == [[], ["✓慰问对象汇总表", "✓慰问对象汇总表"], ["✓资金使用情况表", "—未找到"]]


@pytest.mark.parametrize(
    ("noted", "found", "pairs"),
    [
        (["甲乙名单", "丙丁办法"], ["丙丁办法"], [("甲乙名单", "", False), ("丙丁办法", "丙丁办法", True)]),
        (["《甲乙 名单》"], ["甲乙名单"], [("《甲乙 名单》", "甲乙名单", True)]),
        (["防汛责任名单"], ["防汛责任人名单"], [("防汛责任名单", "防汛责任人名单", False)]),
        (["甲", "乙"], ["附件2"], [("甲", "", False), ("乙", "附件2", False)]),
        (["甲"], ["附件"], [("甲", "附件", False)]),
        (["甲"], ["乙", "附件3"], [("甲", "", False), ("", "乙", False), ("", "附件3", False)]),
        ([], ["乙"], [("", "乙", False)]),
        (["甲", "甲"], ["甲"], [("甲", "甲", True), ("甲", "", False)]),
    ],
)
def test_attachments_listed_are_matched_with_those_found(
    noted: list[str], found: list[str], pairs: list[tuple[str, str, bool]]
) -> None:
    assert matched(noted, found) == pairs


def test_counts(seed: Made) -> None:
    edits = sum(entry["kind"] == "edit" for entry in seed.content["findings"])
    assert [b.text for b in seed.tree.find_class("counts")[0].iter("b")] == [str(edits), "0", "1"]


def test_certain_rules_are_folded_and_open_ones_are_not(seed: Made) -> None:
    state = {rule.get("id"): rule.get("open") for rule in seed.tree.find_class("rule")}
    assert state["r-P01"] is None
    assert state["r-C01"] is not None


# -- the text ------------------------------------------------------------------------------------------------------------


def test_edit_says_what_it_is_without_colour() -> None:
    edit = made(marked("甲,乙")).tree.get_element_by_id("e-1-1-2")
    assert edit.get("class") == "edit P01 certain"
    assert edit.get("tabindex") == "0"
    assert words(edit) == "删,增，"
    assert [child.tag for child in edit] == ["del", "ins"]


def test_likely_edit_stands_out() -> None:
    assert made(marked("甲x乙")).tree.get_element_by_id("e-1-1-2").get("class") == "edit S07 likely"


def test_sure_join_is_a_place_and_a_doubtful_one_is_drawn() -> None:
    place = made(marked("甲\n乙")).tree.get_element_by_id("e-1-1-2")
    assert (place.get("class"), words(place)) == ("join", "")
    doubtful = marked("甲乙\n丙")
    edits = [edit._replace(certainty=Certainty.LIKELY) for edit in doubtful.edits]
    drawn = made(replace(doubtful, edits=tuple(edits))).tree.get_element_by_id("e-1-1-3")
    assert words(drawn) == "删⏎"


def test_two_edits_of_one_place_have_an_element_each() -> None:
    document = marked("甲,乙")
    document = document.apply([Change(1, 2, "、")], "P02", Certainty.CERTAIN)
    assert_complete(made(document))
    assert made(document).tree.get_element_by_id("e-1-1-2").get("class") == "edit P01 P02 certain"
    assert words(made(document).tree.get_element_by_id("e-1-1-2")) == "删,增、"


def test_query_is_cut_where_another_lies_inside_it() -> None:
    outer = Finding(Span(0, 7), "DATE-001", "外", "warning", "low")
    inner = Finding(Span(2, 4), "DATE-007", "内", "error", "high", suggestion="丙丁")
    result = made(marked("甲乙,丙\n丁戊", outer, inner))
    assert_complete(result)
    marks = list(result.tree.iter("mark"))[1:]  # the first is the legend's
    assert [(mark.get("id"), mark.get("class")) for mark in marks] == [
        ("q-1-1-1-DATE-001", "warning"),
        ("q-1-1-3-DATE-007", "error"),
        (None, "warning"),
    ]
    assert [link.text for link in result.tree.find_class("ref")] == ["疑2", "疑1"]


@pytest.mark.parametrize(("span", "sign"), [(Span(1, 1), "∧"), (Span(1, 2), "¶"), (Span(4, 4), "∧")])
def test_query_about_nothing_visible_is_shown(span: Span, sign: str) -> None:
    result = made(marked("甲\n乙丙", Finding(span, "LAY-01", "问", "info", "low")))
    assert_complete(result)
    assert words(list(result.tree.iter("mark"))[1]) == sign


def test_query_without_a_place_stands_before_the_text() -> None:
    result = made(written("随便写的一段文字，没有要素。"))
    assert_complete(result)
    note = result.tree.find_class("general")[0]
    assert note.xpath(".//*[@id='q-0-0-0-LAY-08']")


def test_page_without_text_keeps_its_query() -> None:
    result = made(written("第一页的文字内容。\f\f第三页的文字内容。"))
    assert_complete(result)
    assert "没有任何内容" in words(result.tree.get_element_by_id("p-2"))


def test_furniture_is_struck_in_its_place() -> None:
    data = (
        Pdf()
        .page([Set(79, 120, "各级工会要做好工作。"), Set(79, 150, "请遵照执行。"), Set(280, 800, "— 1 —", 14)])
        .data()
    )
    result = made(process(Path("t.pdf"), data, CONFIG))
    assert_complete(result)
    furniture = result.tree.find_class("k-furniture")[0]
    assert [words(struck) for struck in furniture.iter("del")] == ["删—␣1␣—"]


def test_text_without_coordinates_is_one_column(shared: Path) -> None:
    path = shared / "corpus" / "seed" / "seed.txt"
    result = made(process(path, path.read_bytes(), CONFIG))
    assert_complete(result)
    assert not list(result.tree.iter("figure", "svg", "img"))
    assert len(result.tree.find_class("page")) == 6


def test_label_says_why(seed: Made) -> None:
    title = seed.tree.find_class("k-title")[0].find_class("label")[0]
    assert words(title) == "标题，依据：居中或大字，以文种结尾"
    assert title.get("tabindex") == "0"
    (plain,) = (label for label in made(marked("甲,乙")).tree.find_class("label"))
    assert (words(plain), plain.get("tabindex")) == ("正文段落", None)


def test_label_of_furniture_names_its_rule(faulty: Made) -> None:
    furniture = faulty.tree.find_class("k-furniture")[0]
    assert words(furniture.find_class("why")[0]) == f"，依据：LAY-03 {table()['LAY-03'].title}"


def test_level_of_a_heading_is_told(faulty: Made) -> None:
    assert faulty.tree.find_class("k-heading")[0].get("class") == "piece k-heading level-1"


def test_head_that_runs_in_is_told_from_its_paragraph() -> None:
    document = marked("一、甲,乙。丙,丁\n戊")
    head = Mark("run-in", Span(0, 6), {"subtype": "level-2"})
    query = Finding(Span(1, 7), "DATE-001", "问", "error", "high")
    result = made(replace(document, marks=(head,)).with_findings([query]))
    assert_complete(result)
    heads = result.tree.find_class("run-in")
    assert [words(head) for head in heads] == ["一", "、甲", "删,增，", "乙。"]
    assert {head.get("class") for head in heads} == {"run-in level-2"}


# -- ruled tables --------------------------------------------------------------------------------------------------------

XS, YS = [80.0, 160.0, 300.0, 500.0], [200.0, 230.0, 270.0, 300.0]
ROWS = [["序号", "名称", "备注"], ["1", "青云水库,防汛物资", ""], ["2", "石门水库", "2024年2月30日"]]


def test_ruled_table_is_a_table_with_its_findings_in_the_cells() -> None:
    result = typeset(([*lines(["　　物资储备情况如下。"], y=150), *filled(XS, YS, ROWS)], rules(XS, YS)))
    assert_complete(result)
    assert_harmless(result)
    (box,) = result.tree.find_class("ruled")
    assert drawn(box) == [
        ["序号", "名称", "备注"],
        ["1", "青云水库删,增，防汛物资", ""],
        ["2", "石门水库", "2024年2月30日疑1"],
    ]
    assert [cell.tag for cell in next(box.iter("tr"))] == ["th"] * 3
    assert [col.get("width") for col in box.iter("col")] == ["19.0%", "33.3%", "47.6%"]
    held = [
        [e.tag for e in cell.iter() if (e.get("id") or "").startswith(("e-", "q-", "n-"))] for cell in box.iter("td")
    ]
    assert held == [[], ["span"], [], [], [], ["mark", "aside"]]
    labels = [words(label).partition("，")[0] for label in result.tree.find_class("label")]
    assert labels == ["正文段落", "表格"]


def test_merged_cells_are_drawn_once() -> None:
    without = ((160.0, 200.0, 160.0, 230.0), (80.0, 270.0, 160.0, 270.0))
    rows = [["指标", "", "备注"], ["坝", "高", "1"], ["", "长", "2"]]
    result = typeset((filled(XS, YS, rows), rules(XS, YS, without)))
    (box,) = result.tree.find_class("ruled")
    assert drawn(box)[:2] == [["指标", "备注"], ["坝", "高", "1"]]
    assert [cell.get("colspan") for cell in box.iter("th")] == ["2", None]
    assert [cell.get("rowspan") for cell in box.iter("td")] == ["2", None, None, None, None]


def test_table_over_pages_shows_on_each_its_part() -> None:
    ys = [110.0, 140.0, 170.0]
    first, second = [ROWS[0], ["1", "青云", ""]], [ROWS[0], ["2", "石门", "有"]]
    number = Set(290, 790, "— 1 —", 14)
    result = typeset(
        ([*filled(XS, ys, first), number], rules(XS, ys)), ([*filled(XS, ys, second), number], rules(XS, ys))
    )
    assert_complete(result)
    boxes = [result.tree.get_element_by_id(f"p-{n}").find_class("ruled") for n in (1, 2)]
    assert [len(found) for found in boxes] == [1, 1]
    assert drawn(boxes[0][0]) == first
    assert drawn(boxes[1][0]) == [["删序号", "删名称", "删备注"], ["2", "石门", "有"]]
    assert [len(list(found[0].iter("th"))) for found in boxes] == [3, 3]
    assert len(boxes[1][0].find_class("k-furniture")) == 3
    heads = [words(box[0].getparent().find_class("label")[0]) for box in boxes]
    assert heads == ["表格，依据：表格线", ""]


def ruled(*cells: tuple[int, int, int, int, tuple[int, int]]) -> list[list[tuple[str, str | None]]]:
    """What is drawn of a table of 3 × 3 whose cells (row, column, rows, columns, lines) are given, with classes."""
    document = marked("甲\n乙\n丙")
    made_of = tuple(Cell(*cell, (10.0 * cell[1], 0.0, 10.0 * (cell[1] + cell[3]), 10.0)) for cell in cells)
    layout = replace(document.layout, tables=(Table(1, 3, 3, made_of, (0.0, 0.0, 30.0, 30.0)),))
    blocks = [Block("table", Span(0, 5), attributes={"tables": "0"})]
    blocks += [Block("cell", document.layout.lines[cell[4][0]].span) for cell in cells if cell[4][0] < cell[4][1]]
    result = made(replace(document, layout=layout, blocks=tuple(blocks)))
    assert_complete(result)
    (box,) = result.tree.find_class("ruled")
    return [[("".join(words(cell).split()), cell.get("class")) for cell in row] for row in box.iter("tr")]


def test_what_is_no_cell_is_left_open() -> None:
    cells = (0, 0, 1, 1, (0, 1)), (1, 1, 1, 1, (1, 2)), (2, 2, 1, 1, (2, 3))
    assert [[cls for _, cls in row] for row in ruled(*cells)] == [
        [None, "hole"],
        ["hole", None, "hole"],
        ["hole", None],
    ]


def test_line_between_two_cells_is_kept() -> None:
    drawn_ = ruled((0, 0, 3, 2, (0, 1)), (0, 2, 3, 1, (2, 3)))
    assert [[text for text, _ in row] for row in drawn_] == [["甲乙", "丙"], [], []]


def test_table_with_one_cell_that_is_not_empty() -> None:
    document = marked("甲,乙")
    cells = Cell(0, 0, 1, 1, (0, 1), (0.0, 0.0, 9.0, 9.0)), Cell(0, 1, 1, 1, (1, 1), (9.0, 0.0, 18.0, 9.0))
    layout = replace(document.layout, tables=(Table(1, 1, 2, cells, (0.0, 0.0, 18.0, 9.0)),))
    blocks = Block("table", Span(0, 3), attributes={"tables": "0"}), Block("cell", Span(0, 3))
    result = made(replace(document, layout=layout, blocks=blocks))
    assert_complete(result)
    assert drawn(result.tree) == [["甲删,增，乙", ""]]


# -- nothing else is -----------------------------------------------------------------------------------------------------


def assert_harmless(result: Made) -> None:
    tree, page = result.tree, result.page.decode()
    assert SEEN.fullmatch(page)
    assert [e.tag for e in tree.iter("script", "iframe", "object", "embed", "form", "base")] == []
    assert len(list(tree.iter("style"))) == 1
    for element in tree.iter():
        for name, value in element.attrib.items():
            assert not name.startswith("on")
            assert name != "style"
            if name in ("src", "href", "action", "data", "srcset", "xlink:href"):
                assert re.match(r"data:(image/webp;base64,|,$)|#", value)
    assert "url(" not in page
    assert "@import" not in page
    style = next(tree.iter("style")).text
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert base64.b64encode(hashlib.sha256(style.encode()).digest()).decode() in policy
    assert policy.startswith("default-src 'none'; img-src data:; style-src 'sha256-")


def test_hostile_text_is_text() -> None:
    result = made(written(TEXT))
    assert_complete(result)
    assert_harmless(result)
    text = "".join(words(piece) for piece in result.tree.find_class("text"))
    assert "关于<script>alert(\"x\")</script>做好'工作'的通知" in text
    assert "& &amp; </style></mark><img src=//x.example/a.png onerror=1>" in text
    assert "U+202E反U+202C转" in text
    assert "〓" in text
    assert "U+E000" in text
    assert not list(result.tree.iter("img"))


def test_hostile_name_and_message() -> None:
    message = "\u202e\ud800\"'><script>1</script>"
    query = Finding(
        Span(0, 1), "DATE-001", message, "error", "high", suggestion=message, found=message, expected=message
    )
    result = made(marked("甲\ud800,\udfff乙", query, name=f"{message}.pdf"))
    assert_harmless(result)
    assert "U+202EU+D800\"'><script>1</script>.pdf" in words(result.tree.find(".//h1"))


def test_same_input_gives_same_bytes(pictured: Made) -> None:
    pictures = tuple(base64.b64decode(image.get("src").partition(",")[2]) for image in pictured.tree.iter("img"))
    assert made(pictured.document, pictures).page == pictured.page


# -- pictures ------------------------------------------------------------------------------------------------------------


def test_pictures_stand_beside_the_text(pictured: Made) -> None:
    assert_complete(pictured)
    assert_harmless(pictured)
    assert [image.get("alt") for image in pictured.tree.iter("img")] == [f"第{n}页影像" for n in range(1, 7)]
    box = pictured.content["findings"][-1]
    query = next(entry for entry in pictured.content["findings"] if entry["kind"] == "query")
    assert box["kind"] == "edit"
    rects = list(pictured.tree.get_element_by_id(f"p-{query['page']}").iter("rect"))
    assert len(list(pictured.tree.iter("rect"))) == len(rects) == len(query["boxes"])
    _, x0, y0, x1, _ = query["boxes"][0]
    assert float(rects[0].get("x")) == pytest.approx(x0 - 1.5, abs=0.1)
    assert float(rects[0].get("y")) == pytest.approx(y0 - 1.5, abs=0.1)
    assert float(rects[0].get("width")) == pytest.approx(x1 - x0 + 3, abs=0.1)


def test_page_without_a_picture_says_so(seed: Made) -> None:
    page = made(seed.document, (b"",) * 6)
    assert not list(page.tree.iter("img"))
    assert len(page.tree.find_class("missing")) == 6


@pytest.fixture
def rendered() -> Callable[[bytes], list[Any]]:
    from PIL import Image

    from pipeline.emit.facsimile import pictures

    def open_(data: bytes) -> list[Any]:
        return [Image.open(io.BytesIO(page)) if page else None for page in pictures(data, CONFIG.report)]

    return open_


def test_grey_page_has_four_greys_and_a_red_one_colour(rendered: Callable[[bytes], list[Any]]) -> None:
    red = "1 0 0 rg 100 700 300 40 re f"
    faint = "0.8 g 0 0 600 850 re f 0 g 100 700 300 40 re f"  # grey paper
    pages = rendered(Pdf().page([]).page([], drawing=red).page([], drawing=faint).data())
    assert [page.size for page in pages] == [(910, 1287)] * 3
    assert {channel for _, pixel in pages[0].convert("RGB").getcolors() for channel in pixel} <= {0, 85, 170, 255}
    assert pages[1].convert("RGB").getpixel((300, 190))[0] > 200 > 60 > pages[1].convert("RGB").getpixel((300, 190))[1]
    assert pages[2].convert("L").getpixel((5, 5)) == 255


def test_giant_page_is_made_smaller(rendered: Callable[[bytes], list[Any]]) -> None:
    pages = rendered(Pdf(width=14000, height=700).page([]).data())
    assert max(pages[0].size) in range(2990, 3002)


def test_page_that_cannot_be_rendered_is_left_out(rendered: Callable[[bytes], list[Any]]) -> None:
    data = Pdf().page([]).page([]).data().replace(b"/Kids [4 0 R 6 0 R]", b"/Kids [4 0 R 999 0 R]")
    assert [page is None for page in rendered(data)] == [False, True]


# -- small functions -----------------------------------------------------------------------------------------------------


def test_what_cannot_be_seen_is_drawn() -> None:
    assert runs("甲 \u3000\u200b") == [("甲 \u3000", ""), ("U+200B", "U+200B")]
    assert [run for run, _ in runs(" \u3000\u00a0\t\n\u2009", spaces=True)] == ["␣", "□", "⍽", "→", "⏎", "U+2009"]
    assert codes(",，") == "U+002C U+FF0C"


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (",", "，", True),
        ("──", "——", True),
        (" ", "", True),
        ("⼀", "一", True),
        ("甲", "乙", False),
        ("\n", "", False),
    ],
)
def test_code_points_are_given_where_nothing_else_tells(before: str, after: str, told: bool) -> None:
    assert told_by_code(before, after) is told


def test_suggestion_is_shown_as_a_change() -> None:
    assert difference("星期四）", "星期五）") == [("星期", "", ""), ("", "四", "五"), ("）", "", "")]
    assert difference("", "甲" * 700) == [("甲" * 700, "", "")]


# -- in a browser --------------------------------------------------------------------------------------------------------


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed")
def test_report_in_a_browser_without_javascript(pictured: Made, tmp_path: Path) -> None:
    playwright = pytest.importorskip("playwright.sync_api")
    path = tmp_path / "seed.html"
    path.write_bytes(pictured.page)
    xs, ys = [60.0 + 30 * n for n in range(17)], [200.0, 240.0, 280.0]
    wide = tmp_path / "wide.html"
    wide.write_bytes(typeset((filled(xs, ys, [["甲"] * 16, ["1,2"] * 16]), rules(xs, ys))).page)
    requests: list[str] = []
    complaints: list[str] = []
    flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
    flags += ["--disable-component-update", "--disable-sync"]
    with playwright.sync_playwright() as player:
        browser = player.chromium.launch(executable_path=str(CHROMIUM), args=flags)
        for width, scheme in ((1400, "light"), (900, "dark"), (400, "light")):
            context = browser.new_context(
                java_script_enabled=False, color_scheme=scheme, viewport={"width": width, "height": 900}
            )
            page = context.new_page()
            page.on("request", lambda request: requests.append(request.url))
            page.on("console", lambda message: complaints.append(message.text))
            page.goto(path.as_uri())
            change = page.locator("#e-1-3-14")
            change.scroll_into_view_if_needed()
            assert change.locator("ins").is_visible()
            assert change.locator("ins").inner_text().endswith("，")
            assert page.locator("#p-1 img").bounding_box()["width"] > 300
            assert page.evaluate("document.documentElement.scrollWidth") == width
            assert page.locator(".list").evaluate("list => list.scrollWidth - list.clientWidth") == 0
            why = page.locator(".k-title .why").first
            assert why.bounding_box()["width"] < 2
            page.locator(".k-title .label").first.focus()
            assert why.bounding_box()["width"] > 100
            page.goto(wide.as_uri())
            box = page.locator(".ruled")
            box.scroll_into_view_if_needed()
            assert page.evaluate("document.documentElement.scrollWidth") == width
            assert box.evaluate("box => box.scrollWidth > box.clientWidth")
            context.close()
        browser.close()
    assert {url for url in requests if not url.startswith("data:")} == {path.as_uri(), wide.as_uri()}
    assert complaints == []
