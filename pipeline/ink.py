"""Marks drawn over a page: boxes, arrows, hatching and labels.  Lengths are in pixels, colours are (red, green, blue)."""

from __future__ import annotations

import colorsys
import math
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from PIL import Image, ImageDraw, ImageFont

from pipeline.facts import facts

Colour = tuple[int, int, int]
Pixels = tuple[float, float, float, float]  # left, top, right, bottom
Font = ImageFont.ImageFont | ImageFont.FreeTypeFont

BLACK, GREY, WHITE = (40, 40, 40), (125, 125, 125), (255, 255, 255)
CERTAIN, LIKELY, DOUBTFUL = (0, 130, 60), (235, 120, 0), (225, 0, 0)
LINE, CELL, SEAL, AREA = (70, 110, 160), (20, 60, 150), (220, 0, 90), (0, 140, 160)
RULE, RED_RULE = (0, 150, 190), (200, 0, 200)
LABEL, SMALL = 14, 11  # heights of type
STEP, EDGE = 18, 8  # from one row of text to the next; between text and the edge of the sheet
_GOLDEN = 0.618034  # of the colour circle between one kind of block and the next: neighbours differ
_FONTS = (  # file name and which font in the file; the system's own folders are searched for them
    ("NotoSansCJK-Regular.ttc", 2),
    ("NotoSansCJKsc-Regular.otf", 0),
    ("NotoSansSC-Regular.otf", 0),
    ("SourceHanSansSC-Regular.otf", 0),
    ("SourceHanSansCN-Regular.otf", 0),
    ("wqy-microhei.ttc", 0),
    ("wqy-zenhei.ttc", 0),
    ("DroidSansFallbackFull.ttf", 0),
    ("msyh.ttc", 0),
    ("simhei.ttf", 0),
    ("simsun.ttc", 0),
    ("PingFang.ttc", 0),
    ("Hiragino Sans GB.ttc", 0),
    ("STHeiti Light.ttc", 0),
    ("Arial Unicode.ttf", 0),
)


@cache
def cjk_font() -> tuple[str, int] | None:
    """A font with Chinese characters: its file name and its index in the file; None where the system has none."""
    for name, index in _FONTS:
        try:
            ImageFont.truetype(name, 12, index)
        except OSError:
            continue
        return name, index
    return None


@cache
def font(size: int) -> Font:
    """The CJK font, or Pillow's own, which has Latin letters only."""
    found = cjk_font()
    if found is None:
        return ImageFont.load_default(size)
    return ImageFont.truetype(found[0], size, found[1], layout_engine=ImageFont.Layout.BASIC)


def say(chinese: str, latin: str) -> str:
    """A text in the script there is a font for."""
    return chinese if cjk_font() else latin


def plain(text: str) -> str:
    """A text whose every character can be drawn: others are escaped."""
    return text if cjk_font() else text.encode("ascii", "backslashreplace").decode()


@cache
def kind_colour(kind: str) -> Colour:
    """The colour of a kind of block: dark enough to read on white, and far from the kinds beside it."""
    kinds = [*facts("elements")["elements"]]
    if kind not in kinds:
        return BLACK
    hue = (0.8 + _GOLDEN * kinds.index(kind)) % 1
    red, green, blue = colorsys.hsv_to_rgb(hue, 0.9, 0.68 if 0.1 < hue < 0.55 else 0.8)
    return round(red * 255), round(green * 255), round(blue * 255)


def kind_name(kind: str) -> str:
    """What a kind of block is called: the Chinese term without what it explains in brackets."""
    term = facts("elements")["elements"].get(kind, [kind])[0]
    return say(str(term).split("（")[0], kind)


class Ink:
    """Draws on a picture; colours may be mixed with what is there by an ``alpha`` of 0 to 255."""

    def __init__(self, image: Image.Image) -> None:
        self.image = image
        self._draw = ImageDraw.Draw(image, "RGBA")

    def text(self, x: float, y: float, text: str, size: int, colour: Colour, anchor: str = "lm") -> None:
        """Text with a white rim, so that it can be read on anything."""
        self._draw.text((x, y), text, colour, font(size), anchor, stroke_width=2, stroke_fill=(*WHITE, 215))

    def width(self, text: str, size: int) -> float:
        return self._draw.textlength(text, font(size))

    def fill(self, box: Pixels, colour: Colour, alpha: int) -> None:
        self._draw.rectangle(_ordered(box), (*colour, alpha))

    def frame(self, box: Pixels, colour: Colour, width: int = 1, alpha: int = 255) -> None:
        self._draw.rectangle(_ordered(box), None, (*colour, alpha), width)

    def ellipse(self, box: Pixels, colour: Colour, width: int = 3) -> None:
        self._draw.ellipse(_ordered(box), None, colour, width)

    def path(self, points: Sequence[tuple[float, float]], colour: Colour, width: int = 2, alpha: int = 255) -> None:
        self._draw.line(points, (*colour, alpha), width)

    def dashed(
        self, points: Sequence[tuple[float, float]], colour: Colour, width: int = 2, dash: float = 4, alpha: int = 255
    ) -> None:
        """A path of dashes, their gaps half as long."""
        for (x0, y0), (x1, y1) in pairwise(points):
            length = math.hypot(x1 - x0, y1 - y0)
            at = 0.0
            while at < length:
                a, b = at / length, min(at + dash, length) / length
                ends = [(x0 + (x1 - x0) * a, y0 + (y1 - y0) * a), (x0 + (x1 - x0) * b, y0 + (y1 - y0) * b)]
                self.path(ends, colour, width, alpha)
                at += dash * 1.5

    def block(self, box: Pixels, colour: Colour) -> None:
        """A tinted frame a little around a box."""
        x0, y0, x1, y1 = _ordered(box)
        around = (x0 - 3, y0 - 3, x1 + 3, y1 + 3)
        self.fill(around, colour, 22)
        self.frame(around, colour, 2)

    def line_box(self, box: Pixels, number: int) -> None:
        """A thin frame with the number of the line before it."""
        self.frame(box, LINE, alpha=120)
        self.text(box[0] - 6, (box[1] + box[3]) / 2, str(number), SMALL, LINE, "rm")

    def underline(self, box: Pixels) -> None:
        self.path([(box[0], box[3]), (box[2], box[3])], kind_colour("heading"), 3)

    def rule(self, box: Pixels, *, red: bool) -> None:
        x0, y0, x1, y1 = _ordered(box)
        self.fill((x0 - 1, y0 - 1, x1 + 1, y1 + 1), RED_RULE if red else RULE, 150)

    def sides(self, box: Pixels) -> None:
        """The left and right edge of a box."""
        for x in (box[0], box[2]):
            self.dashed([(x, box[1]), (x, box[3])], AREA, 1, 3, 170)

    def hatch(self, box: Pixels, colour: Colour, step: int = 7) -> None:
        """Slanting lines over a box whose content is made pale."""
        x0, y0, x1, y1 = _ordered(box)
        self.fill(box, WHITE, 130)
        high = y1 - y0
        at = x0 - high + step
        while at < x1:
            start, end = max(at, x0), min(at + high, x1)
            self.path([(start, y1 - (start - at)), (end, y1 - (end - at))], colour, 1, 150)
            at += step
        self.frame(box, colour)

    def cross(self, box: Pixels, colour: Colour) -> None:
        """A frame with its diagonals: something that is a picture."""
        x0, y0, x1, y1 = _ordered(box)
        self.frame(box, colour)
        self.path([(x0, y0), (x1, y1)], colour, 1, 120)
        self.path([(x0, y1), (x1, y0)], colour, 1, 120)

    def join(self, x: float, y: float, *, sure: bool, page: bool) -> None:
        """The text goes on: an arrow back to the next line, or down to the next page; dashed with ? where only likely."""
        colour = CERTAIN if sure else LIKELY
        path = [(x, y - 4), (x + 9, y - 4), (x + 9, y + 8)] if page else [(x, y - 4), (x + 9, y - 4), (x + 9, y + 4)]
        if not page:
            path.append((x + 2, y + 4))
        if sure:
            self.path(path, colour)
        else:
            self.dashed(path, colour, dash=3)
            self.text(x + 14, y, "?", 13, colour)
        x0, y0 = path[-1]
        head = (
            [(x0 - 4, y0 - 2), (x0 + 4, y0 - 2), (x0, y0 + 4)]
            if page
            else [(x0 + 2, y0 - 4), (x0 + 2, y0 + 4), (x0 - 3, y0)]
        )
        self._draw.polygon(head, colour)
        if page:
            self.path([(x0 - 5, y0 + 6), (x0 + 5, y0 + 6)], colour)

    def pilcrow(self, x: float, y: float, *, sure: bool) -> None:
        """A paragraph ends: ¶, with ? where that is in doubt."""
        colour = GREY if sure else DOUBTFUL
        self._draw.pieslice((x, y - 6, x + 8, y + 2), 90, 270, colour)
        self.path([(x + 4, y - 6), (x + 10, y - 6)], colour, 1)
        for stem in (x + 5, x + 8):
            self.path([(stem, y - 6), (stem, y + 6)], colour, 1)
        if not sure:
            self.text(x + 13, y, "?", 13, colour)

    def kept(self, x: float, y: float) -> None:
        """A line break that stays: a bar the line ends at."""
        self.path([(x, y), (x + 7, y)], GREY)
        self.path([(x + 7, y - 6), (x + 7, y + 6)], GREY)


def _ordered(box: Pixels) -> Pixels:
    """A box as Pillow wants it: no corner beyond the one opposite."""
    x0, y0, x1, y1 = box
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
