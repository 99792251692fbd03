"""``facsimile``: the pages and every place on them (spec: tei, 4)."""

from __future__ import annotations

from collections import Counter

from pipeline.document import Box, Document, Page
from pipeline.emit.xml import attributes


def write_facsimile(document: Document) -> str:
    """The ``facsimile`` element; empty for a source without coordinates."""
    if not document.layout.measured:
        return ""
    out = ["<facsimile>"]
    zones: dict[int, list[str]] = {}
    for line in document.layout.lines:
        zones.setdefault(line.page, []).append(
            _zone(f"z.{line.page}.{line.number}", "line", line.box, document.layout.pages[line.page - 1])
        )
    for kind, letter, boxes in (
        ("seal", "s", [(f.page, f.box) for f in document.layout.figures if f.kind == "seal"]),
        ("table", "t", [(t.page, t.box) for t in document.layout.tables]),
        ("image", "i", [(f.page, f.box) for f in document.layout.figures if f.kind == "image"]),
    ):
        numbers: Counter[int] = Counter()
        for page_number, box in boxes:
            numbers[page_number] += 1
            name = f"z.{page_number}.{letter}{numbers[page_number]}"
            zones.setdefault(page_number, []).append(_zone(name, kind, box, document.layout.pages[page_number - 1]))
    for page in document.layout.pages:
        size = attributes(ulx="0", uly="0", lrx=f"{page.width:.1f}", lry=f"{page.height:.1f}")
        tag = attributes(xml_id=f"f.{page.number}", n=str(page.number), type="text-layer")
        out += [f"<surface{tag}{size}>", *zones.get(page.number, ()), "</surface>"]
    return "\n".join([*out, "</facsimile>"])


def _zone(name: str, kind: str, box: Box, page: Page) -> str:
    ulx, uly, lrx, lry = (f"{value:.1f}" for value in page.shown(box))
    turned = str(page.turned) if page.turned and kind == "line" else None
    return f"<zone{attributes(xml_id=name, type=kind, rotate=turned, ulx=ulx, uly=uly, lrx=lrx, lry=lry)}/>"
