"""Quotation marks of other forms: corner quotes, 〝〞, „, ``…'' (GB/T 15834-2011 4.8.2, 5.2.3)."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from pipeline.document import Change, Shown
from pipeline.normalise.guard import guarded
from pipeline.normalise.quotes import is_apostrophe
from pipeline.normalise.sides import IS_HAN
from pipeline.rule import CERTAIN, LIKELY, Rule
from pipeline.script import SIMPLIFIED, script_of

_CURLY = regex.compile("[“”„]")
_YEAR = regex.compile(r"\s*\d{2,4}\s*")
_CORNERS = regex.compile("[「」『』]")
_ODD = regex.compile("[〝〞〟„‟‶]|``|''")
_ODD_CERTAIN = {"〝": "“", "〞": "”", "〟": "”"}


def _odd_forms(shown: Shown) -> Iterator[Change]:
    text = guarded(shown)
    if not IS_HAN.search(text):
        return
    open_ = False
    for match in _ODD.finditer(text):
        mark, (start, end) = match.group(), match.span()
        if mark in _ODD_CERTAIN:
            open_ = mark == "〝"
            yield Change(start, end, _ODD_CERTAIN[mark], CERTAIN)
        elif mark in ("„", "‶", "``") and not open_:
            open_ = True
            yield Change(start, end, "“", LIKELY)
            other = _CURLY.search(text, end)
            if mark == "„" and other and other.group() == "“":
                open_ = False
                yield Change(other.start(), other.end(), "”", LIKELY)
        elif mark in ("‟", "„", "‶") or open_:
            yield Change(start, end, "”" if open_ else "“", LIKELY)
            open_ = not open_


def _corners(shown: Shown) -> Iterator[Change]:
    """Corner quotes in a simplified text, by depth: mainland vertical setting has the double ones outside."""
    wanted = shown.whole.policy.script
    if wanted == "traditional" or (wanted == "keep" and shown.whole.view(script_of) != SIMPLIFIED):
        return
    text = guarded(shown)
    stack: list[tuple[str, int]] = []
    found: list[Change] = []
    for match in regex.finditer("[“”‘’「」『』]", text):
        mark, at = match.group(), match.start()
        if is_apostrophe(text, at):
            continue
        if mark in "“‘「『":
            stack.append((mark, at))
            continue
        opening = {"”": "“", "’": "‘", "」": "「", "』": "『"}[mark]
        if not stack or stack[-1][0] != opening:
            return
        _, start = stack.pop()
        if (
            mark in "」』" and IS_HAN.search(text, start, at) and not _YEAR.fullmatch(text, start + 1, at)
        ):  # 总工发「2022」12号 is another rule's
            marks = "‘’" if len(stack) % 2 else "“”"
            found += (Change(start, start + 1, marks[0]), Change(at, at + 1, marks[1]))
    if not stack:
        yield from found


Q05 = Rule(
    id="Q05",
    name="corner-quote",
    title="直角引号改为“ ”‘ ’",
    clause="GB/T 15834-2011 4.8.2, 4.8.3.4, 5.2.3",
    certainty=LIKELY,
    needs=frozenset("「『"),
    paired=True,
    find=_corners,
    examples=(
        ("『要做到「两个维护」』", "“要做到‘两个维护’”"),
        ("「十四五」規劃",) * 2,
        ("『人民日報』",) * 2,
    ),
)
Q06 = Rule(
    id="Q06",
    name="odd-quote",
    title="异形引号改为“ ”",
    clause="GB/T 15834-2011 4.8.2",
    certainty=CERTAIN,
    needs=frozenset("〝〞〟„‟‶`'"),
    find=_odd_forms,
    examples=(
        ("〝五一〞国际劳动节", "“五一”国际劳动节"),
        ("„十四五”规划", "“十四五”规划"),
        ("``双碳''目标", "“双碳”目标"),
        ("“五一”国际劳动节",) * 2,
        ("5′30″",) * 2,
    ),
)
