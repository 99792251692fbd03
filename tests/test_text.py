"""Text that was extracted elsewhere: its lines and pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import InputError
from pipeline.extract.text import decode, pages_of

TEXTS = st.text("工会a，。 \n\n\n\f\r\u3000\t", max_size=60)
LINES = st.text("工会a1，。", min_size=1, max_size=6)


def inked(text: str) -> str:
    return "".join(text.split())


def test_a_byte_order_mark_is_no_text() -> None:
    assert decode(b"\xef\xbb\xbf" + "通知".encode()) == "通知"


@pytest.mark.parametrize(
    ("data", "place"), [("ab关于".encode("gb18030"), 2), ("通知".encode("utf-16"), 0), ("通知".encode() + b"\xff", 6)]
)
def test_what_is_not_utf_8_is_refused_with_its_place_and_the_remedy(data: bytes, place: int) -> None:
    with pytest.raises(InputError, match=rf"is not UTF-8 \(byte {place}\); convert it.*iconv") as caught:
        decode(data)
    assert caught.value.reason == "unsupported"


@given(st.text(st.characters(codec="utf-8")))
def test_any_utf_8_text_is_decoded_as_it_is(text: str) -> None:
    assert decode(text.encode("utf-8-sig")) == text


@given(TEXTS)
def test_no_character_is_lost_and_the_order_stays(text: str) -> None:
    assert inked("".join("".join(page) for page in pages_of(text))) == inked(text)


@given(TEXTS)
def test_a_line_is_empty_or_has_ink_and_no_page_ends_in_an_empty_one(text: str) -> None:
    for page in pages_of(text):
        assert all(line == "" or line.strip() for line in page)
        assert not page or page[-1]
        assert not any({*"\n\r\f"} & {*line} for line in page)


@given(TEXTS)
def test_line_ends_of_any_system_are_the_same(text: str) -> None:
    unix = text.replace("\r", "")
    assert pages_of(unix) == pages_of(unix.replace("\n", "\r\n")) == pages_of(unix.replace("\n", "\r"))


@given(st.lists(st.lists(LINES, max_size=5), min_size=1, max_size=4))
def test_form_feeds_part_pages(pages: list[list[str]]) -> None:
    assert pages_of("\f".join("\n".join(page) for page in pages)) == pages


@given(st.lists(st.lists(LINES, min_size=3, max_size=5), min_size=1, max_size=3))
def test_in_double_spaced_text_a_line_set_in_by_one_space_without_a_blank_line_before_it_begins_a_page(
    pages: list[list[str]],
) -> None:
    expected = [page if n == 0 else [" " + page[0], *page[1:]] for n, page in enumerate(pages)]
    assert pages_of("\n".join("\n\n".join(page) for page in expected) + "\n") == expected


def test_single_spaced_text_keeps_its_blank_lines() -> None:
    assert pages_of("标题\n\n第一段\n第二行\n第三行\n\n第二段\n第二行\n") == [
        ["标题", "", "第一段", "第二行", "第三行", "", "第二段", "第二行"]
    ]


def test_double_spaced_text_loses_one_blank_line_after_each_line() -> None:
    assert pages_of("标题\n\n第一段\n\n第二段\n\n落款\n\n") == [["标题", "第一段", "第二段", "落款"]]


def test_a_second_blank_line_in_double_spaced_text_is_a_blank_line() -> None:
    assert pages_of("一\n\n二\n\n三\n\n四\n\n五\n\n\n六\n\n七\n") == [["一", "二", "三", "四", "五", "", "六", "七"]]


def test_a_pair_of_lines_may_stand_close_in_double_spaced_text() -> None:
    assert pages_of("标题\n（日期）\n\n一\n\n二\n\n三\n\n四\n") == [["标题", "（日期）", "一", "二", "三", "四"]]


@pytest.mark.parametrize("indent", ["　", "  ", ""])
def test_only_a_single_space_marks_a_page_of_double_spaced_text(indent: str) -> None:
    assert pages_of(f"一\n\n二\n\n三\n\n四\n{indent}五\n\n六\n") == [["一", "二", "三", "四", f"{indent}五", "六"]]


def test_a_line_set_in_by_one_space_after_a_blank_line_is_no_page() -> None:
    assert pages_of("一\n\n 二\n\n三\n\n四\n") == [["一", " 二", "三", "四"]]


def test_a_line_set_in_by_one_space_is_no_page_in_single_spaced_text() -> None:
    assert pages_of("一\n二\n 三\n四\n") == [["一", "二", " 三", "四"]]


def test_form_feeds_count_in_double_spaced_text_too() -> None:
    assert pages_of("一\n\n二\n\f三\n\n四\n") == [["一", "二"], ["三", "四"]]


def test_a_page_of_white_space_is_an_empty_page() -> None:
    assert pages_of("一\f \n　\n\f二") == [["一"], [], ["二"]]


def test_the_seed_has_six_pages_of_lines_without_blank_ones(shared: Path) -> None:
    pages = pages_of(decode((shared / "corpus/seed/seed.txt").read_bytes()))
    assert len(pages) == 6
    assert sum(map(len, pages)) == 95
    assert all(all(page) for page in pages)
