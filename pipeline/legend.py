"""The legend under a drawn page: the kinds of blocks on it, and every other mark.  Lengths are in pixels."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from pipeline import ink
from pipeline.ink import EDGE, LABEL, SMALL, STEP, Ink, kind_colour, kind_name, say

_WIDE = 30  # what a mark takes before its text


class Item(NamedTuple):
    """A mark: how it is drawn at a point on the middle of its row, and what it means."""

    sample: Callable[[Ink, float, float], None]
    text: str


def legend(kinds: Iterable[str], width: int) -> list[list[tuple[float, Item]]]:
    """The rows of a legend no wider than ``width``, each item with the x it begins at."""
    items = [Item(_swatch(kind), f"{kind_name(kind)} {kind}" if ink.cjk_font() else kind) for kind in kinds]
    items += [Item(sample, say(chinese, latin)) for sample, chinese, latin in _MARKS]
    rows: list[list[tuple[float, Item]]] = [[]]
    x = float(EDGE)
    for item in items:
        wide = _WIDE + ink.font(LABEL).getlength(item.text) + 2 * EDGE
        if rows[-1] and x + wide > width:
            rows.append([])
            x = float(EDGE)
        rows[-1].append((x, item))
        x += wide
    return rows


def draw_legend(pen: Ink, rows: Iterable[Iterable[tuple[float, Item]]], top: float) -> None:
    """Draw the rows from a height down, a step each."""
    for n, row in enumerate(rows):
        y = top + n * STEP + STEP / 2
        for x, item in row:
            item.sample(pen, x, y)
            pen.text(x + _WIDE, y, item.text, LABEL, ink.BLACK)


def _swatch(kind: str) -> Callable[[Ink, float, float], None]:
    return lambda pen, x, y: pen.block((x + 3, y - 4, x + 19, y + 4), kind_colour(kind))


def _line(pen: Ink, x: float, y: float) -> None:
    pen.line_box((x + 11, y - 5, x + 24, y + 5), 7)


def _cell(pen: Ink, x: float, y: float) -> None:
    pen.frame((x, y - 7, x + 26, y + 7), ink.CELL)
    pen.text(x + 24, y, "r1c2", SMALL - 1, ink.CELL, "rm")


_MARKS: tuple[tuple[Callable[[Ink, float, float], None], str, str], ...] = (
    (_line, "源行与行号", "line, its number"),
    (lambda pen, x, y: pen.join(x + 6, y, sure=True, page=False), "接下行", "goes on"),
    (lambda pen, x, y: pen.join(x, y, sure=False, page=False), "接下行（推定）", "goes on, likely"),
    (lambda pen, x, y: pen.join(x + 6, y - 2, sure=True, page=True), "接下页", "goes on over the page"),
    (lambda pen, x, y: pen.kept(x + 10, y), "块内保留换行", "break kept in a block"),
    (lambda pen, x, y: pen.pilcrow(x + 8, y, sure=True), "块止", "end of block"),
    (lambda pen, x, y: pen.pilcrow(x, y, sure=False), "块止（存疑）", "end of block, doubtful"),
    (lambda pen, x, y: pen.hatch((x, y - 6, x + 22, y + 6), ink.GREY), "页面附属文字", "furniture"),
    (lambda pen, x, y: pen.underline((x, y - 6, x + 22, y + 3)), "段首标题", "run-in heading"),
    (_cell, "单元格（行列）", "table cell"),
    (lambda pen, x, y: pen.ellipse((x + 4, y - 7, x + 18, y + 7), ink.SEAL), "印章", "seal"),
    (lambda pen, x, y: pen.cross((x, y - 6, x + 22, y + 6), ink.GREY), "图像", "image"),
    (lambda pen, x, y: pen.rule((x + 1, y - 1, x + 21, y + 1), red=False), "线", "rule"),
    (lambda pen, x, y: pen.rule((x + 1, y - 1, x + 21, y + 1), red=True), "红线", "red rule"),
    (lambda pen, x, y: pen.sides((x + 6, y - 7, x + 18, y + 7)), "版心", "type area"),
)
