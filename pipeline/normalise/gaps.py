"""Spaces between ideographs, letters and figures, and inside names and headings set with spaces."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex

from pipeline.document import Change, Shown
from pipeline.facts import facts
from pipeline.fold import HAN, SPACES
from pipeline.normalise.guard import KEPT_ADDRESS, KEPT_NUMBER, guarded
from pipeline.normalise.sides import BLANKS
from pipeline.rule import ASK, CERTAIN, LIKELY, Rule

_SET_APART = frozenset({"byline", "signature", "heading", "title", "subtitle", "classification", "urgency", "caption",
                        "attachment-title"})  # fmt: skip
_RUNNING = frozenset({"p"})
_UNDATED = frozenset({"byline", "signer", "classification", "urgency", "copy-number", "furniture"})
_TITLED = frozenset({"title", "subtitle", "heading", "addressees"})
_BLANK = f"[{SPACES}]"
_B = f"[{SPACES}]{{0,4}}+"
_INSIDE = regex.compile(rf"{_BLANK}++")
_SPACED = regex.compile(rf"{_BLANK}*+(?:[{HAN}]{_BLANK}++){{1,3}}[{HAN}]{_BLANK}*+")
_BETWEEN_HAN = regex.compile(rf"(?<=[{HAN}]){_BLANK}++(?=[{HAN}])")
_NUMBERED_HEAD = regex.compile(
    rf"^{_BLANK}*(?:第[一二三四五六七八九十百〇零\d]{{1,6}}[编章节条款项届期号页]|附?[图表]|附件|注|例)$"
)
_WORDS = regex.compile(rf"[^{SPACES}]++")
_ROLE = regex.compile("(?:记者|通讯员|作者|主编|编辑|校对|审核|责任编辑|主持|记录|主讲|监制|摄影)$")
_ORGAN_WORD = regex.compile(
    rf"[{HAN}]{{2,16}}?(?:[部局会院委厅办署府校所社]|办公室|总局|政府|公司|中心|集团|大学)(?=关于|[、》）”，。；：]|{_BLANK}|$)"
)
_SINGLES = regex.compile(rf"[{HAN}](?:{_BLANK}++[{HAN}](?![{HAN}]))++")
_POINTS = regex.compile("[，。；、！？,;]")
_OFFICE = regex.compile(
    f"[{HAN}]*[部局会院委厅办校社司心团][{HAN}]*(?:主席|书记|主任|[局部处科厅会院校组队站所]长|委员|经理|秘书长|代表|教授|干事|干部)$"
)
_FIRST = regex.compile(rf"(?:^|[.．、）)：:；;]{_BLANK}?)[{HAN}]+$")
_LEFT_WORD, _RIGHT_WORD = regex.compile(f"[{HAN}]+$"), regex.compile(f"[{HAN}]+")
_ORGAN_ENDS = "部局会院委厅办署府校所社"
_NAME_SIGNS = frozenset("年月日第页共时分")
_FIELD = regex.compile(
    r"(?:联系人|联系电话|电话|手机|传真|邮箱|电子邮箱|邮编|邮政编码|地址|网址|单位|姓名|职务|日期|账号|户名|开户行)[：:]"
)
_LETTER = rf"A-Za-z0-9{KEPT_ADDRESS}{KEPT_NUMBER}"  # not a Latin phrase: spaces are its own
_BESIDE_LETTER = regex.compile(rf"(?<=[{HAN}]){_BLANK}++(?=[{_LETTER}%])|(?<=[{_LETTER}%]){_BLANK}++(?=[{HAN}])")
_DATE = regex.compile(
    rf"(?<!\d)(?:\d{_B}){{4}}年(?:{_B}\d{_B}(?:\d{_B})?月)?(?:{_B}\d{_B}(?:\d{_B})?日)?"
    rf"|(?<!\d)\d{{1,2}}{_B}月{_B}\d{{1,2}}{_B}日"
    rf"|〔{_B}\d{{4}}{_B}〕{_B}\d{{1,5}}{_B}号"
    rf"|\d{_BLANK}++[%％‰]"
)
_BEFORE_DATE = regex.compile(rf"(?<=[{HAN}])[ \u00a0]$")
_OPTION = regex.compile(r"[A-Z][.．、)）]")  # A. 正确 B. 错误
_REACH = 40
_CERTAIN_GAP = 0.6  # em: less is no space in a line that is stretched


def lists_names(shown: Shown) -> bool:
    """Is a paragraph a list of names: nothing but words of two to four ideographs that begin with a surname?"""
    if shown.names:
        return True
    words = shown.text.split()
    return len(words) > 1 and all(map(_is_name, words))


@cache
def _surnames() -> tuple[frozenset[str], tuple[str, ...]]:
    known = facts("surnames")
    return frozenset(known["single"]), tuple(known["double"])


def _is_name(word: str) -> bool:
    """Is a word of two to four ideographs one that begins with a surname?"""
    single, double = _surnames()
    return 2 <= len(word) <= 4 and (word[0] in single or word.startswith(double))


def _between_ideographs(shown: Shown) -> Iterator[Change]:
    text = guarded(shown)
    breaks = frozenset(shown.breaks)
    for match in _BETWEEN_HAN.finditer(text):
        start, end = match.span()
        if (
            start in breaks
            or _is_spaced(text, start, end)
            or _NUMBERED_HEAD.match(text[max(0, start - 12) : start])
            or _lists(text, start, end)
        ):
            continue
        if shown.view(lists_names):
            return
        gap = _gap(shown, start, end)
        narrow = gap is not None and gap < _CERTAIN_GAP
        if narrow or not ("\u3000" in match.group() or _FIELD.match(text, end)):  # a wide space parts two fields
            yield Change(start, end, "", CERTAIN if narrow else LIKELY)


def _is_spaced(text: str, start: int, end: int) -> bool:
    """Is one of the neighbours of a gap an ideograph that stands by itself (王 东 明)?"""
    left = start < 2 or text[start - 2] in BLANKS
    right = end + 1 >= len(text) or text[end + 1] in BLANKS
    return left or right


def _lists(text: str, start: int, end: int) -> bool:
    """Does a gap part two organs, two names, or one of them and what the person is?"""
    left = _LEFT_WORD.search(text[max(0, start - 20) : start]).group()  # type: ignore[union-attr]
    right = _RIGHT_WORD.match(text[end : end + 20]).group()  # type: ignore[union-attr]
    if _ROLE.search(left) or _ROLE.search(right):
        return True
    if len(left) > 2 and (left[-1] in _ORGAN_ENDS or left.endswith("中央")) and _ORGAN_WORD.match(text, end):
        return True
    if _is_name(left) and (
        _is_name(right) or (_OFFICE.search(right) and _FIRST.search(text, max(0, start - 9), start))
    ):
        return True
    if _POINTS.search(text):
        return False  # running text
    words = [*_WORDS.findall(text[max(0, start - 12) : start]), *_WORDS.findall(text[end : end + 12])]
    return len(words) > 2 and len(left) <= 4 and len(right) <= 4 and all(len(word) <= 5 for word in words)


def _gap(shown: Shown, start: int, end: int) -> float | None:
    """The room between the characters around a space, in em; None without coordinates."""
    left, right = shown.box(start - 1), shown.box(end)
    if left is None or right is None or not left[2] or right[0] < left[0]:
        return None
    return (right[0] - left[1]) / left[2]


def _beside_letters(shown: Shown) -> Iterator[Change]:
    """Spaces inside a date, a number or a percentage, and those between an ideograph and a letter in running text."""
    text = shown.text
    taken: set[int] = set()
    breaks = frozenset(shown.breaks)
    if shown.kind not in _UNDATED:
        for match in _DATE.finditer(text):
            if shown.kind in _TITLED and (
                before := _BEFORE_DATE.search(text, max(0, match.start() - 6), match.start())
            ):
                taken.add(before.start())
                yield Change(before.start(), before.end(), "", LIKELY)
            for blank in _INSIDE.finditer(match.group()):
                start, end = match.start() + blank.start(), match.start() + blank.end()
                if start not in breaks:
                    taken.add(start)
                    yield Change(start, end, "", CERTAIN)
    if shown.kind in _RUNNING:
        for match in _BESIDE_LETTER.finditer(guarded(shown)):
            if (
                match.start() not in taken
                and match.start() not in breaks
                and not ("\u3000" in match.group() or _in_label(text, match) or _OPTION.match(text, match.end()))
            ):
                yield Change(match.start(), match.end(), "", LIKELY)


def _in_label(text: str, match: regex.Match[str]) -> bool:
    """The space after the number or letter that begins a line (3.1 总则, a 项) parts two fields."""
    before = text[max(0, match.start() - 12) : match.start()]
    return bool(regex.fullmatch(rf"{_BLANK}*(?:[A-Za-z]|\d+(?:\.\d+)*|[图表]\d+(?:[.-]\d+)*)[.．)）]?", before))


def _spaced_out(shown: Shown) -> Iterator[Change]:
    """A name or a heading of two characters set with spaces: closed up where it stands alone, asked about in running text."""
    text = shown.text
    if shown.kind == "p" and not shown.names:
        for first, last in _spaced_names(text):
            before, after = text[max(0, first - _REACH) : first], text[last : last + _REACH]
            low, high = first - len(before) + len(before.rstrip(BLANKS)), last + len(after) - len(after.lstrip(BLANKS))
            yield Change(low, high, _INSIDE.sub("", text[low:high]), ASK)
    elif _SPACED.fullmatch(text):
        certainty = CERTAIN if shown.measured else LIKELY
        text = text.rstrip()
        for match in _INSIDE.finditer(text, len(text) - len(text.lstrip())):
            yield Change(match.start(), match.end(), "", certainty)


def _spaced_names(text: str) -> Iterator[tuple[int, int]]:
    """Runs of three or four ideographs that each stand by themselves, the first a surname (it may end a word: 任命王 东 明)."""
    for match in _SINGLES.finditer(text):
        words = list(_WORDS.finditer(text, *match.span()))
        if words[0].group() not in _surnames()[0]:
            words = words[1:]  # the end of the word before it
        letters = "".join(word.group() for word in words)
        if 3 <= len(words) <= 4 and letters[0] in _surnames()[0] and _NAME_SIGNS.isdisjoint(letters):
            yield words[0].start(), words[-1].end()


S03 = Rule(
    id="S03",
    name="space-between-ideographs",
    title="汉字之间的空格",
    clause="无条款（版面：GB/T 9704-2012 5.2.3 每行排满）",
    certainty=LIKELY,
    kinds=_RUNNING,
    needs=frozenset(BLANKS),
    find=_between_ideographs,
    examples=(
        ("深入学习 贯彻习近平总书记重要论述", "深入学习贯彻习近平总书记重要论述"),
        ("高质 量发展", "高质量发展"),
        ("第一条　为了规范管理，制定本办法。",) * 2,
        ("王东明 李明 张三",) * 2,
        ("《财政部 国家税务总局关于公告》",) * 2,
        ("记者 张三 通讯员 李四",) * 2,
        ((("heading", "第一章　总则"),),) * 2,
    ),
)
S04 = Rule(
    id="S04",
    name="space-beside-letter",
    title="汉字与数字、字母之间的空格",
    clause="无条款（GB/T 9704-2012）; GB/T 15835-2011 5.1.7（条款待核）",
    certainty=LIKELY,
    needs=frozenset(BLANKS),
    find=_beside_letters,
    examples=(
        ("2022 年 5 月 6 日", "2022年5月6日"),
        ("发展会员 120 名", "发展会员120名"),
        ("Windows 10系统",) * 2,
        ("ISO 9001",) * 2,
        ("5 000人",) * 2,
        ("邮政编码：100865　地址：北京",) * 2,
        ((("imprint", "中华全国总工会办公厅 2022年5月7日印发"),),) * 2,
    ),
)
S05 = Rule(
    id="S05",
    name="spaced-name",
    title="疏排的人名、标题",
    clause="GB/T 9704-2012 图4、图9、图11、图12",
    certainty=LIKELY,
    alias="SIGN-007",
    kinds=_SET_APART | {"p"},
    needs=frozenset(BLANKS),
    find=_spaced_out,
    message="姓名疏排，正文中应连排，请核对原件。",
    examples=(
        ((("byline", "王 东 明"),), (("byline", "王东明"),)),
        ((("heading", "总　则"),), (("heading", "总则"),)),
        ("同志 王 东 明 出席", "王东明"),
        ((("byline", "王东明"),),) * 2,
        ((("signature", "全国总工会 教育部 财政部"),),) * 2,
    ),
)
