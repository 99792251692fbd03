"""Is there text on a page, and is it worth anything?"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pipeline.document import Finding, Span
from pipeline.extract.rules import LAY_07, LAY_09, LAY_13

_GARBAGE_SHARE = 0.2  # of a page's characters have no meaning: the text layer cannot be trusted
_MEANINGLESS = frozenset({"Co", "Cc", "Cs", "Cn"})
_WHAT = {
    "image": ("只有图像，没有文字层", "OCR 识别后重新处理"),
    "drawing": ("文字已转为曲线，没有文字层", "OCR 识别后重新处理，或向发文机关索取原件"),
    "blank": ("没有任何内容", "核对原件是否缺页"),
    "unreadable": ("无法读取", "用其他程序打开并另存后重新处理"),
}
_ENGLISH = {
    "image": "holds images only (a scan); recognise its text first",
    "drawing": "holds vector outlines only, no text; recognise its text first",
    "blank": "holds nothing; check how it was made",
    "unreadable": "holds no page that can be read; open and save it in another program",
}


class Verdict(NamedTuple):
    """What was found on a page: ``kind`` text, image, drawing, blank or unreadable; counts of characters."""

    kind: str
    characters: int = 0
    unmapped: int = 0
    meaningless: int = 0  # U+FFFD, private use and control characters, the unmapped ones included
    offset: int = 0  # of the first unmapped one in the text of the page
    run: int = 0  # how many stand there together


def judge(lines: Sequence[str], *, images: int = 0, drawings: int = 0, readable: bool = True) -> Verdict:
    """The verdict on a page from its lines and, where it has none, from what else stands on it."""
    if not readable:
        return Verdict("unreadable")
    text = "\n".join(lines).lstrip("\n")
    if not text:
        return Verdict("image" if images else "drawing" if drawings else "blank")
    odd = sum(c == "\ufffd" or unicodedata.category(c) in _MEANINGLESS for c in text if c not in "\n\t")
    odd += len("(cid:") * text.count("(cid:")
    first = max(0, text.find("\ufffd"))
    run = len(text[first:]) - len(text[first:].lstrip("\ufffd"))
    return Verdict("text", len(text), text.count("\ufffd"), odd, first, run)


def without_text(verdicts: list[Verdict]) -> str:
    """Why a document without any text is none, in one line."""
    kinds = [v.kind for v in verdicts]
    main = next((kind for kind in ("image", "drawing", "unreadable") if kind in kinds), "blank")
    return f"has no text on its {len(kinds)} page{'s' * (len(kinds) > 1)}: it {_ENGLISH[main]}"


def findings(verdicts: list[Verdict], pages: list[Span]) -> Iterable[Finding]:
    """What a proofreader must know about the pages before reading them; ``pages`` are their source spans."""
    for number, (verdict, span) in enumerate(zip(verdicts, pages, strict=True), 1):
        at = Span(span.start, span.start)
        if verdict.kind != "text":
            what, then = _WHAT[verdict.kind]
            yield LAY_07.finding(at, f"第{number}页{what}，请{then}。", found=verdict.kind)
            continue
        if verdict.meaningless > _GARBAGE_SHARE * verdict.characters:
            share = f"{verdict.meaningless}/{verdict.characters}"
            yield LAY_13.finding(
                span, f"第{number}页的文字层有{share}个字符没有意义，不可信，请 OCR 识别后重新处理。", found=share
            )
        if verdict.unmapped:
            first = span.start + verdict.offset
            yield LAY_09.finding(
                Span(first, first + verdict.run),
                f"第{number}页有{verdict.unmapped}个字形没有对应的字符，请对照原件补录。",
                found=str(verdict.unmapped),
            )
