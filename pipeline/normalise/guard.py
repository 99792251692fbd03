"""Protected spans (N01): what is no Chinese text inside a Chinese text and must stay as it is.

URLs, addresses, telephone numbers, times, decimals, thousands, versions, standards, formulae, code, Latin phrases.  Rules look
at the *guarded* view, of the same length, in which every character of such a span is one of four letters of a private plane.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import regex

from pipeline.document import Change, Shown
from pipeline.fold import HAN
from pipeline.rule import CERTAIN, Finder, Rule

KEPT_ADDRESS, KEPT_NUMBER, KEPT_RUN, KEPT_CODE = "\U000f0000", "\U000f0001", "\U000f0002", "\U000f0003"
KEPT = KEPT_ADDRESS + KEPT_NUMBER + KEPT_RUN + KEPT_CODE

_HOST = r"[A-Za-z0-9-]++(?:\.[A-Za-z0-9-]++)++"
_PATH = r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]*[A-Za-z0-9/_=&#%~]"
ENDINGS = "com|cn|org|net|gov|edu|info|mil|int|io|top|vip|xyz|tv|cc|docx?|xlsx?|pptx?|pdf|ofd|wps|zip|rar|jpe?g|png|txt|xml|html?"
_ADDRESS = rf"""
    (?:https?|ftp)://{_PATH}
  | (?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]++@{_HOST}
  | (?<![A-Za-z0-9._-])www\.{_HOST}(?:[:/?]{_PATH})?
  | (?<![A-Za-z0-9._-])(?:[A-Za-z0-9_-]++\.)*+(?<=\.)(?:{ENDINGS})(?![A-Za-z0-9])(?:[:/?](?=[A-Za-z0-9]){_PATH})?
  | (?<=[{HAN}）》”])\.(?:{ENDINGS})(?![A-Za-z0-9])
  | (?<![A-Za-z0-9])[A-Za-z]:\\[!-~]*+
"""
_CODE = rf"""
    \(cid:\d{{1,6}}\)
  | </?[A-Za-z!][^<>\n{HAN}]{{0,120}}>
  | &(?:\#\d{{1,7}}|\#x[0-9A-Fa-f]{{1,6}}|[A-Za-z]{{2,10}});
  | (?<![A-Za-z0-9_-])[A-Za-z_][A-Za-z0-9_-]*+=["'][^"'\n{HAN}]{{0,80}}["']
  | (?<![A-Za-z0-9_.])[A-Za-z_][A-Za-z0-9_.]*+\([^()\n{HAN}]{{0,80}}\)
"""
_NUMBER = r"""
    (?<!\d)\+?(?:86[ -]?)?(?:\(0\d{2,3}\)[ ]?|0\d{2,3}[- ])\d{7,8}(?:-\d{1,5})?(?!\d)
  | (?<!\d)(?:400|800)[- ]\d{3}[- ]\d{4}(?!\d)
  | (?<!\d)\d{3,4}-\d{7,8}(?:-\d{1,5})?(?![\d-])
  | (?<![\d.])\d{1,3}(?:,\d{3})++(?![\d,])(?:\.\d++)?
  | (?<![\d.,])\d{1,3}(?:[ ]\d{3})++(?!\d)
  | (?<![\d:])\d{1,2}:\d{2}(?::\d{2})?(?![\d:])
  | (?<![\d:])\d++(?::\d++)++
  | (?<![A-Za-z0-9.])[vV]?\d++(?:\.\d++)++
  | (?<![\d-])\d{4}-\d{1,2}-\d{1,2}(?![\d-])
  | (?<![A-Za-z])[A-Z]{1,6}(?:/[A-Z]{1,4})*+[ -]?\d++(?:[.—–-]\d++)*+
"""
_WORD = r"[A-Za-z0-9][A-Za-z0-9'’._/+&#@%-]*+"
_RUN = rf"""
    (?<![A-Za-z0-9'’._/+&#@%-])(?=[A-Za-z]){_WORD}
    (?:[,;:.!?)"”’*]{{0,3}}+[ ]++(?:[*=&|<>+-]{{1,2}}+[ ]++)?+[("“‘]?+{_WORD})++
    [)"”]{{0,2}}+
"""
_FORMULA = r"""
    (?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9]*+(?:[ ]?[=+*/^<>≤≥≈×÷][ ]?[A-Za-z0-9][A-Za-z0-9.]*+)++
  | (?<![A-Za-z0-9.])\d++[ ]?[=+*^<>≤≥≈×÷/][ ]?[A-Za-z0-9][A-Za-z0-9.]*+
"""
_TOKEN = regex.compile(
    rf"(?P<a>{_ADDRESS})|(?P<c>{_CODE})|(?P<r>{_RUN})|(?P<n>{_NUMBER})|(?P<f>{_FORMULA})|[A-Za-z]++|[0-9]++",
    regex.VERBOSE,
)  # the last two: a word or number that is nothing of these is stepped over whole
_LETTER = {"a": KEPT_ADDRESS, "c": KEPT_CODE, "r": KEPT_RUN, "n": KEPT_NUMBER, "f": KEPT_CODE}
_LOOKS_LIKE_CODE = re.compile(
    r"=[A-Za-z\"']|[A-Za-z_](?:\(|[\])）］])|\{\"|<!--|SELECT |[(（\[［][-+]?(?:[\d.]+|[∞a-z])[,，]|[\[［][A-Z]"
)  # quick: most texts hold nothing of the kind
# GB/T 7714: author.title[J].…2021
_ENTRY = regex.compile(
    r"[.．][^.．\[［]{1,80}[\[［](?:[JMDCNRSPZGA]|DB|CP|EB)(?:/OL)?[\]］]\s?[.．:：][^\[［]{0,120}?(?:19|20)\d{2}"
)
_NUMBER_OR_LETTER = r"[-+]?(?:\d++(?:\.\d++)?|∞|[a-z])"
_HAN_CODE = regex.compile(
    rf"""
    =[A-Za-z_][A-Za-z0-9_.]*+\([^()\n]{{0,80}}\)
  | (?<![A-Za-z0-9_.])[A-Za-z_][A-Za-z0-9_.]*+\("[^"()\n]{{0,80}}"\)
  | (?<![A-Za-z0-9])[a-z]\([{HAN}]{{1,8}}\)
  | <!--[^\n]{{0,200}}?-->
  | \{{"[^{{}}\n]{{0,300}}\}}
  | =["'][^"'\n]{{0,80}}["']
  | (?<![A-Za-z])SELECT\ [^;\n]{{1,200}}\ FROM\ [^;；。，\n]{{1,200}};?
  | [(（\[［]{_NUMBER_OR_LETTER}[,，]{_NUMBER_OR_LETTER}[\]］]
  | [\[［]{_NUMBER_OR_LETTER}[,，]{_NUMBER_OR_LETTER}[)）]
    """,
    regex.VERBOSE,
)
_STRETCH = re.compile("[!-~][ -~“”‘’×÷≤≥≈—–]*")  # the standard library is quicker at this
_AROUND = " ,;:!?()'\"“”‘’"
_SIGN = re.compile("[A-Za-z0-9]")


def spans(text: str) -> Iterator[tuple[int, int, str]]:
    """The protected spans of a text, each with the letter that stands for its characters."""
    for stretch in _STRETCH.finditer(text):
        core = stretch.group().strip(_AROUND)
        if core.isdigit() or core.isalpha() or not _SIGN.search(core):
            continue  # a bare number or word is nothing to protect
        for match in _TOKEN.finditer(text, *stretch.span()):
            if match.lastgroup:
                start, end = match.span()
                while match.lastgroup == "r" and not _is_closed(text, start, end):
                    end -= 1
                if (
                    match.lastgroup == "a"
                    and text[end : end + 1] == ")"
                    and text.count("(", start, end) > text.count(")", start, end)
                ):
                    end += 1
                yield start, end, _LETTER[match.lastgroup]


def _code(text: str) -> Iterator[tuple[int, int, str]]:
    """Code and formulae that hold ideographs, and the entries of bibliographies."""
    if not _LOOKS_LIKE_CODE.search(text):
        return
    if _ENTRY.search(text):
        yield 0, len(text), KEPT_CODE
        return
    for match in _HAN_CODE.finditer(text):
        yield match.start(), match.end(), KEPT_CODE


def _is_closed(text: str, start: int, end: int) -> bool:
    """Does a phrase end in a letter, or in a mark whose other half it holds?"""
    mark = text[end - 1]
    if mark in "'’":
        return False
    if mark == '"':
        return text.count('"', start, end) % 2 == 0
    opening = {")": "(", "”": "“"}.get(mark)
    return opening is None or text.count(opening, start, end) >= text.count(mark, start, end)


def guarded(shown: Shown) -> str:
    """The text of a block with protected spans masked; the same length."""
    return shown.view(_guarded)


def _guarded(shown: Shown) -> str:
    return mask(shown.text)


def by_pattern(pattern: regex.Pattern[str], after: str) -> Finder:
    """A finder that proposes a text for every match of a pattern outside protected spans."""

    def find(shown: Shown) -> Iterator[Change]:
        for match in pattern.finditer(guarded(shown)):
            yield Change(match.start(), match.end(), after)

    return find


def mask(text: str) -> str:
    """A text with its protected spans masked."""
    out: list[str] = []
    at = 0
    for start, end, letter in sorted((*spans(text), *_code(text))):
        if start < at:
            continue
        out += (text[at:start], letter * (end - start))
        at = end
    out.append(text[at:])
    return "".join(out)


N01 = Rule(
    id="N01",
    name="protected-span",
    title="受保护的文字：网址、电话、时间、数字、标准号、公式、代码、外文，一律不动",
    clause="GB/T 15835-2011 5.1（条款待核）; GB/T 15834-2011 2.1, 4.13.3.1",
    certainty=CERTAIN,
    examples=tuple(
        (text, text)
        for text in (
            "参会人数1,000,000人",
            "10:30:15",
            "v2.1.3",
            "192.168.1.1",
            "https://www.gov.cn/zhengce/2022-05/06/content_1.htm?a=1,2",
            "zhang.san@acftu.org",
            "电话(010)68591234",
            "GB/T 9704-2012",
            "E=mc2",
            'printf("ok")',
            "=SUM(工资,奖金)",
            "区间[0,1)",
            "The quick, brown fox (a fox) jumps.",
        )
    ),
)
