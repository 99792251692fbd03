"""The model: five properties that hold for every document, and the offsets between them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import (
    Block,
    Certainty,
    Change,
    Document,
    Edit,
    Finding,
    Hunk,
    Layout,
    Line,
    Page,
    Shown,
    Source,
    Span,
)

LETTERS = "工会，。 a1“”\n"


def plain(text: str) -> Document:
    """A document of one page and one line a line of text."""
    lines, at = [], 0
    for number, line in enumerate(text.split("\n"), 1):
        lines.append(Line(1, number, Span(at, at + len(line))))
        at += len(line) + 1
    return Document.of(text, Layout((Page(1, 0, 0, Span(0, len(text))),), tuple(lines)), Source("t.txt", "0" * 64))


@st.composite
def edited(draw: st.DrawFn) -> Document:
    """A document after a few rules, each with changes of its own."""
    document = plain(draw(st.text(LETTERS, max_size=30)))
    for n in range(draw(st.integers(0, 5))):
        cuts = sorted(draw(st.lists(st.integers(0, len(document.text)), max_size=8)))
        pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
        changes = [Change(a, b, draw(st.text(LETTERS, max_size=3))) for a, b in pairs]
        document = document.apply(changes, f"R{n}", Certainty.CERTAIN)
    return document


@given(edited())
def test_hunks_tile_the_source_exactly(document: Document) -> None:
    at = 0
    for hunk in document.hunks():
        assert hunk.span.start == at
        at = hunk.span.end
    assert at == len(document.source)


@given(edited())
def test_hunk_texts_join_to_the_text(document: Document) -> None:
    assert "".join(document.text[slice(*hunk.text)] for hunk in document.hunks()) == document.text
    for hunk in document.hunks():
        if not hunk.edits:
            assert document.text[slice(*hunk.text)] == document.source[slice(*hunk.span)]


@given(edited())
def test_every_edit_is_in_exactly_one_hunk(document: Document) -> None:
    held = [edit for hunk in document.hunks() for edit in hunk.edits]
    assert held == list(document.edits)
    for hunk in document.hunks():
        assert all(hunk.span.start <= edit.span.start <= edit.span.end <= hunk.span.end for edit in hunk.edits)


@given(edited())
def test_dropping_all_edits_gives_the_source_back(document: Document) -> None:
    bare = Document.of(document.source, document.layout, document.file)
    assert bare.text == document.source
    assert list(bare.hunks()) == ([Hunk(Span(0, len(bare.text)), (0, len(bare.text)), ())] if bare.text else [])
    kept = "".join(document.source[slice(*hunk.span)] for hunk in document.hunks())
    assert kept == document.source


@given(edited())
def test_offsets_never_run_backwards(document: Document) -> None:
    assert len(document.first) == len(document.last) == len(document.text)
    assert list(document.first) == sorted(document.first)
    assert list(document.last) == sorted(document.last)
    assert all(a <= b for a, b in zip(document.first, document.last, strict=True))


@given(edited())
def test_applying_a_change_that_changes_nothing_returns_the_same_document(document: Document) -> None:
    same = [Change(0, len(document.text), document.text), Change(0, 0, "")]
    assert document.apply(same, "R", Certainty.CERTAIN) is document


@given(edited(), st.data())
def test_the_reading_of_a_left_alone_run_is_its_source(document: Document, data: st.DataObject) -> None:
    for hunk in document.hunks():
        if not hunk.edits:
            a, b = sorted(data.draw(st.tuples(*[st.integers(hunk.span.start, hunk.span.end)] * 2)))
            assert document.read(Span(a, b)).endswith(document.source[a:b])
            start, end = hunk.text
            assert document.source_span(start, end) == hunk.span


def test_an_edit_knows_its_source_after_other_edits() -> None:
    document = plain("甲,乙,丙").apply([Change(1, 2, "，")], "P01", Certainty.CERTAIN)
    document = document.apply([Change(0, 1, "")], "R", Certainty.LIKELY)
    document = document.apply([Change(2, 3, "，", Certainty.LIKELY)], "P01", Certainty.CERTAIN)
    assert document.text == "，乙，丙"
    assert document.edits == (
        Edit(Span(0, 1), "甲", "", "R", Certainty.LIKELY),
        Edit(Span(1, 2), ",", "，", "P01", Certainty.CERTAIN),
        Edit(Span(3, 4), ",", "，", "P01", Certainty.LIKELY),
    )


def test_an_insertion_stands_before_its_next_character_and_belongs_to_it() -> None:
    document = plain("甲乙").apply([Change(1, 1, " ")], "R", Certainty.CERTAIN)
    assert document.edits[0].span == Span(1, 1)
    assert document.read(Span(1, 2)) == " 乙"
    assert document.apply([Change(3, 3, "。")], "R", Certainty.CERTAIN).edits[-1].span == Span(2, 2)


def test_an_insertion_inside_the_text_of_an_edit_stands_for_what_it_replaced() -> None:
    document = plain("甲———乙").apply([Change(1, 4, "——")], "D01", Certainty.CERTAIN)
    document = document.apply([Change(2, 2, "x")], "R", Certainty.CERTAIN)
    assert document.edits[-1].span == Span(1, 4)
    assert [len(hunk.edits) for hunk in document.hunks()] == [0, 2, 0]


@pytest.mark.parametrize(
    "changes",
    [
        [Change(0, 2, "x"), Change(1, 3, "y")],
        [Change(2, 9, "x")],
        [Change(2, 1, "x")],
    ],
)
def test_changes_that_overlap_or_lie_outside_are_refused(changes: list[Change]) -> None:
    with pytest.raises(ValueError, match="overlaps"):
        plain("甲乙丙").apply(changes, "R", Certainty.CERTAIN)


def test_a_block_is_its_span_without_the_blocks_inside_it() -> None:
    document = plain("甲乙\n— 1 —\n丙丁\n戊")
    outer, inner, other = Block("p", Span(0, 11)), Block("furniture", Span(3, 8)), Block("p", Span(12, 13))
    document = replace(document, blocks=(outer, inner, other))
    assert document.own_text(outer) == "甲乙\n\n丙丁"
    assert document.own_spans(outer) == [Span(0, 3), Span(8, 11)]
    assert document.own_text(inner) == "— 1 —"
    assert document.own_text(other) == "戊"


def test_a_block_that_ends_with_a_block_inside_it_has_no_empty_piece() -> None:
    document = replace(plain("甲乙\n— 1 —"), blocks=(Block("p", Span(0, 8)), Block("furniture", Span(3, 8))))
    assert document.own_spans(document.blocks[0]) == [Span(0, 3)]
    start = replace(plain("— 1 —\n甲"), blocks=(Block("p", Span(0, 7)), Block("furniture", Span(0, 5))))
    assert start.own_spans(start.blocks[0]) == [Span(5, 7)]


def test_an_empty_block_has_an_empty_text() -> None:
    document = replace(plain("甲"), blocks=(Block("p", Span(1, 1)),))
    assert document.own_text(document.blocks[0]) == ""


def test_a_rule_is_shown_the_label_and_where_lines_begin() -> None:
    document = replace(plain("抄送：甲，\n 乙。"), blocks=(Block("cc", Span(3, 9), label=Span(0, 3)),))
    passage = document.passage(document.blocks[0])
    shown = passage.shown
    assert (shown.text, shown.kind, shown.breaks, shown.measured) == ("抄送：甲，\n 乙。", "cc", (0, 6), False)
    passage.apply([Change(6, 7, "")], "S06", Certainty.CERTAIN)
    assert document.revised([passage]).text == "抄送：甲，\n乙。"


def test_a_change_over_a_block_inside_is_cut_and_its_text_goes_first() -> None:
    document = replace(plain("甲乙1丙丁"), blocks=(Block("p", Span(0, 5)), Block("furniture", Span(2, 3))))
    passage = document.passage(document.blocks[0])
    assert (passage.text, passage.borders) == ("甲乙丙丁", [3])
    passage.apply([Change(1, 3, "x")], "R", Certainty.CERTAIN)
    passage.apply([Change(2, 2, "y")], "S", Certainty.LIKELY)
    revised = document.revised([passage])
    assert revised.text == "甲x1y丁"
    assert [(edit.span, edit.before, edit.after) for edit in revised.edits] == [
        (Span(1, 2), "乙", "x"),
        (Span(3, 4), "丙", ""),
        (Span(4, 4), "", "y"),
    ]
    assert revised.own_text(revised.blocks[0]) == "甲xy丁"
    assert "".join(revised.source[slice(*hunk.span)] for hunk in revised.hunks()) == "甲乙1丙丁"


def test_a_piece_that_is_emptied_stays_where_it_was() -> None:
    document = replace(plain("甲1乙"), blocks=(Block("p", Span(0, 3)), Block("furniture", Span(1, 2))))
    passage = document.passage(document.blocks[0])
    passage.apply([Change(0, 2, "")], "R", Certainty.CERTAIN)
    assert document.revised([passage]).text == "1"


@st.composite
def rewritten(draw: st.DrawFn) -> tuple[Document, Document]:
    """A document of two paragraphs, one cut by a furniture line, before and after rules changed both."""
    first, middle, last, second = (draw(st.text(LETTERS.replace("\n", ""), min_size=1, max_size=6)) for _ in range(4))
    text = f"{first}{middle}{last}\n{second}"
    at = len(first)
    end = at + len(middle) + len(last)
    blocks = (
        Block("p", Span(0, end)),
        Block("furniture", Span(at, at + len(middle))),
        Block("p", Span(end + 1, len(text))),
    )
    document = replace(plain(text), blocks=blocks)
    passages = [document.passage(blocks[0]), document.passage(blocks[2])]
    for passage in passages:
        for n in range(draw(st.integers(0, 3))):
            end_ = len(passage.text)
            cuts = sorted(draw(st.lists(st.integers(0, end_), max_size=6)))
            pairs = [pair for pair in zip(cuts[::2], cuts[1::2], strict=False) if pair != (end_, end_)]
            changes = [Change(a, b, draw(st.text("xy", max_size=2))) for a, b in pairs]  # none stands after a block
            passage.apply(changes, f"R{n}", Certainty.CERTAIN)
    after = document.revised(passages)
    assert after.own_text(blocks[0]) == passages[0].text
    assert after.own_text(blocks[2]) == passages[1].text
    return document, after


@given(rewritten())
def test_what_rules_make_of_blocks_keeps_the_promises_of_a_document(pair: tuple[Document, Document]) -> None:
    before, after = pair
    assert after.read(before.blocks[1].span) == before.read(before.blocks[1].span)
    assert list(after.first) == sorted(after.first)
    assert "".join(after.source[slice(*hunk.span)] for hunk in after.hunks()) == before.source
    assert "".join(after.text[slice(*hunk.text)] for hunk in after.hunks()) == after.text
    assert [edit for hunk in after.hunks() for edit in hunk.edits] == list(after.edits)


def test_a_long_source_is_counted_through() -> None:
    document = plain("甲" * 5000)
    assert (document.first[4999], document.last[4999], document.reading.end) == (4999, 5000, 5000)


def test_what_became_of_a_stretch_is_as_sure_as_its_least_sure_edit() -> None:
    document = replace(plain("甲,,乙,丙"), blocks=(Block("p", Span(0, 6)),))
    passage = document.passage(document.blocks[0])
    passage.apply([Change(n, n + 1, "，") for n in (1, 2, 4)], "P01", Certainty.CERTAIN)
    passage.apply([Change(1, 3, "，")], "X01", Certainty.LIKELY)
    passage.apply([Change(4, 5, "丁")], "R", Certainty.CERTAIN)
    passage.apply([Change(4, 5, "丙")], "R", Certainty.CERTAIN)
    first, second = passage.changed(document.source)
    assert (first.span, first.before, first.after, first.certainty) == (Span(1, 3), ",,", "，", Certainty.LIKELY)
    assert (second.span, second.before, second.after, second.certainty) == (Span(4, 5), ",", "，", Certainty.CERTAIN)


def test_lines_whose_beginnings_were_taken_out_begin_nowhere() -> None:
    document = replace(plain("甲\n乙\n丙"), blocks=(Block("p", Span(0, 5)),))
    passage = document.passage(document.blocks[0])
    passage.apply([Change(2, 5, "")], "R", Certainty.CERTAIN)
    assert passage.shown.breaks == (0,)


def test_a_character_has_its_box_its_font_and_its_room_where_the_source_has_coordinates() -> None:
    xs = [0.0, 16.0, 48.0]
    line = Line(1, 1, Span(0, 3), 0, 0, 64, 16, 16, 16, "Song")
    flat = line._replace(size=0.0)
    for size, rooms in ((line, [1.0, 2.0, 1.0]), (flat, [None, None, None])):
        layout = Layout(
            (Page(1, 100, 100, Span(0, 3)),), (size,), xs, [0.0] * 3, [16.0, 32.0, 64.0], [16.0] * 3, [0] * 3, ("Song",)
        )
        document = Document.of("甲,乙", layout, Source("t.pdf", "0" * 64))
        document = replace(document, blocks=(Block("p", Span(0, 3)),))
        shown = document.passage(document.blocks[0]).shown
        assert [shown.room(n) for n in range(3)] == rooms
        assert shown.font(1) == "Song"
        assert shown.box(1) == (16.0, 32.0, size.size)
    shown = Shown("甲")
    assert (shown.room(0), shown.box(0), shown.font(0), shown.breaks) == (None, None, "", (0,))


def test_nothing_changed_is_the_same_document() -> None:
    document = replace(plain("甲"), blocks=(Block("p", Span(0, 1)),))
    assert document.revised([document.passage(document.blocks[0])]) is document


def test_a_finding_is_added_once() -> None:
    finding = Finding(Span(0, 1), "R", "m", "info", "low")
    document = plain("甲").with_findings([finding, finding])
    assert document.findings == (finding,)
    assert document.with_findings([finding]) is document


def test_lines_are_found_by_offset() -> None:
    layout = plain("甲乙\n丙\n丁").layout
    assert [layout.line_at(n).number for n in range(6)] == [1, 1, 1, 2, 2, 3]
    assert [line.number for line in layout.lines_of(Span(1, 4))] == [1, 2]
    assert [line.number for line in layout.lines_of(Span(3, 3))] == [2]
    assert layout.line_at(0).box == (0.0, 0.0, 0.0, 0.0)
    assert not layout.measured
    assert Layout((), ()).lines_of(Span(0, 1)) == ()


def test_offsets_know_their_line_start_only_when_lines_are_known() -> None:
    document = replace(plain("甲乙\n丙"), blocks=(Block("p", Span(0, 4)),))
    joined = document.apply([Change(2, 3, "")], "LAY-01", Certainty.CERTAIN)
    assert joined.passage(joined.blocks[0]).shown.breaks == (0, 2)


@pytest.mark.parametrize(
    ("turned", "box"),
    [
        (0, (10.0, 20.0, 30.0, 50.0)),
        (90, (20.0, 170.0, 50.0, 190.0)),
        (180, (70.0, 150.0, 90.0, 180.0)),
        (270, (50.0, 10.0, 80.0, 30.0)),
    ],
)
def test_a_box_of_the_upright_page_is_given_back_as_it_lies(
    turned: int, box: tuple[float, float, float, float]
) -> None:
    page = Page(1, 100, 200, Span(0, 0), turned)
    assert page.shown((10, 20, 30, 50)) == box
    assert (page.across, page.down) == ((200, 100) if turned in (90, 270) else (100, 200))
