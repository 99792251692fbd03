"""How fixed elements may end: titles and headings on a line of their own, names of attachments."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from pipeline.document import Change, Shown
from pipeline.fold import fold
from pipeline.rule import ASK, Rule
from pipeline.validate.marks import attachments

_POINT = regex.compile(r"[。，；：、.,;:]+$")


def _final_point(shown: Shown) -> Iterator[Change]:
    text = shown.text.rstrip()
    match = _POINT.search(text[-4:])
    if match and len(text) > len(match.group()):
        start = len(text) - len(match.group())
        yield Change(start, len(text), "")


def _after_name(shown: Shown) -> Iterator[Change]:
    folded = fold(shown.text)
    for _, (start, end) in attachments(shown.text):
        match = regex.search("[。；，、：]+$", folded[start:end])
        if match:
            yield Change(start + match.start(), end, "")


TITL_003 = Rule(
    id="TITL-003",
    name="point-after-title",
    title="标题末尾有标点",
    clause="GB/T 15834-2011 B.4; GB/T 9704-2012 7.3.1",
    certainty=ASK,
    alias="O03",
    severity="warning",
    strength="一般",
    kinds=frozenset({"title", "subtitle", "attachment-title"}),
    find=_final_point,
    message="标题末尾通常不加标点（问号、叹号、省略号除外）",
    examples=(
        ((("title", "关于印发讲话的通知。"),), (("title", ""),)),
        ((("title", "关于印发讲话的通知"),),) * 2,
        ((("title", "怎么看？怎么办？"),),) * 2,
        ((("title", "和平协议签署之后……"),),) * 2,
    ),
)
STRU_010 = Rule(
    id="STRU-010",
    name="point-after-heading",
    title="单行标题末尾有标点",
    clause="GB/T 15834-2011 B.4",
    certainty=ASK,
    alias="O03",
    severity="info",
    strength="惯例",
    kinds=frozenset({"heading"}),
    find=_final_point,
    message="独占一行的层次标题末尾不加标点",
    examples=(
        ((("heading", "一、总体要求。"),), (("heading", ""),)),
        ((("heading", "一、总体要求"),),) * 2,
        ((("p", "（一）加强领导。各级工会要"),),) * 2,
    ),
)
ATT_004 = Rule(
    id="ATT-004",
    name="point-after-attachment-name",
    title="附件名称后有标点",
    clause="GB/T 9704-2012 7.3.4",
    certainty=ASK,
    alias="O04",
    severity="warning",
    cert="high",
    strength="规定",
    kinds=frozenset({"attachment-note"}),
    find=_after_name,
    message="附件名称后不加标点符号",
    examples=(
        ((("attachment-note", "附件：1.实施方案。"),), (("attachment-note", ""),)),
        ((("attachment-note", "附件：1.实施方案"),),) * 2,
    ),
)

RULES = (TITL_003, STRU_010, ATT_004)
