"""Before a TEI file is handed out: what the profile promises is checked on the finished bytes (spec: tei, 10)."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

TEI = "{http://www.tei-c.org/ns/1.0}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
_POINTERS = ("ana", "ref", "target", "corresp", "facs", "resp", "who")
_CONTAINERS = frozenset(
    TEI + name
    for name in (
        [
            "text",
            "front",
            "body",
            "back",
            "div",
            "floatingText",
            "opener",
            "closer",
            "postscript",
            "table",
            "row",
            "list",
            "figure",
        ]
    )
)
_SILENT = frozenset(TEI + name for name in ("reg", "corr", "figDesc"))
_OUT_OF_BLOCK = frozenset(TEI + name for name in ("fw", "orig", "sic", "figDesc"))
_PARTED = {TEI + "row": "\n", TEI + "item": "\n", TEI + "cell": "\t", TEI + "p": " "}


def parse(data: bytes) -> etree._Element:
    """The root of a TEI file, read with entities, network and huge trees off."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True)
    return etree.fromstring(data, parser)


def faults(data: bytes, source: str, reading: str) -> list[str]:
    """What is wrong with a TEI file made from a source and its reading text; empty when nothing is.

    Checked: it parses (which finds ids that stand twice), every pointer has its target, both walks give back what they promise.
    """
    try:
        root = parse(data)
    except etree.XMLSyntaxError as error:
        return [f"it does not parse: {error}"]
    found = list(_pointer_faults(root))
    text = root.find(f"{TEI}text")
    if text is None:
        return [*found, "it has no text"]
    if orig_walk(root) != source:
        found.append("the orig walk does not give back the source")
    if reading_walk(root) != reading:
        found.append("the reading walk does not give the reading text")
    return found


def _pointer_faults(root: etree._Element) -> Iterator[str]:
    ids = {element.get(XML_ID) for element in root.iter()}
    for element in root.iter():
        for attribute in _POINTERS:
            for pointer in (element.get(attribute) or "").split():
                if pointer.startswith("#") and pointer[1:] not in ids:
                    yield f"{attribute}={pointer} has no target"


def orig_walk(root: etree._Element) -> str:
    """The source text of a TEI file, pages parted by form feed, lines by line feed."""
    codes = {}
    for char in root.iter(f"{TEI}char"):
        value = next((p.get("value") for p in char.iter(f"{TEI}localProp") if p.get("name") == "source"), None)
        codes[char.get(XML_ID)] = chr(int((value or "U+0")[2:], 16))
    out: list[str] = []
    line, pages = 1, 0

    def walk(element: etree._Element) -> None:
        nonlocal line, pages
        tag = element.tag
        if tag == TEI + "pb":
            if pages:
                out.append("\f")
            pages += 1
            line = 1
        elif tag == TEI + "lb":
            number = int(element.get("n") or 0)
            out.append("\n" * (number - line))
            line = number
        elif tag == TEI + "pc":
            out.append(element.get("orig") or "")
        elif tag == TEI + "g":
            out.append(codes[(element.get("ref") or "")[1:]])
        elif tag == TEI + "gap":
            out.append("\ufffd" * int(element.get("quantity") or 1))
        elif tag not in _SILENT:
            counts = tag not in _CONTAINERS
            if counts:
                out.append(element.text or "")
            for child in element:
                walk(child)
                if counts:
                    out.append(child.tail or "")

    walk(root.find(f"{TEI}text"))  # type: ignore[arg-type]
    return "".join(out)


def reading_walk(root: etree._Element) -> str:
    """The reading view of a TEI file: one block a line."""
    blocks = []
    for element in root.find(f"{TEI}text").iter():  # type: ignore[union-attr]
        if _kind(element) not in ("", "furniture"):
            numbers = [int(n) for n in (element.get(XML_ID) or "b.0").split(".")[1:]]
            before = element.getprevious()
            label = _read(before, False) if before is not None and before.tag == TEI + "label" else ""
            blocks.append((numbers, label + _read(element, True) + "\n"))
    return "".join(text for _, text in sorted(blocks))


def _kind(element: etree._Element) -> str:
    return next((word[4:] for word in (element.get("ana") or "").split() if word.startswith("#el.")), "")


def _read(element: etree._Element, top: bool) -> str:
    if not top and (_kind(element) or element.tag in _OUT_OF_BLOCK):
        return ""
    if element.tag == TEI + "gap":
        return "〓" * int(element.get("quantity") or 1)
    counts = element.tag not in _CONTAINERS
    earlier = not top and any(True for _ in element.itersiblings(str(element.tag), preceding=True))
    out = [_PARTED.get(str(element.tag), "") if earlier else "", (element.text or "") if counts else ""]
    for child in element:
        out += [_read(child, False), (child.tail or "") if counts else ""]
    return "".join(out)
