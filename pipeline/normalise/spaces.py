"""Spaces no printed page shows: beside marks, at line starts, between ideographs, inside spaced-out names and headings."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from pipeline.document import Change, Shown
from pipeline.facts import facts
from pipeline.fold import CLOSING, HAN, OPENING, POINTS, SPACES, fold
from pipeline.normalise.brackets import round_pairs
from pipeline.normalise.guard import KEPT_ADDRESS, KEPT_NUMBER, guarded
from pipeline.normalise.sides import BLANKS, EDGE, HAN_SIDE, IS_HAN, sides
from pipeline.rule import ASK, CERTAIN, LIKELY, Rule

_FIELDS = frozenset({"cc", "imprint", "note", "attachment-note", "cell"})  # U+3000 parts fields in them
_SET_APART = frozenset({"byline", "signature", "heading", "title", "subtitle", "classification", "urgency", "caption",
                        "attachment-title"})  # fmt: skip
_RUNNING = frozenset({"p"})
_DATED = frozenset({"p", "date", "speech-date", "note", "doc-number", "heading", "title", "addressees", "footnote"})
_BLANK = f"[{SPACES}]"
_INSIDE = regex.compile(rf"{_BLANK}++")
_OPEN, _CLOSE, _POINT = frozenset(OPENING), frozenset(CLOSING), frozenset(POINTS)
_SPACED = regex.compile(rf"{_BLANK}*+(?:[{HAN}]{_BLANK}++){{1,3}}[{HAN}]{_BLANK}*+")
_SPACED_IN_TEXT = regex.compile(rf"(?:^|{_BLANK}++)[{HAN}](?:{_BLANK}++[{HAN}]){{2,3}}(?:{_BLANK}++|$)")
_LATIN = regex.compile(r"[A-Za-z0-9]")
_BETWEEN_HAN = regex.compile(rf"(?<=[{HAN}]){_BLANK}++(?=[{HAN}])")
_NUMBERED_HEAD = regex.compile(
    rf"^{_BLANK}*(?:第[一二三四五六七八九十百〇零\d]{{1,6}}[编章节条款项届期号页]|附?[图表]|附件|注|例)$"
)
_FIELD = regex.compile(
    r"(?:联系人|联系电话|电话|手机|传真|邮箱|电子邮箱|邮编|邮政编码|地址|网址|单位|姓名|职务|日期|账号|户名|开户行)[：:]"
)
_LETTER = rf"A-Za-z0-9{KEPT_ADDRESS}{KEPT_NUMBER}"  # not a Latin phrase: spaces are its own
_BESIDE_LETTER = regex.compile(rf"(?<=[{HAN}]){_BLANK}++(?=[{_LETTER}%])|(?<=[{_LETTER}%]){_BLANK}++(?=[{HAN}])")
_DATE = regex.compile(
    rf"(?<!\d)(?:\d{_BLANK}*){{4}}年(?:{_BLANK}*\d{_BLANK}*\d?{_BLANK}*月)?(?:{_BLANK}*\d{_BLANK}*\d?{_BLANK}*日)?"
    rf"|(?<!\d)\d{{1,2}}{_BLANK}*月{_BLANK}*\d{{1,2}}{_BLANK}*日"
    rf"|〔{_BLANK}*\d{{4}}{_BLANK}*〕{_BLANK}*\d{{1,5}}{_BLANK}*号"
    rf"|\d{_BLANK}++[%％‰]"
)
_CERTAIN_GAP = 0.6  # em: less is no space in a line that is stretched


def _gaps(shown: Shown) -> Iterator[tuple[int, int, str, str, str]]:
    """Runs of white space inside the text with the folded text and their neighbours; line starts are another rule's."""
    folded = _with_latin_brackets(shown)
    starts = frozenset(shown.breaks)
    for match in _INSIDE.finditer(guarded(shown)):
        start, end = match.span()
        if start in starts or end == len(shown.text) or (shown.kind in _FIELDS and "\u3000" in match.group()):
            continue
        yield start, end, folded, folded[start - 1], folded[end]


def _with_latin_brackets(shown: Shown) -> str:
    return shown.view(_latin_brackets)


def _latin_brackets(shown: Shown) -> str:
    """The folded text, but half-width brackets as they are where their width is right: a) 第一项."""
    text = guarded(shown)
    folded = fold(text)
    if "(" not in text and ")" not in text:
        return folded
    wide = {at for pair in round_pairs(shown)[0] for at in pair if HAN_SIDE in sides(text, at, at + 1)}
    return "".join(c if c in "()" and at not in wide else f for at, (c, f) in enumerate(zip(text, folded, strict=True)))


def _beside_brackets(shown: Shown) -> Iterator[Change]:
    for start, end, folded, left, right in _gaps(shown):
        if left in _POINT or right in _POINT:
            continue
        if left in _CLOSE and right in _OPEN:
            yield Change(start, end, "")
        elif left in _OPEN or right in _CLOSE:
            if HAN_SIDE in sides(folded, start, end):
                yield Change(start, end, "")
        elif (right in _OPEN and IS_HAN.match(left)) or (left in _CLOSE and IS_HAN.match(right)):
            yield Change(start, end, "")
        elif (folded[max(0, start - 2) : start] == "——" and IS_HAN.match(right)) or (
            folded[end : end + 2] == "——" and IS_HAN.match(left)
        ):
            yield Change(start, end, "", LIKELY)


def _beside_points(shown: Shown) -> Iterator[Change]:
    for start, end, folded, left, right in _gaps(shown):
        if (left in _POINT and _is_chinese(shown, folded, start - 1)) or (
            right in _POINT and _is_chinese(shown, folded, end)
        ):
            yield Change(start, end, "")


def _is_chinese(shown: Shown, folded: str, at: int) -> bool:
    """Is a point mark one of Chinese text?  A half-width one is when its width will be repaired."""
    if shown.text[at] == folded[at]:
        return True
    left, right = sides(folded, at, at + 1)
    return left == HAN_SIDE and right in (HAN_SIDE, EDGE)


def _line_starts(shown: Shown) -> Iterator[Change]:
    for start in shown.breaks:
        match = _INSIDE.match(shown.text, start)
        if match and not (
            start and _LATIN.match(shown.text[start - 1]) and _LATIN.match(shown.text[match.end() : match.end() + 1])
        ):
            yield Change(start, match.end(), "")


def lists_names(shown: Shown) -> bool:
    """Is a paragraph a list of names: nothing but words of two to four ideographs that begin with a surname?"""
    if shown.names:
        return True
    words = shown.text.split()
    known = facts("surnames")
    return len(words) > 1 and all(
        2 <= len(word) <= 4 and (word[0] in known["single"] or word.startswith(tuple(known["double"])))
        for word in words
    )


def _between_ideographs(shown: Shown) -> Iterator[Change]:
    text = guarded(shown)
    for match in _BETWEEN_HAN.finditer(text):
        start, end = match.span()
        if (
            start in shown.breaks
            or _is_spaced(text, start, end)
            or _NUMBERED_HEAD.match(text[max(0, start - 12) : start])
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
    left = start < 2 or text[start - 2] in " \u3000\u00a0"
    right = end + 1 >= len(text) or text[end + 1] in " \u3000\u00a0"
    return left or right


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
    if shown.kind in _DATED:
        for match in _DATE.finditer(text):
            for blank in _INSIDE.finditer(match.group()):
                start, end = match.start() + blank.start(), match.start() + blank.end()
                if start not in shown.breaks:
                    taken.add(start)
                    yield Change(start, end, "", CERTAIN)
    if shown.kind in _RUNNING:
        for match in _BESIDE_LETTER.finditer(guarded(shown)):
            if match.start() not in taken and match.start() not in shown.breaks and not _in_label(text, match):
                yield Change(match.start(), match.end(), "", LIKELY)


def _in_label(text: str, match: regex.Match[str]) -> bool:
    """The space after the number or letter that begins a line (3.1 总则, a 项) parts two fields."""
    before = text[max(0, match.start() - 12) : match.start()]
    return bool(regex.fullmatch(rf"{_BLANK}*(?:[A-Za-z]|\d+(?:\.\d+)*|[图表]\d+(?:[.-]\d+)*)[.．)）]?", before))


def _spaced_out(shown: Shown) -> Iterator[Change]:
    """A name or a heading of two characters set with spaces: closed up where it stands alone, asked about in running text."""
    if shown.kind == "p" and not shown.names:
        for match in _SPACED_IN_TEXT.finditer(shown.text):
            yield Change(match.start(), match.end(), _INSIDE.sub("", match.group()), ASK)
    elif _SPACED.fullmatch(shown.text):
        certainty = CERTAIN if shown.measured else LIKELY
        text = shown.text.rstrip()
        for match in _INSIDE.finditer(text, len(text) - len(text.lstrip())):
            yield Change(match.start(), match.end(), "", certainty)


_NEEDED = frozenset(BLANKS)

S01 = Rule(
    id="S01",
    name="space-beside-bracket",
    title="汉字与标号之间的空格",
    clause="GB/T 15834-2011 5.1.3, 5.1.4",
    certainty=CERTAIN,
    needs=_NEEDED,
    find=_beside_brackets,
    examples=(
        ("工匠人才 （职工）创新工作室", "工匠人才（职工）创新工作室"),
        ("在 “五一”国际劳动节", "在“五一”国际劳动节"),
        ("The “Belt and Road” Initiative",) * 2,
        ("在“五一”国际劳动节",) * 2,
        ("a) 第一项",) * 2,
    ),
)
S02 = Rule(
    id="S02",
    name="space-beside-point",
    title="点号旁的空格",
    clause="GB/T 15834-2011 5.1.1, 5.1.2",
    certainty=CERTAIN,
    needs=_NEEDED,
    find=_beside_points,
    examples=(
        ("表示热烈的祝贺！ 向为大会", "表示热烈的祝贺！向为大会"),
        ("工会、 产业 、联合会", "工会、产业、联合会"),
        ((("note", "联系人：李明　电话：68591234"),),) * 2,
        ("Li Wei, Wang Fang",) * 2,
    ),
)
S03 = Rule(
    id="S03",
    name="space-between-ideographs",
    title="汉字之间的空格",
    clause="无条款（版面：GB/T 9704-2012 5.2.3 每行排满）",
    certainty=LIKELY,
    kinds=_RUNNING,
    needs=_NEEDED,
    find=_between_ideographs,
    examples=(
        ("深入学习 贯彻习近平总书记重要论述", "深入学习贯彻习近平总书记重要论述"),
        ("高质 量发展", "高质量发展"),
        ("第一条　为了规范管理，制定本办法。",) * 2,
        ("王东明 李明 张三",) * 2,
        ((("heading", "第一章　总则"),),) * 2,
    ),
)
S04 = Rule(
    id="S04",
    name="space-beside-letter",
    title="汉字与数字、字母之间的空格",
    clause="无条款（GB/T 9704-2012）; GB/T 15835-2011 5.1.7（条款待核）",
    certainty=LIKELY,
    kinds=_DATED,
    needs=_NEEDED,
    find=_beside_letters,
    examples=(
        ("2022 年 5 月 6 日", "2022年5月6日"),
        ("发展会员 120 名", "发展会员120名"),
        ("Windows 10系统",) * 2,
        ("ISO 9001",) * 2,
        ("5 000人",) * 2,
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
    needs=_NEEDED,
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
S06 = Rule(
    id="S06",
    name="line-start-space",
    title="行首缩进空格",
    clause="GB/T 9704-2012 7.3.3",
    certainty=CERTAIN,
    needs=_NEEDED,
    find=_line_starts,
    examples=(
        ("　　各级工会要进一步提升政治站位", "各级工会要进一步提升政治站位"),
        ((("cc", "　抄送：新疆生产建设兵团总工会。"),), (("cc", "抄送：新疆生产建设兵团总工会。"),)),
        ("各级工会",) * 2,
    ),
)
