"""Traditional and simplified characters: converted only when asked for, stray ones queried (通用规范汉字表, 2013)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import regex

from pipeline.document import Change, Shown
from pipeline.facts import facts
from pipeline.rule import ASK, LIKELY, Rule
from pipeline.script import SIMPLIFIED, TRADITIONAL, only_simplified, only_traditional, script_of

_HALF = regex.compile("[\ud800-\udfff]")  # half a character, which no converter takes
_PARTS = regex.compile("[\ud800-\udfff]|[^\ud800-\udfff]+")
# 著 of 随著, 意味著 is 着; of 著名, 名著 it stays
_ZHE = regex.compile("(?<![名专编显论原土巨遗合所卓昭新旧拙译撰])著(?![名作述称录有者书译])")
_TO = {SIMPLIFIED: "t2s", TRADITIONAL: "s2t"}


@cache
def _names() -> tuple[regex.Pattern[str], dict[str, str]]:
    """Personal names a conversion may not touch, and what those written in traditional text are in simplified."""
    known = facts("protected_names")
    pairs = dict(known["pairs"])
    every = sorted({*known["names"], *pairs}, key=len, reverse=True)
    return regex.compile("|".join(map(regex.escape, every))), pairs


@cache
def _converter(name: str) -> Any:
    import opencc  # 40 ms, needed only where a text is converted

    return opencc.OpenCC(name)


def _convert(shown: Shown) -> Iterator[Change]:
    wanted = shown.whole.policy.script
    text, letters = shown.text, frozenset(shown.text)
    if wanted not in _TO and letters.isdisjoint(only_traditional()):
        return  # nothing stands in the wrong script
    script = shown.whole.view(script_of)
    if wanted in _TO and script and script != wanted:
        yield from _converted(shown, wanted)
    elif script:
        stray = letters & (only_traditional() if script == SIMPLIFIED else only_simplified())
        if stray:
            yield from _stray(text, stray, script)


def _converted(shown: Shown, wanted: str) -> Iterator[Change]:
    """The runs that differ in the other script, each on one line; names and protected words are not a converter's business."""
    text, pairs = shown.text, _names()[1]
    after: list[str] = []
    at = 0
    for match in _kept(shown.whole.policy.protected).finditer(text):
        name = pairs.get(match.group(), match.group()) if wanted == SIMPLIFIED else match.group()
        after += (_in_script(text[at : match.start()], wanted), name)
        at = match.end()
    after.append(_in_script(text[at:], wanted))
    yield from _runs(text, "".join(after), frozenset(shown.breaks))


@cache
def _kept(words: tuple[str, ...]) -> regex.Pattern[str]:
    names = _names()[0].pattern
    return regex.compile("|".join([*(regex.escape(word) for word in sorted(words, key=len, reverse=True)), names]))


def _runs(before: str, after: str, breaks: frozenset[int]) -> Iterator[Change]:
    run = -1
    for n, (a, b) in enumerate(zip(before + "\0", after + "\0", strict=True)):
        if run >= 0 and (a == b or n in breaks):
            yield Change(run, n, after[run:n], LIKELY)
            run = -1
        if a != b and run < 0:
            run = n


def _in_script(before: str, wanted: str) -> str:
    """A text in another script, of the same length."""
    converter = _converter(_TO[wanted])
    after = "".join(part if _HALF.match(part) else converter.convert(part) for part in _PARTS.findall(before))
    if len(after) != len(before):  # a phrase whose length differs: character by character
        after = "".join(c if _HALF.match(c) else converter.convert(c)[:1] for c in before)
    return _ZHE.sub("着", after) if wanted == SIMPLIFIED else after


def _stray(text: str, letters: frozenset[str], script: str) -> Iterator[Change]:
    """Characters of the other script; those of a name or that the table allows are none."""
    kept = {at for match in _names()[0].finditer(text) for at in range(*match.span())}
    message = "简体文本中的繁体字，请核对原件。" if script == SIMPLIFIED else "繁体文本中的简体字，请核对原件。"
    for match in regex.finditer(f"[{''.join(sorted(letters))}]+", text):
        if match.start() not in kept:
            yield Change(match.start(), match.end(), None, ASK, message)


V01 = Rule(
    id="V01",
    name="other-script",
    title="繁体字、简体字转换",
    clause="《通用规范汉字表》（2013）",
    certainty=LIKELY,
    encoding="choice",
    find=_convert,
    severity="warning",
    examples=(
        ("全国总工会关于發展会员的通知", None),
        ("總工會關於發佈通知",) * 2,
        ("张昇民",) * 2,
        ("朱镕基同志讲话",) * 2,
    ),
)
