"""From the characters of a page to its lines: cluster by baseline, sort along it.

Baselines and not boxes, because files of some producers set digits and marks in a second font whose box sits lower
(docs/design.md).  Every engine's characters go through this one builder.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.extract.glyphs import Glyphs

_SAME_BASELINE = 0.35  # em; a raised figure is about a third of an em off, the next line at least one em


class Row(NamedTuple):
    """One line of a page: indices into its glyphs, in reading order."""

    glyphs: Sequence[int]
    hidden: bool = False


def split_hidden(page: Glyphs) -> tuple[list[int], list[int]]:
    """The indices of the characters one can see on a page, and of those nobody can."""
    visible: list[int] = []
    hidden: list[int] = []
    for i in range(len(page.text)):
        (hidden if page.styles[page.style[i]].hidden or not _on_page(page, i) else visible).append(i)
    return visible, hidden


def build_lines(page: Glyphs, indices: Sequence[int], *, hidden: bool = False) -> list[Row]:
    """The lines some characters of a page form, from top to bottom; turned ones after upright ones.

    Lines of white space only are left out.
    """
    if hidden:
        return _cluster(page, list(indices), 0, hidden=True)
    by_angle: dict[int, list[int]] = {}
    for i in indices:
        angle = page.styles[page.style[i]].angle
        by_angle.setdefault(angle % 360 if angle % 90 == 0 else 0, []).append(i)
    return [row for angle in sorted(by_angle) for row in _cluster(page, by_angle[angle], angle, hidden=False)]


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


def _cluster(page: Glyphs, indices: list[int], angle: int, *, hidden: bool) -> list[Row]:
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
            rows.append(Row(cluster, hidden))
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
