"""From the characters of a page to its lines: cluster by baseline, sort along it.

Baselines and not boxes, because files of some producers set digits and marks in a second font whose box sits lower
(docs/design.md).  Every engine's characters go through this one builder.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.document import Box
from pipeline.extract.glyphs import Glyphs

_SKEW = 10  # degrees; text turned by more than this is neither upright nor a quarter turned
_COPY = 0.15  # em; a character this near to the same one is printed over it to look bold
_LARGE = 30.0  # points; pale type of this size across a page is a watermark
_SAME_BASELINE = 0.35  # em; a raised figure is about a third of an em off, the next line at least one em


class Row(NamedTuple):
    """One line of a page: indices into its glyphs, in reading order.

    ``layer`` is empty for text, else hidden (nobody can see it), overlay (a watermark), seal (letters of a seal) or copy
    (printed over itself).
    """

    glyphs: Sequence[int]
    layer: str = ""


def layers(page: Glyphs) -> dict[str, list[int]]:
    """The indices of a page's characters by layer: text (""), seal, overlay, copy and hidden."""
    found: dict[str, list[int]] = {"": [], "seal": [], "overlay": [], "copy": [], "hidden": []}
    seen: dict[tuple[str, int, int], int] = {}
    for i in range(len(page.text)):
        style = page.styles[page.style[i]]
        if style.hidden or not _on_page(page, i):
            layer = "hidden"
        elif style.colour == "red" and any(_inside(page, i, disc) for disc in page.discs):
            layer = "seal"
        elif _SKEW < style.angle % 90 < 90 - _SKEW or (style.colour == "other" and style.size > _LARGE):
            layer = "overlay"
        else:
            layer = "copy" if _is_copy(page, i, style.size, seen) else ""
        found[layer].append(i)
    return found


def _is_copy(page: Glyphs, i: int, em: float, seen: dict[tuple[str, int, int], int]) -> bool:
    """Was the same character set before at the same place, give or take a pen's width (fake bold)?

    ``seen`` holds the characters so far in a mesh half an em wide; a copy lies in the same mesh or in one beside it.
    """
    mesh = max(em, 1.0) / 2
    x, y = page.x[i] / mesh, page.y[i] / mesh
    column, row = int(x), int(y)
    text = page.text[i]
    for dx in (0, -1 if x - column < _COPY * 2 else 1):
        for dy in (0, -1 if y - row < _COPY * 2 else 1):
            other = seen.get((text, column + dx, row + dy))
            if other is not None and max(abs(page.x[other] - page.x[i]), abs(page.y[other] - page.y[i])) < _COPY * em:
                return not text.isspace()
    seen[text, column, row] = i
    return False


def quarter(angle: int) -> int:
    """The quarter turn (0, 90, 180, 270 degrees) nearest to an angle; scanned text is a degree or two askew."""
    return round(angle / 90) * 90 % 360


def _inside(page: Glyphs, i: int, box: Box) -> bool:
    x, y = (page.x0[i] + page.x1[i]) / 2, (page.y0[i] + page.y1[i]) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def build_lines(page: Glyphs, indices: Sequence[int], layer: str = "") -> list[Row]:
    """The lines some characters of a page form, from top to bottom; turned ones after upright ones.

    Lines of white space only are left out.
    """
    if layer:
        return _cluster(page, list(indices), 0, layer)
    by_angle: dict[int, list[int]] = {}
    for i in indices:
        by_angle.setdefault(quarter(page.styles[page.style[i]].angle), []).append(i)
    return [row for angle in sorted(by_angle) for row in _cluster(page, by_angle[angle], angle, "")]


def _on_page(page: Glyphs, i: int) -> bool:
    """Does any of a character's box lie on the visible page?  False for coordinates that are not numbers."""
    return (
        page.x1[i] >= -1
        and page.x0[i] <= page.width + 1
        and page.y1[i] >= -1
        and page.y0[i] <= page.height + 1
        and math.isfinite(page.x[i])
        and math.isfinite(page.y[i])
    )


def _cluster(page: Glyphs, indices: list[int], angle: int, layer: str) -> list[Row]:
    along, across = _axes(page, angle)
    finite = [i for i in indices if math.isfinite(across[i]) and math.isfinite(along[i])]
    lost = [i for i in indices if not (math.isfinite(across[i]) and math.isfinite(along[i]))]
    clusters: list[list[int]] = [lost] if lost else []
    top, size = -math.inf, 0.0
    for i in sorted(finite, key=across.__getitem__):
        em = page.styles[page.style[i]].size
        if across[i] - top > _SAME_BASELINE * max(em, size) or not clusters:
            clusters.append([])
            top, size = across[i], em
        clusters[-1].append(i)
        size = max(size, em)
    rows = []
    for cluster in clusters:
        if any(not page.text[i].isspace() for i in cluster):
            if cluster is not lost:
                cluster.sort()
                cluster.sort(key=along.__getitem__)
            rows.append(Row(cluster, layer))
    return rows


def _axes(page: Glyphs, angle: int) -> tuple[Sequence[float], Sequence[float]]:
    """The coordinate that grows along a line and the one that grows from line to line."""
    if angle == 90:
        return [-y for y in page.y], page.x
    if angle == 180:
        return [-x for x in page.x], [-y for y in page.y]
    if angle == 270:
        return page.y, [-x for x in page.x]
    return page.x, page.y


def dominant_style(page: Glyphs, row: Row) -> int:
    """The index of the style most of a row's ideographs are set in; of its other characters where it has none."""
    seen = [i for i in row.glyphs if not page.text[i].isspace()]
    wide = [i for i in seen if page.text[i] >= "\u2e80"]
    return Counter(page.style[i] for i in wide or seen).most_common(1)[0][0]
