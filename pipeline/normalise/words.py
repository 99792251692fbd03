"""Words around a mark that tell what it is: transliterated names, and words that begin with 等."""

from __future__ import annotations

import regex

from pipeline.facts import facts

_TRANSLITERATED = 2  # ideographs on each side of a dot in a transliterated name


def in_name(text: str, at: int) -> bool:
    """Does a point stand in a transliterated name (买买提.艾力)?"""
    letters = f"[{facts('surnames')['transliteration']}]{{{_TRANSLITERATED},}}"
    return bool(regex.search(f"{letters}$", text[max(0, at - 4) : at]) and regex.match(letters, text[at + 1 : at + 5]))


def is_longer_word(text: str, at: int) -> bool:
    """Does 等 at an offset begin a longer word (等级, 等待)?"""
    adverbs = facts("adverbs")
    if text.startswith("等", at + 1):
        return False
    if text.startswith(tuple(adverbs["deng_words"]), at + 1):
        return True
    return text.startswith(tuple(adverbs["deng"]), at + 1) and not text.startswith(tuple(adverbs["deng_not"]), at + 1)
