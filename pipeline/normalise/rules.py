"""The rules of this stage in the order they run (spec: punctuation, order of passes)."""

from __future__ import annotations

from pipeline.normalise import characters, dashes, marks, quotes, spaces

RULES = (*characters.RULES, *marks.RULES, *dashes.RULES, *spaces.RULES, *quotes.RULES)
