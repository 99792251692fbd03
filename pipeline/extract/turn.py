"""A page whose text runs up or down is turned until it stands upright, as a reader would turn it."""

from __future__ import annotations

from array import array
from collections import Counter

from pipeline.document import Box
from pipeline.extract.glyphs import Glyphs, Stroke
from pipeline.extract.lines import quarter

_MOST = 0.8  # of the characters must run one way


def turn_upright(page: Glyphs) -> int:
    """Turn a page in place; by how many degrees, clockwise, it was turned (0, 90, 180 or 270)."""
    angles = Counter(quarter(page.styles[n].angle) for n in page.style)
    angle, count = angles.most_common(1)[0] if angles else (0, 0)
    if not angle or count < _MOST * len(page.style):
        return 0
    width, height = page.width, page.height
    boxes = [_box(angle, width, height, box) for box in zip(page.x0, page.y0, page.x1, page.y1, strict=True)]
    points = [_box(angle, width, height, (x, y, x, y)) for x, y in zip(page.x, page.y, strict=True)]
    page.x, page.y = array("d", [p[0] for p in points]), array("d", [p[1] for p in points])
    page.x0, page.y0 = array("d", [b[0] for b in boxes]), array("d", [b[1] for b in boxes])
    page.x1, page.y1 = array("d", [b[2] for b in boxes]), array("d", [b[3] for b in boxes])
    page.images = [_box(angle, width, height, box) for box in page.images]
    page.discs = [_box(angle, width, height, box) for box in page.discs]
    page.strokes = [Stroke(*_box(angle, width, height, stroke[:4]), stroke.red) for stroke in page.strokes]
    page.styles = [style._replace(angle=(style.angle - angle) % 360) for style in page.styles]
    if angle != 180:
        page.width, page.height = height, width
    return angle


def _box(angle: int, width: float, height: float, box: Box) -> Box:
    """A box of the page after the page was turned clockwise by an angle; all in points from the top left."""
    x0, y0, x1, y1 = box
    if angle == 90:
        return height - y1, x0, height - y0, x1
    if angle == 180:
        return width - x1, height - y1, width - x0, height - y0
    return y0, width - x1, y1, width - x0
