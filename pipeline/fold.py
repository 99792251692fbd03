"""The folded view: what recognition looks at, so that structure is found before anything is edited.

Every character is replaced by one character, so offsets stay equal.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from pipeline.facts import facts

HAN = r"\p{Han}〇"
OPENING = "“‘（《〈【〔「『［｛"
CLOSING = "”’）》〉】〕」』］｝"
POINTS = "，。、；：！？"
CJK_MARKS = OPENING + CLOSING + POINTS + "—…·～"
DASHES = "—―─━－–−﹘⸺-"
BULLETS = "\ue000-\uf8ff■□●◆◇▪▫➢➤►▶★☆※•·*√"  # for a character class; symbol fonts have theirs in private use
SPACES = "\\x20\u00a0\u2000-\u200a\u202f\u205f\u3000\\t"  # for a character class

# XML 1.0, production 2: what no document may hold; here also the lone surrogates no encoding can write
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

HALF_TO_FULL = dict(zip(",;:!?()", "，；：！？（）", strict=True))


@cache
def _table() -> dict[int, str]:
    table = {ord(a): b for a, b in HALF_TO_FULL.items()}
    table |= {ord(a): b for a, b in facts("radicals")["supplement"].items()}
    table |= {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
    table |= {ord("０") + n: str(n) for n in range(10)}
    table |= {ord(c): "〇" for c in "○◯"}
    table |= {ord(c): " " for c in "\u00a0\u2002\u2003\u2009\u3000\t"}
    return table


def fold(text: str) -> str:
    """The folded view of a text: radicals as ideographs, digits as ASCII, marks as full-width, spaces as U+0020."""
    return text.translate(_table())
