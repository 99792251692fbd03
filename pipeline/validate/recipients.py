"""主送 and 抄送: a small grammar of lists of organs, and what can be wrong with them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import regex

from pipeline.document import Change, Document, Finding, Shown
from pipeline.facts import facts, genre_of
from pipeline.fold import fold
from pipeline.rule import ASK, Rule

_LEVELS = ("；", "，", "、")
# a division without an organ: 各省, 自治区, 各市（州）; it shares the head of the name that follows it
_DIVISION = regex.compile(
    r"(?:各|全省|全市|全国)?(?:各)?(?:省|自治区|直辖市|自治州|地区|市|州|盟|县|区|旗|乡|镇|街道)(?:级)?(?:（[^）]*）)?"
)
_END = "：。；，、 \u3000"


class Name(NamedTuple):
    """One addressee: offsets in the text of its block, without the marks around it."""

    start: int
    end: int
    text: str


def names(text: str) -> list[Name]:
    """The addressees of a list.

    The highest mark of the list parts them (；, else ，, else 、), brackets close it off, and divisions that share the head
    of the name after them are one with it (各省、自治区、直辖市总工会).
    """
    folded = fold(text)
    end = len(folded.rstrip(_END))
    start = len(folded) - len(folded.lstrip())
    depths = _depths(folded)
    mark = next((m for m in _LEVELS if any(c == m and depths[i] == 0 for i, c in enumerate(folded[:end]))), None)
    cuts = [i for i in range(start, end) if folded[i] == mark and depths[i] == 0]
    pieces = [Name(a, b, folded[a:b]) for a, b in zip([start, *(cut + 1 for cut in cuts)], [*cuts, end], strict=True)]
    if mark == "、":
        pieces = _share_heads(folded, pieces)
    trimmed = []
    for piece in pieces:
        lead = len(piece.text) - len(piece.text.lstrip())
        bare = piece.text.strip()
        if bare:
            trimmed.append(Name(piece.start + lead, piece.start + lead + len(bare), bare))
    return trimmed


def _depths(folded: str) -> list[int]:
    depth, depths = 0, []
    for c in folded:
        depth += (c in "（〔") - (c in "）〕" and depth > 0)
        depths.append(depth)
    return depths


def _share_heads(folded: str, pieces: list[Name]) -> list[Name]:
    shared: list[Name] = []
    open_from: int | None = None
    for n, piece in enumerate(pieces):
        begin = piece.start if open_from is None else open_from
        if _DIVISION.fullmatch(piece.text.strip()) and n + 1 < len(pieces):
            open_from = begin
        else:
            shared.append(Name(begin, piece.end, folded[begin : piece.end]))
            open_from = None
    return shared


def _canonical(name: str) -> str:
    aliases: dict[str, str] = facts("organisations")["aliases"]
    bare = regex.sub(r"\s", "", name)
    return aliases.get(bare, bare)


def _without_label(text: str) -> int:
    """Where the list begins in the text of a block that may begin with its label."""
    match = regex.match(r"\s*[抄分主]\s*[送报]\s*[：:]", text)
    return match.end() if match else 0


def _ends_with(mark: str, shown: Shown) -> Iterator[Change]:
    text = shown.text.rstrip()
    if text and not text.endswith(mark):
        bare = text.rstrip("：:。；;，,、.")
        yield Change(_without_label(text), len(text), bare[_without_label(text) :] + mark)


def _duplicates(shown: Shown) -> Iterator[Change]:
    offset = _without_label(shown.text)
    seen: set[str] = set()
    for name in names(shown.text[offset:]):
        canonical = _canonical(name.text)
        if canonical in seen:
            yield Change(offset + name.start, offset + name.end, None, message=f"“{name.text}”重复")
        seen.add(canonical)


def _missing(document: Document) -> Iterator[Finding]:
    blocks = [block for block in document.blocks if block.part.kind in ("circular", "imprint")]
    title = next((block for block in blocks if block.kind == "title"), None)
    if title is None or any(block.kind == "addressees" for block in blocks):
        return
    genre = genre_of(document.own_text(title))
    without: list[str] = facts("genres")["without"]["addressees"]
    if genre and genre not in without and any(block.kind == "date" for block in blocks):
        word = next(word for word, name in facts("genres")["genres"].items() if name == genre)
        yield RCPT_001.finding(title.span, f"“{word}”一般应有主送机关", expected="主送机关")


def _notice(*addressees: str, title: str = "总工会关于做好工作的通知") -> tuple[tuple[str, str], ...]:
    return (
        ("title", title),
        *(("addressees", name) for name in addressees),
        ("p", "现通知如下。"),
        ("date", "2022年5月6日"),
    )


RCPT_001 = Rule(
    id="RCPT-001",
    name="missing-addressees",
    title="缺主送机关",
    clause="《党政机关公文处理工作条例》(2012) 第九条（八）；GB/T 9704—2012 7.3.2",
    certainty=ASK,
    severity="warning",
    cert="medium",
    strength="一般",
    check=_missing,
    examples=(
        (_notice(), None),
        (_notice("各市总工会："),) * 2,
        (_notice(title="总工会关于招聘工作人员的公告"),) * 2,
    ),
)
RCPT_002 = Rule(
    id="RCPT-002",
    name="addressees-without-colon",
    title="主送机关末尾不是全角冒号",
    clause="GB/T 9704—2012 7.3.2",
    certainty=ASK,
    alias="O04",
    severity="error",
    cert="high",
    strength="规定",
    kinds=frozenset({"addressees"}),
    find=lambda shown: () if _without_label(shown.text) else _ends_with("：", shown),
    message="主送机关最后一个名称后标全角冒号",
    examples=(
        ((("addressees", "各省、自治区、直辖市总工会"),), (("addressees", "各省、自治区、直辖市总工会："),)),
        ((("addressees", "各部门，各直属单位。"),), (("addressees", "各部门，各直属单位："),)),
        ((("addressees", "各省、自治区、直辖市总工会："),),) * 2,
    ),
)
RCPT_006 = Rule(
    id="RCPT-006",
    name="addressee-twice",
    title="主送机关重复",
    clause="逻辑",
    certainty=ASK,
    severity="error",
    cert="high",
    strength="推断",
    kinds=frozenset({"addressees"}),
    find=_duplicates,
    examples=(
        ((("addressees", "各全国产业工会，全总各部门，各全国产业工会："),), None),
        ((("addressees", "各全国产业工会，全总各部门："),),) * 2,
    ),
)
CC_002 = Rule(
    id="CC-002",
    name="cc-without-full-stop",
    title="抄送末尾不是句号",
    clause="GB/T 9704—2012 7.4.2",
    certainty=ASK,
    alias="O04",
    severity="error",
    cert="high",
    strength="规定",
    kinds=frozenset({"cc"}),
    find=lambda shown: _ends_with("。", shown),
    message="最后一个抄送机关名称后标句号",
    examples=(
        ((("cc", "抄送：新疆生产建设兵团总工会"),), (("cc", "新疆生产建设兵团总工会。"),)),
        ((("cc", "抄送：省委，省政府；"),), (("cc", "省委，省政府。"),)),
        ((("cc", "抄送：新疆生产建设兵团总工会。"),),) * 2,
    ),
)

RULES = (RCPT_001, RCPT_002, RCPT_006, CC_002)
