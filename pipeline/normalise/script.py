"""Traditional and simplified characters: converted only when asked for, stray ones queried (通用规范汉字表, 2013)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex

from pipeline.document import Change, Shown
from pipeline.facts import facts
from pipeline.rule import ASK, LIKELY, Rule
from pipeline.script import SIMPLIFIED, TRADITIONAL, judge, only_traditional, script_of

_TO = {SIMPLIFIED: "t2s", TRADITIONAL: "s2t"}


@cache
def _names() -> tuple[regex.Pattern[str], dict[str, str]]:
    """Personal names a conversion may not touch, and what those written in traditional text are in simplified."""
    known = facts("protected_names")
    pairs = dict(known["pairs"])
    every = sorted({*known["names"], *pairs}, key=len, reverse=True)
    return regex.compile("|".join(map(regex.escape, every))), pairs


@cache
def _converter(name: str) -> object:
    import opencc  # 40 ms, needed only where a text is converted

    return opencc.OpenCC(name)


def _convert(shown: Shown) -> Iterator[Change]:
    wanted = shown.whole.policy.script
    script = shown.whole.view(script_of)
    if wanted in _TO:
        if script and script != wanted:
            yield from _converted(shown.text, wanted)
    elif script == SIMPLIFIED:
        yield from _stray(shown.text)


def _converted(text: str, wanted: str) -> Iterator[Change]:
    """The runs of characters that differ in the other script; names are not a converter's business."""
    pattern, pairs = _names()
    at = 0
    for match in pattern.finditer(text):
        yield from _runs(text, at, match.start(), _TO[wanted])
        name = pairs.get(match.group(), match.group()) if wanted == SIMPLIFIED else match.group()
        if name != match.group():
            yield Change(match.start(), match.end(), name, LIKELY)
        at = match.end()
    yield from _runs(text, at, len(text), _TO[wanted])


def _runs(text: str, start: int, end: int, converter: str) -> Iterator[Change]:
    before = text[start:end]
    after: str = _converter(converter).convert(before)  # type: ignore[attr-defined]
    if len(after) != len(before):  # a phrase whose length differs: character by character
        after = "".join(_converter(converter).convert(c)[:1] for c in before)  # type: ignore[attr-defined]
    run = -1
    for n, (a, b) in enumerate(zip(before + "\0", after + "\0", strict=True)):
        if a != b and run < 0:
            run = n
        elif a == b and run >= 0:
            yield Change(start + run, start + n, after[run:n], LIKELY)
            run = -1


def _stray(text: str) -> Iterator[Change]:
    """Characters of the other script in a simplified text; those of a name or that the table allows are none."""
    found = [match.span() for match in _stray_pattern().finditer(text)]
    if found:
        kept = [match.span() for match in _names()[0].finditer(text)]
        for start, end in found:
            if not any(low <= start < high for low, high in kept):
                yield Change(start, end, None, ASK)


@cache
def _stray_pattern() -> regex.Pattern[str]:
    return regex.compile(f"[{''.join(sorted(only_traditional()))}]+")


V01 = Rule(
    id="V01",
    name="other-script",
    title="繁体字、简体字转换",
    clause="《通用规范汉字表》（2013）",
    certainty=LIKELY,
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
__all__ = ["V01", "judge"]
