"""Paragraphs, blocks and furniture, on pages set by the tests themselves so that no constant of one file hides in the code."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.config import load
from pipeline.document import Certainty, Document
from pipeline.emit.reading import block_text
from pipeline.extract.read import extract
from pipeline.layout import layout
from tests.pdf import Pdf, Set, lines

CONFIG = load()
SENTENCE = "各级工会要进一步提升政治站位把深入学习宣传贯彻贺信精神作为重大政治任务坚持不懈加强理论武装"


def laid_out(data: bytes, name: str = "t.pdf") -> Document:
    return layout(extract(Path(name), data, CONFIG.limits), CONFIG.layout)


def kinds(document: Document) -> list[tuple[str, str]]:
    return [(block.kind, block_text(document, block)) for block in document.blocks if block.kind != "furniture"]


def wrapped(text: str, measure: int) -> list[str]:
    """A paragraph as a compositor sets it: first line two characters in, ``measure`` characters a line."""
    first, rest = text[: measure - 2], text[measure - 2 :]
    return ["\u3000\u3000" + first, *(rest[i : i + measure] for i in range(0, len(rest), measure))]


def paragraph(length: int) -> str:
    return (SENTENCE * (length // len(SENTENCE) + 1))[: length - 1] + "。"


# -- a notice set in many ways -------------------------------------------------------------------------------------------


@settings(max_examples=40, deadline=None)
@given(
    left=st.floats(50, 110),
    size=st.sampled_from([14.0, 15.0, 16.0, 17.0, 18.0]),
    stretch=st.floats(1.0, 1.06),
    pitch=st.floats(1.5, 2.2),
    lengths=st.lists(st.integers(30, 120), min_size=1, max_size=5),
    title_size=st.sampled_from([20.0, 22.0, 26.0]),
)
def test_a_notice_is_understood_whatever_its_margins_sizes_and_pitch(
    left: float, size: float, stretch: float, pitch: float, lengths: list[int], title_size: float
) -> None:
    advance = size * stretch
    measure = int((595.28 - left - 60) // advance)
    right = left + measure * advance
    texts = [paragraph(length) for length in lengths]
    title, organ, day = "江州省总工会关于做好防汛工作的通知", "江州省总工会", "2024年4月28日"
    middle = (left + right) / 2
    body = ["各市总工会：", *(line for text in texts for line in wrapped(text, measure))]
    runs = [Set(middle - len(title) * title_size / 2, 110, title, title_size, "title")]
    pdf = Pdf()
    y = 160.0
    for line in body:
        if y > 740:
            pdf.page([*runs, Set(middle - 15, 790, f"— {len(pdf.pages) + 1} —", 14)])
            runs, y = [], 110.0
        bare = line.lstrip("\u3000")
        runs.append(Set(left + (len(line) - len(bare)) * advance, y, bare, size, advance=advance))
        y += size * pitch
    if y > 680:
        pdf.page([*runs, Set(middle - 15, 790, f"— {len(pdf.pages) + 1} —", 14)])
        runs, y = [], 110.0
    runs += [Set(right - 10 * advance, y + 30, organ, size), Set(right - 9 * advance, y + 60, day, size)]
    pdf.page([*runs, Set(middle - 15, 790, f"— {len(pdf.pages) + 1} —", 14)])
    document = laid_out(pdf.data())
    assert kinds(document) == [
        ("title", title),
        ("addressees", "各市总工会："),
        *(("p", text) for text in texts),
        ("signature", organ),
        ("date", day),
    ]
    assert sum(block.kind == "furniture" for block in document.blocks) == len(pdf.pages)


@settings(max_examples=60, deadline=None)
@given(
    measure=st.integers(22, 34), lengths=st.lists(st.integers(30, 150), min_size=2, max_size=6), page=st.integers(8, 20)
)
def test_paragraphs_of_a_text_that_lost_its_indents_are_found_or_doubted(
    measure: int, lengths: list[int], page: int
) -> None:
    texts = [paragraph(length) for length in lengths]
    set_lines = [line.lstrip("\u3000") for text in texts for line in wrapped(text, measure)]
    pages = [set_lines[i : i + page] for i in range(0, len(set_lines), page)]
    document = laid_out("\f".join("\n".join(page) for page in pages).encode(), "t.txt")
    sure = Certainty.CERTAIN
    at = 0
    ends = set()
    for text in texts:
        at += len(text)
        ends.add(at)
    bare = 0
    for c, offset in zip(document.source, range(len(document.source)), strict=True):
        if c in "\n\f":
            joined = [e for e in document.edits if e.span.start == offset and e.rule in ("LAY-01", "LAY-02")]
            doubted = any(f.rule == "LAY-01" and f.span and f.span.start == offset for f in document.findings)
            if joined and joined[0].certainty is sure:
                assert bare not in ends, "a certain join over the end of a paragraph"
            elif not joined and not doubted:
                assert bare in ends, "a paragraph cut in two without doubt"
        else:
            bare += 1


def test_leading_spaces_of_a_text_are_its_indents() -> None:
    text = "　　各级工会要进一步提升政治站位，深入学习。\n贯彻精神，坚持不懈加强理论武装，不断取得成效。\n　　二要继续扎实推进改革，努力建设高素质的队伍。"
    assert [text for _, text in kinds(laid_out(text.encode(), "t.txt"))] == [
        "　　各级工会要进一步提升政治站位，深入学习。贯彻精神，坚持不懈加强理论武装，不断取得成效。",
        "　　二要继续扎实推进改革，努力建设高素质的队伍。",
    ]


# -- parts ---------------------------------------------------------------------------------------------------------------


def page_of(*runs: Set) -> Document:
    return laid_out(Pdf().page(runs).data())


def centred(text: str, y: float, size: float = 16.0, font: str = "kai") -> Set:
    return Set(300 - sum(size if ord(c) > 0x2000 else size / 2 for c in text) / 2, y, text, size, font)


def test_a_speech_is_sent_out_with_the_notice_that_names_it() -> None:
    pdf = Pdf().page(
        [
            centred("江州省总工会关于印发李明同志在", 110, 22, "title"),
            centred("表彰大会上的讲话的通知", 140, 22, "title"),
            *lines(["各市总工会：", "　　现印发给你们。"], y=190),
            Set(400, 300, "江州省总工会"),
            Set(396, 330, "2024年4月28日"),
        ]
    )
    pdf.page(
        [
            centred("在表彰大会上的讲话", 110, 22, "title"),
            centred("（2024年4月15日）", 140),
            centred("李 明", 170),
            *lines(["同志们：", "　　大家好。"], y=220),
        ]
    )
    document = laid_out(pdf.data())
    assert [(block.kind, block.part.kind, block.part.type) for block in document.blocks] == [
        ("title", "circular", ""),
        ("addressees", "circular", ""),
        ("p", "circular", ""),
        ("signature", "circular", ""),
        ("date", "circular", ""),
        ("title", "attached", "speech"),
        ("speech-date", "attached", "speech"),
        ("byline", "attached", "speech"),
        ("p", "attached", "speech"),
        ("p", "attached", "speech"),
    ]
    assert all(block.why for block in document.blocks)


def test_addressees_without_a_colon_are_told_by_their_place() -> None:
    document = page_of(
        centred("关于放假的通知", 110, 22, "title"),
        *lines(["各市总工会，各产业工会", "　　现将有关事项通知如下。", "　　特此通知。"], y=160),
    )
    assert kinds(document)[1] == ("addressees", "各市总工会，各产业工会")


@pytest.mark.parametrize("line", ["现将有关事项通知如下：", "同志们：", "放假时间为五月一日至五日。"])
def test_a_first_paragraph_is_no_addressee(line: str) -> None:
    document = page_of(
        centred("关于放假的通知", 110, 22, "title"), *lines([line, "　　一、放假时间。", "　　特此通知。"], y=160)
    )
    assert "addressees" not in dict(kinds(document))


def test_the_imprint_is_the_last_thing_and_its_labels_stand_apart() -> None:
    document = page_of(
        *lines(["　　特此通知。", "　　各级工会要认真贯彻执行。", "　　二要扎实推进。"]),
        Set(94, 700, "抄送：省委办公厅，省政府办公厅，省人大常委会办公厅，", 14),
        Set(136, 726, "省政协办公厅。", 14),
        Set(94, 752, "江州省总工会办公室", 14),
        Set(390, 752, "2024年4月29日印发", 14),
    )
    assert kinds(document)[-2:] == [
        ("cc", "抄送：省委办公厅，省政府办公厅，省人大常委会办公厅，省政协办公厅。"),
        ("imprint", "江州省总工会办公室2024年4月29日印发"),
    ]
    assert {block.part.kind for block in document.blocks[-2:]} == {"imprint"}


def test_a_sentence_that_speaks_of_copies_is_no_imprint() -> None:
    document = page_of(*lines(["　　抄送范围由办公室确定。", "　　请各单位按规定报送材料。", "　　特此通知。"]))
    assert {kind for kind, _ in kinds(document)} == {"p"}


@pytest.mark.parametrize("number", ["— 1 —", "–– 1 ––", "-1-", "第1页 共6页", "1", "— １ —", "1/6"])
def test_a_page_number_is_furniture_in_all_its_forms(number: str) -> None:
    document = page_of(*lines(["　　特此通知。", "　　请认真贯彻。"]), Set(290, 790, number, 14))
    (found,) = [block for block in document.blocks if block.kind == "furniture"]
    assert (found.attributes["type"], found.attributes["place"]) == ("pageNum", "bottom")
    assert document.text == "特此通知。\n请认真贯彻。"


def test_a_number_in_the_middle_of_a_page_is_text() -> None:
    document = page_of(*lines(["　　特此通知。", "12", "　　请认真贯彻。"]))
    assert "furniture" not in {block.kind for block in document.blocks}


def test_a_page_that_is_only_a_number_is_text() -> None:
    assert kinds(page_of(Set(290, 790, "12", 14))) == [("p", "12")]


def test_text_nobody_can_see_leaves_the_reading_and_stays_in_the_source() -> None:
    document = page_of(*lines(["　　特此通知。", "　　请认真贯彻。"]), Set(100, 400, "看不见的字", raw="3 Tr"))
    assert document.source == "特此通知。\n请认真贯彻。\n看不见的字"
    assert document.text == "特此通知。\n请认真贯彻。"
    (edit,) = [edit for edit in document.edits if edit.rule == "LAY-04"]
    assert edit.certainty is Certainty.LIKELY


def test_a_paragraph_goes_on_over_a_page_and_its_number() -> None:
    texts = wrapped(paragraph(26 * 6), 26)
    pdf = Pdf()
    pdf.page([*lines(texts[:3], advance=17.0), Set(290, 790, "— 1 —", 14)])
    pdf.page([*lines(texts[3:], advance=17.0), Set(290, 790, "— 2 —", 14)])
    document = laid_out(pdf.data())
    assert kinds(document) == [("p", paragraph(26 * 6))]
    assert [edit.before for edit in document.edits if edit.rule == "LAY-02"] == ["\f"]


def test_a_document_that_is_no_circular_says_so() -> None:
    assert [finding.rule for finding in laid_out("春天来了。".encode(), "t.txt").findings] == ["LAY-08"]


def test_laying_out_twice_changes_nothing() -> None:
    document = laid_out("关于放假的通知\n各部门：\n特此通知。\n总工会\n2024年4月28日".encode(), "t.txt")
    assert layout(document, CONFIG.layout) is document


def test_a_gap_between_latin_words_is_a_space_and_a_stretched_word_is_none() -> None:
    document = page_of(
        *lines(["　　请使用"]),
        Set(175, 120, "Hello"),
        Set(220, 120, "World"),
        Set(262, 120, "处理文件。"),
        Set(111.4, 149, "Stretched", advance=26),
    )
    assert document.text == "请使用Hello World处理文件。\nStretched"
    assert [(edit.rule, edit.before, edit.after) for edit in document.edits] == [("LAY-05", "", " ")]
