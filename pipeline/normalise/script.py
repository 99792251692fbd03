"""Traditional and simplified characters: converted only when asked for, stray ones queried (通用规范汉字表, 2013)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import regex

from pipeline.document import Change, Shown
from pipeline.facts import facts
from pipeline.rule import ASK, LIKELY, Rule
from pipeline.script import SIMPLIFIED, TRADITIONAL, only_traditional, script_of

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
    if wanted in _TO:
        script = shown.whole.view(script_of)
        if script and script != wanted:
            yield from _converted(shown.text, wanted, shown.breaks)
        return
    stray = only_traditional().intersection(shown.text)
    if stray and shown.whole.view(script_of) == SIMPLIFIED:
        yield from _stray(shown.text, stray)


def _converted(text: str, wanted: str, breaks: tuple[int, ...]) -> Iterator[Change]:
    """The runs of characters that differ in the other script; names are not a converter's business."""
    pattern, pairs = _names()
    after: list[str] = []
    at = 0
    for match in pattern.finditer(text):
        name = pairs.get(match.group(), match.group()) if wanted == SIMPLIFIED else match.group()
        after += (_in_script(text[at : match.start()], wanted), name)
        at = match.end()
    after.append(_in_script(text[at:], wanted))
    yield from _runs(text, "".join(after), frozenset(breaks))


def _in_script(before: str, wanted: str) -> str:
    """A text in another script, of the same length."""
    converter = _converter(_TO[wanted])
    after: str = converter.convert(before)
    if len(after) != len(before):  # a phrase whose length differs: character by character
        after = "".join(converter.convert(c)[:1] for c in before)
    return after


def _runs(before: str, after: str, breaks: frozenset[int]) -> Iterator[Change]:
    """The runs in which two texts of one length differ; none goes over the end of a line."""
    run = -1
    for n, (a, b) in enumerate(zip(before + "\0", after + "\0", strict=True)):
        if run >= 0 and (a == b or n in breaks):
            yield Change(run, n, after[run:n], LIKELY)
            run = -1
        if a != b and run < 0:
            run = n


def _stray(text: str, letters: frozenset[str]) -> Iterator[Change]:
    """Characters of the other script in a simplified text; those of a name or that the table allows are none."""
    kept = {at for match in _names()[0].finditer(text) for at in range(*match.span())}
    for match in regex.finditer(f"[{''.join(sorted(letters))}]+", text):
        if match.start() not in kept:
            yield Change(match.start(), match.end(), None, ASK)


V01 = Rule(
    id="V01",
    name="other-script",
    title="繁体字、简体字转换",
    clause="《通用规范汉字表》（2013）",
    certainty=LIKELY,
    encoding="choice",
    find=_convert,
    severity="warning",
    message="简体文本中的繁体字，请核对原件。",
    examples=(
        ("全国总工会关于發展会员的通知", None),
        ("總工會關於發佈通知",) * 2,
        ("张昇民",) * 2,
        ("朱镕基同志讲话",) * 2,
    ),
)
