"""Code points: what only looks like the character that is meant, or like none.  Never NFKC over a text: it loses ² ① ℃."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import cache

import regex

from pipeline.document import Change, Shown
from pipeline.facts import facts
from pipeline.fold import FORBIDDEN
from pipeline.rule import ASK, CERTAIN, LIKELY, Finder, Rule
from pipeline.script import TRADITIONAL, script_of

Table = dict[str, str]

_ZERO_WIDTH = regex.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]+")
_UNKNOWN = regex.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]|\ufffd+|[\ud800-\udfff]|\\(cid:\\d{1,6}\\)")
_CONTROL = "".join(map(chr, (*range(9), 11, 14, *range(15, 32)))) + "\ufffe\uffff"
_VERTICAL = {
    "︐": "，", "︑": "、", "︒": "。", "︓": "：", "︔": "；", "︕": "！", "︖": "？", "︗": "〖", "︘": "〗", "︙": "…",
    "︱": "—", "︲": "–", "︵": "（", "︶": "）", "︷": "｛", "︸": "｝", "︹": "〔", "︺": "〕", "︻": "【", "︼": "】",
    "︽": "《", "︾": "》", "︿": "〈", "﹀": "〉", "﹁": "「", "﹂": "」", "﹃": "『", "﹄": "』", "﹇": "［", "﹈": "］",
}  # fmt: skip
_SMALL = {
    "﹐": "，", "﹑": "、", "﹒": "．", "﹔": "；", "﹕": "：", "﹖": "？", "﹗": "！", "﹘": "—", "﹙": "（", "﹚": "）",
    "﹛": "｛", "﹜": "｝", "﹝": "〔", "﹞": "〕", "﹟": "#", "﹠": "&", "﹡": "*", "﹢": "+", "﹣": "-", "﹤": "<",
    "﹥": ">", "﹦": "=", "﹨": "\\", "﹩": "$", "﹪": "%", "﹫": "@",
}  # fmt: skip
_HALF = {"＂": '"', "＇": "'", "･": "·", "｡": "。", "｢": "「", "｣": "」", "､": "、"}


@cache
def wide_figures() -> Table:
    """Full-width figures, letters, percent sign and slash, and the half-width ones."""
    ranges = (("０", "９", "0"), ("Ａ", "Ｚ", "A"), ("ａ", "ｚ", "a"))
    found = {"％": "%", "／": "/"}
    for low, high, to in ranges:
        found |= {chr(code): chr(code - ord(low) + ord(to)) for code in range(ord(low), ord(high) + 1)}
    return found


@cache
def _radicals() -> Table:
    found = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
    supplement: Table = facts("radicals")["supplement"]
    return found | supplement


@cache
def _simplified_radicals() -> Table:
    simplified: Table = facts("radicals")["simplified"]
    return _radicals() | simplified


@cache
def _compatibility() -> Table:
    codes = (*range(0xF900, 0xFB00), *range(0x2F800, 0x2FA20))
    found = {chr(code): unicodedata.normalize("NFC", chr(code)) for code in codes}
    return {c: to for c, to in found.items() if to != c}


@cache
def _ligatures() -> Table:
    return {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}


@cache
def _pattern(table: Callable[[], Table]) -> regex.Pattern[str]:
    return regex.compile(f"[{regex.escape(''.join(table()))}]")


def by_table(table: Callable[[], Table]) -> Finder:
    """A finder that puts for each character of a table what stands for it there."""

    def find(shown: Shown) -> Iterator[Change]:
        for match in _pattern(table).finditer(shown.text):
            yield Change(match.start(), match.end(), table()[match.group()])

    return find


_WIDE_URL = regex.compile(
    r"(?:(?=[hｈ][tｔ]{2}[pｐ][sｓ]?(?:：|:／))[hｈ][tｔ]{2}[pｐ][sｓ]?[:：][/／]{2}|[wｗ]{3}．)"
    r"[0-9A-Za-z０-９Ａ-Ｚａ-ｚ./?=&#%~@:_+\-．／？＝＆＃％～＠：＿＋－]*[0-9A-Za-z０-９Ａ-Ｚａ-ｚ/／]"
)


def _wide_figures(shown: Shown) -> Iterator[Change]:
    """Full-width figures, letters, percent signs and slashes; in the address of a web page its marks too."""
    text = shown.text
    inside = [match.span() for match in _WIDE_URL.finditer(text)] if "／" in text or "．" in text else []
    for start, end in inside:
        for at in range(start, end):
            if text[at] in "＃＆＋－．／：＝？＠＿～":
                yield Change(at, at + 1, chr(ord(text[at]) - 0xFEE0), LIKELY)
    for match in _pattern(wide_figures).finditer(text):
        if text[match.start()] != "／" or not any(low <= match.start() < high for low, high in inside):
            yield Change(match.start(), match.end(), wide_figures()[match.group()])


def _radicals_of_script(shown: Shown) -> Iterable[Change]:
    traditional = shown.whole.view(script_of) == TRADITIONAL
    return by_table(_radicals if traditional else _simplified_radicals)(shown)


def _invisible(shown: Shown) -> Iterator[Change]:
    """Zero-width characters, which mean nothing between ideographs, and control characters, which may hide a lost one."""
    for match in _ZERO_WIDTH.finditer(shown.text):
        yield Change(match.start(), match.end(), "", CERTAIN)
    for control in FORBIDDEN.finditer(shown.text):
        if control.group() == "\f" or "\ud800" <= control.group() <= "\udfff":
            continue  # the end of a page, inside a table or a list of contents; half a character: another rule's
        yield Change(control.start(), control.end(), "", LIKELY)


def _unknown(shown: Shown) -> Iterator[Change]:
    """Characters that stand for nothing, unless a table says for what."""
    found = list(_UNKNOWN.finditer(shown.text))
    if not found:
        return
    tables = facts("private_use")
    known = {**tables["gb18030"], **dict(shown.whole.policy.private_use)}
    for match in found:
        c, font = match.group(), shown.font(match.start())
        own: Table = next((table for name, table in tables["fonts"].items() if name in font), {})
        meant = own.get(c) or known.get(c)
        if meant:
            yield Change(match.start(), match.end(), meant, LIKELY)
        elif unicodedata.category(c[0]) == "Co":
            yield Change(
                match.start(), match.end(), None, ASK, f"私用区字符 U+{ord(c):04X}，字形不明，请对照页面核对。"
            )
        else:
            yield Change(match.start(), match.end(), None, ASK)


S07 = Rule(
    id="S07",
    name="invisible-character",
    title="不可见字符",
    clause="无条款（Unicode；XML 1.0 2.2）",
    certainty=CERTAIN,
    needs=frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad" + _CONTROL),
    find=_invisible,
    examples=(
        ("工\u200b会", "工会"),
        ("全国\x02总工会", "全国总工会"),
        ("全国总工会",) * 2,
    ),
)
U01 = Rule(
    id="U01",
    name="full-width-figure",
    title="全角数字、字母、百分号、分隔号改为半角",
    clause="GB/T 15835-2011 5.1.7（条款待核）; GB/T 15834-2011 4.17.2, 5.1.9",
    certainty=CERTAIN,
    alias="DATE-023",
    encoding="g",
    needs=frozenset(wide_figures()) | {"．"},
    find=_wide_figures,
    examples=(
        ("增长１５％", "增长15%"),
        ("ＧＤＰ", "GDP"),
        ("博／硕士", "博/硕士"),
        ("ｈｔｔｐ：／／ｗｗｗ．ｘ．ｃｎ", "http://www.x.cn"),
        ("2022年",) * 2,
        ("①",) * 2,
        ("Ⅲ",) * 2,
        ("㎡",) * 2,
    ),
)
U02 = Rule(
    id="U02",
    name="radical-for-ideograph",
    title="部首码位改为汉字",
    clause="无条款（Unicode 康熙部首 2F00–2FD5、部首补充 2E80–2EF3）",
    certainty=CERTAIN,
    encoding="g",
    needs=frozenset(_radicals()),
    find=_radicals_of_script,
    examples=(
        ("⼯会", "工会"),
        ("⻓江", "长江"),
        ("⾏⽂", "行文"),
        ("⼾籍管理", "户籍管理"),
        ("工会",) * 2,
        ("部首",) * 2,
    ),
)
U03 = Rule(
    id="U03",
    name="compatibility-ideograph",
    title="兼容汉字改为统一汉字",
    clause="无条款（Unicode 规范等价）",
    certainty=CERTAIN,
    encoding="g",
    needs=frozenset(_compatibility()),
    find=by_table(_compatibility),
    examples=(
        ("\uf9e2益", "梨益"),
        ("\uf967", "不"),
        ("工会",) * 2,
        ("\ufa0e",) * 2,
    ),
)
U04 = Rule(
    id="U04",
    name="unknown-character",
    title="字形不明的字符",
    clause="无条款（Unicode 私用区）",
    certainty=ASK,
    encoding="g",
    folded=True,
    severity="warning",
    cert="high",
    find=_unknown,
    message="字形不明的字符，请对照页面核对。",
    examples=(
        ("中华\ue5e5全国总工会", None),
        ("总工\ufffd", None),
        ("总工(cid:12)", None),
        ("\ue81e", "龴"),
        ("囗",) * 2,
    ),
)
U05 = Rule(
    id="U05",
    name="latin-ligature",
    title="拉丁连字拆开",
    clause="无条款（Unicode）",
    certainty=CERTAIN,
    needs=frozenset(_ligatures()),
    find=by_table(_ligatures),
    examples=(
        ("ﬂow", "flow"),
        ("eﬃcient", "efficient"),
        ("10 m²",) * 2,
        ("㈠",) * 2,
        ("№5",) * 2,
    ),
)


def _forms() -> Table:
    return FORMS


FORMS = _VERTICAL | _SMALL | _HALF
P07 = Rule(
    id="P07",
    name="presentation-form",
    title="竖排、小型、半角形式的标点改为通用标点",
    clause="GB/T 15834-2011 4.1.2–4.15.2, 5.2.3；无条款（Unicode）",
    certainty=CERTAIN,
    needs=frozenset(FORMS),
    find=by_table(_forms),
    examples=(
        ("工会､产业工会｡", "工会、产业工会。"),
        ("︽意见︾", "《意见》"),
        ("﹙试行﹚", "（试行）"),
        ("甲︐乙︒", "甲，乙。"),
        ("工会、产业工会。",) * 2,
        ("①②③",) * 2,
    ),
)
