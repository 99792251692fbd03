"""From the characters of a page to its lines: clusters of baselines, sorted along them."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.glyphs import Glyphs, Style
from pipeline.extract.lines import Row, build_lines, dominant_style, layers

BODY = Style("FangSong", 16.0)
SMALL = Style("FangSong", 8.0)
LARGE = Style("FZXBSJW", 36.0)
UNSEEN = Style("FangSong", 16.0, hidden=True)
WIDTH, HEIGHT = 595.28, 841.89


class At(NamedTuple):
    """One character: its origin and style; its box is one em square unless it says otherwise."""

    text: str
    x: float
    y: float
    style: Style = BODY


def page(characters: Iterable[At]) -> Glyphs:
    glyphs = Glyphs(WIDTH, HEIGHT)
    for c in characters:
        glyphs.text.append(c.text)
        size = c.style.size
        for values, value in (
            (glyphs.x, c.x),
            (glyphs.y, c.y),
            (glyphs.x0, c.x),
            (glyphs.y0, c.y - 0.86 * size),
            (glyphs.x1, c.x + size),
            (glyphs.y1, c.y + 0.14 * size),
        ):
            values.append(value)
        if c.style not in glyphs.styles:
            glyphs.styles.append(c.style)
        glyphs.style.append(glyphs.styles.index(c.style))
    return glyphs


def typed(text: str, x: float, y: float, style: Style = BODY) -> list[At]:
    """A line of text, each character one em after the other."""
    return [At(c, x + n * style.size, y, style) for n, c in enumerate(text)]


def rows(glyphs: Glyphs) -> list[Row]:
    """The lines one can see on a page, and after them those nobody can."""
    return [row for layer, indices in layers(glyphs).items() for row in build_lines(glyphs, indices, layer)]


def texts(glyphs: Glyphs) -> list[str]:
    return ["".join(glyphs.text[i] for i in row.glyphs) for row in rows(glyphs)]


SIZES = st.sampled_from([0.0, 5.0, 8.0, 16.0, 36.0])
STYLES = st.builds(
    Style,
    st.sampled_from(["SimSun", "FangSong"]),
    SIZES,
    hidden=st.booleans(),
    angle=st.sampled_from([0, 0, 0, 90, 180, 270, -90, 45, 359]),
)
PLACES = st.one_of(st.floats(-100, 900), st.sampled_from([math.nan, math.inf, -math.inf, 1e30]))
ANYTHING = st.lists(st.builds(At, st.sampled_from("工会a1，“ \u3000"), PLACES, PLACES, STYLES), max_size=30).map(page)


@given(ANYTHING)
def test_every_character_is_in_exactly_one_line_unless_its_line_is_white_space_only(glyphs: Glyphs) -> None:
    taken = [i for row in rows(glyphs) for i in row.glyphs]
    assert len(taken) == len(set(taken))
    left_out = set(range(len(glyphs.text))) - set(taken)
    assert all(glyphs.text[i].isspace() for i in left_out)


@given(ANYTHING)
def test_no_line_is_white_space_only(glyphs: Glyphs) -> None:
    assert all(text.strip() for text in texts(glyphs))


@given(ANYTHING)
def test_a_line_is_all_seen_or_all_unseen_and_the_unseen_stand_last(glyphs: Glyphs) -> None:
    found = rows(glyphs)
    assert [row.layer == "hidden" for row in found] == sorted(row.layer == "hidden" for row in found)
    for row in found:
        if row.layer != "hidden":
            assert not any(glyphs.styles[glyphs.style[i]].hidden for i in row.glyphs)


@given(ANYTHING)
def test_the_style_of_a_line_is_one_of_its_inked_characters(glyphs: Glyphs) -> None:
    for row in rows(glyphs):
        assert dominant_style(glyphs, row) in {glyphs.style[i] for i in row.glyphs if not glyphs.text[i].isspace()}


@given(
    st.lists(st.text("工会a1，“（", min_size=1, max_size=8), min_size=1, max_size=6),
    st.sampled_from([8.0, 16.0, 36.0]),
    st.floats(1.0, 3.0),
    st.data(),
)
def test_lines_an_em_apart_are_found_however_they_were_drawn(
    written: list[str], size: float, pitch: float, data: st.DataObject
) -> None:
    style = Style("FangSong", size)
    characters = [c for n, line in enumerate(written) for c in typed(line, 80, 120 + n * pitch * size, style)]
    wobble = st.floats(-0.1 * size, 0.1 * size)
    characters = [c._replace(y=c.y + data.draw(wobble)) for c in characters]
    glyphs = page(data.draw(st.permutations(characters)))
    glyphs.height = 120 + 30 * size
    assert texts(glyphs) == written


def test_a_page_without_characters_has_no_lines() -> None:
    assert rows(page([])) == []


def test_characters_at_one_place_keep_the_order_they_were_drawn_in() -> None:
    assert texts(page([At("甲", 80, 121), At("乙", 80, 120), At("丙", 80, 120)])) == ["甲乙丙"]


def test_a_raised_figure_stays_in_its_line() -> None:
    assert texts(page([*typed("正文", 80, 120), At("①", 112, 114.7, SMALL), *typed("继续", 120, 120)])) == ["正文①继续"]


def test_a_note_half_an_em_higher_is_a_line_of_its_own() -> None:
    assert texts(page([*typed("正文", 80, 120), At("①", 112, 112, SMALL)])) == ["①", "正文"]


def test_the_largest_character_says_how_far_a_baseline_reaches() -> None:
    assert texts(page([At("小", 80, 120, SMALL), At("大", 88, 128, LARGE)])) == ["小大"]
    assert texts(page([At("大", 80, 120, LARGE), At("小", 116, 128, SMALL)])) == ["大小"]
    assert texts(page([At("小", 80, 120, SMALL), At("小", 88, 128, SMALL)])) == ["小", "小"]


def test_white_space_joins_a_line_but_makes_none() -> None:
    assert texts(page([*typed("王 东　明", 80, 120), *typed("　 ", 80, 150)])) == ["王 东　明"]


@pytest.mark.parametrize(
    ("x", "y", "seen"),
    [
        (80, 120, True),
        (-8, 120, True),
        (WIDTH - 8, 120, True),
        (80, 2, True),
        (80, HEIGHT + 8, True),
        (-18, 120, False),
        (WIDTH + 2, 120, False),
        (80, -20, False),
        (80, HEIGHT + 16, False),
        (math.nan, 120, False),
        (80, math.nan, False),
        (80, -math.inf, False),
    ],
)
def test_what_lies_wholly_off_the_page_is_unseen(x: float, y: float, seen: bool) -> None:
    assert [row.layer == "hidden" for row in rows(page([At("工", x, y)]))] == [not seen]


def test_unseen_text_does_not_mix_with_the_line_it_lies_on() -> None:
    glyphs = page([*typed("正文", 80, 120), *typed("隐", 96, 120, UNSEEN), *typed("末行", 80, 150)])
    assert texts(glyphs) == ["正文", "末行", "隐"]
    assert [row.layer == "hidden" for row in rows(glyphs)] == [False, False, True]


@pytest.mark.parametrize(
    ("angle", "forward", "next_line"),
    [(0, (1, 0), (0, 1)), (90, (0, -1), (1, 0)), (180, (-1, 0), (0, -1)), (270, (0, 1), (-1, 0))],
)
def test_turned_text_is_read_in_its_own_direction(
    angle: int, forward: tuple[int, int], next_line: tuple[int, int]
) -> None:
    style = BODY._replace(angle=angle)
    characters = [
        At(
            c,
            300 + n * 16 * forward[0] + m * 29 * next_line[0],
            400 + n * 16 * forward[1] + m * 29 * next_line[1],
            style,
        )
        for m, line in enumerate(["中华全国", "总工会"])
        for n, c in enumerate(line)
    ]
    assert texts(page(characters)) == ["中华全国", "总工会"]
    assert texts(page(reversed(characters))) == ["中华全国", "总工会"]


def test_turned_text_does_not_cut_the_lines_it_crosses() -> None:
    margin = BODY._replace(angle=90)
    binding = [At(c, 40, 300 - n * 100, margin) for n, c in enumerate("装订线")]
    assert texts(page([*binding, *typed("第一行", 80, 300), *typed("第二行", 80, 200)])) == [
        "第二行",
        "第一行",
        "装订线",
    ]


def test_the_style_of_a_line_is_the_one_most_of_it_is_set_in() -> None:
    glyphs = page(
        [
            *typed("一、", 80, 120, LARGE),
            *typed("　　　　", 90, 120, SMALL),
            *typed("标题", 130, 120),
            At("正", 170, 120),
        ]
    )
    assert glyphs.styles[dominant_style(glyphs, rows(glyphs)[0])] == BODY
