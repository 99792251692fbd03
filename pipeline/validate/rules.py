"""The rules of this stage in the order they run."""

from __future__ import annotations

from pipeline.validate import dates, endings, recipients

RULES = (*endings.RULES, *dates.RULES, *recipients.RULES)
