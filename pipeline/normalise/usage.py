"""The drafter's use of 、 and of doubled marks: queried, hardly ever changed (GB/T 15834-2011 4.2 to 4.5, B.1, B.2)."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from pipeline.document import Change, Shown
from pipeline.fold import HAN
from pipeline.normalise.guard import by_pattern, guarded
from pipeline.normalise.words import is_longer_word
from pipeline.rule import ASK, LIKELY, Rule

_QUOTED = "(?:“[^“”]{1,60}”|《[^《》]{1,80}》)"
_LIST = regex.compile(f"{_QUOTED}(?:、{_QUOTED})++")
_NUMERALS = "一二三四五六七八九"
_COUNTED = "个天人次十百千万亿成倍岁名元块件家处遍层排里斤点分钟小时位种年"
_APPROXIMATE = regex.compile(
    rf"(?<![第初高大小{_NUMERALS}〇零])([两{_NUMERALS}])、([{_NUMERALS}])(?=[{_COUNTED}])(?!年[级度期])(?!万[{_NUMERALS}])(?!分[{HAN}])"
)
_BEFORE_DENG = regex.compile("、等")
_DOUBLED = regex.compile("，{2,}+|、{2,}+|；{2,}+|：{2,}+|(?<!。)。{2}(?!。)|[？！]{2,}+")
_TWO_POINTS = regex.compile("[，。、；：？！]{2,}+")
_BEFORE_AND = regex.compile("、(?=以及|及(?![时早格第至]))")
_STOP_TWICE = regex.compile("(?<=[。！？]”)[。，；]")
_AFTER_DASH = regex.compile("(?<=——)[，、；：。]")
_BEFORE_ELLIPSIS = regex.compile("、(?=……)")
_LEGAL = regex.compile("？！|！{1,3}|？{1,3}")


def _between_quotations(shown: Shown) -> Iterator[Change]:
    for match in _LIST.finditer(shown.text):
        suggestion = regex.sub("(?<=[”》])、(?=[“《])", "", match.group())
        yield Change(match.start(), match.end(), suggestion)


def _approximate(shown: Shown) -> Iterator[Change]:
    text = shown.text
    for match in _APPROXIMATE.finditer(text):
        first, second = _NUMERALS.index(match[1].replace("两", "二")), _NUMERALS.index(match[2])
        is_label = text[max(0, match.start() - 3) : match.start()].strip(" \u3000\n") == "" and len(text) > 12
        if second == first + 1 and not is_label:
            yield Change(match.start(), match.end(), match[1] + match[2])


def _before_deng(shown: Shown) -> Iterator[Change]:
    text = shown.text
    for match in _BEFORE_DENG.finditer(text):
        if text[match.end() : match.end() + 1] != "、" and not is_longer_word(text, match.end() - 1):
            yield Change(match.start(), match.end(), "等")


def _doubled(shown: Shown) -> Iterator[Change]:
    for match in _DOUBLED.finditer(guarded(shown)):
        marks, (start, end) = match.group(), match.span()
        if marks[0] in "，、；：":
            yield Change(start, end, marks[0], LIKELY)
        elif marks == "。。":
            yield Change(start, end, "。", ASK)
        elif not _LEGAL.fullmatch(marks):
            yield Change(start, end, "？！" if len(set(marks)) > 1 else marks[0] * 3, ASK)


def _two_points(shown: Shown) -> Iterator[Change]:
    for match in _TWO_POINTS.finditer(guarded(shown)):
        marks = match.group()
        if len(set(marks)) > 1 and not set(marks) <= {"？", "！"}:
            last = match.end() == len(shown.text) and marks[-1] == "："
            yield Change(match.start(), match.end(), "：" if last else _right_point(marks))


def _right_point(marks: str) -> str:
    """The one that is meant: a colon before a stop, else the stop, else the first."""
    if marks[0] == "：":
        return "："
    return next((mark for mark in marks if mark in "。？！"), marks[0])


C01 = Rule(
    id="C01",
    name="mark-between-quotations",
    title="并列引号、书名号间的顿号",
    clause="GB/T 15834-2011 4.5.3.5",
    certainty=ASK,
    alias="PHRA-014",
    cert="low",
    strength="一般",
    needs=frozenset("、"),
    find=_between_quotations,
    message="相邻的引号（书名号）之间通常不用顿号，请核对原件。",
    examples=(
        (
            "“劳动创造幸福”、“中国梦·劳动美”、“强国复兴有我”",
            "“劳动创造幸福”“中国梦·劳动美”“强国复兴有我”",
        ),
        ("《工会法》、《劳动法》", "《工会法》《劳动法》"),
        ("“四个意识”“四个自信”",) * 2,
        ("增强“四个意识”、坚定“四个自信”",) * 2,
        ("《工会法》（修正）、《劳动法》",) * 2,
        ("《工会法》第三条、《劳动法》第七条",) * 2,
    ),
)
C02 = Rule(
    id="C02",
    name="mark-in-approximate-number",
    title="概数中的顿号",
    clause="GB/T 15834-2011 4.5.3.4",
    certainty=ASK,
    alias="PHRA-020",
    severity="warning",
    strength="一般",
    needs=frozenset("、"),
    find=_approximate,
    message="相邻两个数字连用表示概数，中间不用顿号，请核对原件。",
    examples=(
        ("三、四天", "三四"),
        ("五、六十人", "五六"),
        ("七、八成", "七八"),
        ("三四天",) * 2,
        ("初一、初二",) * 2,
        ("二、三产业",) * 2,
        ("一、二年级",) * 2,
    ),
)
C03 = Rule(
    id="C03",
    name="mark-before-deng",
    title="“等”前的顿号",
    clause="GB/T 15834-2011 B.1.2",
    certainty=ASK,
    alias="PHRA-019",
    severity="warning",
    strength="一般",
    needs=frozenset("等"),
    find=_before_deng,
    message="列举末尾的“等”前不用顿号，请核对原件。",
    examples=(
        ("劳模、工匠、等", "等"),
        ("等、靠、要",) * 2,
        ("名称、等级、数量",) * 2,
        ("哪些详写，哪些略写，等等。",) * 2,
    ),
)
X01 = Rule(
    id="X01",
    name="doubled-mark",
    title="标点重复",
    clause="GB/T 15834-2011 4.2.3.3, 4.3.3.3, 4.3.3.4",
    certainty=LIKELY,
    alias="PHRA-025",
    severity="warning",
    strength="规定",
    needs=frozenset("，、；：。？！"),
    find=_doubled,
    message="标点重复，请核对原件。",
    examples=(
        ("加强领导，，压实责任", "加强领导，压实责任"),
        ("劳模、、工匠", "劳模、工匠"),
        ("好！！！！", "！！！"),
        ("真的吗！？", "？！"),
        ("特此通知。。", "。"),
        ("好！！！",) * 2,
        ("真的吗？！",) * 2,
        ("“好”。",) * 2,
    ),
)
X02 = Rule(
    id="X02",
    name="two-points",
    title="两个不同的点号连用",
    clause="GB/T 15834-2011 4.3.3.4, B.2.1, B.2.2, B.2.4",
    certainty=ASK,
    severity="warning",
    strength="规定",
    needs=frozenset("，、；：。？！"),
    find=_two_points,
    message="两个不同的点号不连用，请核对原件。",
    examples=(
        ("加强领导，。", "。"),
        ("劳模、，工匠", "、"),
        ("如下：。", "："),
        ("真的吗？！",) * 2,
        ("“好。”",) * 2,
        ("（试行）。",) * 2,
        ("《意见》、",) * 2,
    ),
)
PHRA_028 = Rule(
    id="PHRA-028",
    name="mark-before-and",
    title="“以及（及）”前的顿号",
    clause="GB/T 15834-2011 A.3",
    certainty=ASK,
    alias="C03",
    strength="规定",
    needs=frozenset("及"),
    find=by_pattern(_BEFORE_AND, "，"),
    message="用顿号列举时，“以及（及）”之前用逗号，请核对原件。",
    examples=(
        ("压力过大、作息不规律、以及忽视营养", "，"),
        ("压力过大、作息不规律，以及忽视营养",) * 2,
        ("公开、及时、准确",) * 2,
    ),
)
PHRA_037 = Rule(
    id="PHRA-037",
    name="stop-inside-and-outside-quotation",
    title="引号内外点号重复",
    clause="GB/T 15834-2011 B.2.1",
    certainty=ASK,
    alias="X02",
    strength="一般",
    needs=frozenset("”"),
    find=by_pattern(_STOP_TWICE, ""),
    message="引号内已有句末点号时，引号外不再用点号，请核对原件。",
    examples=(
        ("他说：“要抓落实。”。", ""),
        ("他说：“要抓落实。”",) * 2,
        ("始终坚持“把质量当生命”。",) * 2,
        ("发出“还买得起书吗？”的疑问",) * 2,
    ),
)
PHRA_038 = Rule(
    id="PHRA-038",
    name="point-after-dash",
    title="破折号后的点号",
    clause="GB/T 15834-2011 B.2.3",
    certainty=ASK,
    alias="X02",
    strength="一般",
    needs=frozenset("—"),
    find=by_pattern(_AFTER_DASH, ""),
    message="破折号之后通常不用点号，请核对原件。",
    examples=(
        ("这就是——，我们的目标", ""),
        ("“是他——？”",) * 2,
        ("工资也挺高。——我能抽支烟吗？",) * 2,
    ),
)
PHRA_039 = Rule(
    id="PHRA-039",
    name="mark-before-ellipsis",
    title="省略号前的顿号",
    clause="GB/T 15834-2011 B.2.4",
    certainty=ASK,
    alias="X02",
    strength="一般",
    needs=frozenset("…"),
    find=by_pattern(_BEFORE_ELLIPSIS, ""),
    message="省略号之前通常不用顿号，请核对原件。",
    examples=(
        ("劳模、工匠、……", ""),
        ("劳模、工匠……",) * 2,
        ("他进来了，……一身军装",) * 2,
    ),
)
