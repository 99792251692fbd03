"""The rules of this stage in the order they run."""

from __future__ import annotations

from pipeline.validate import dates, recipients

RULES = (*dates.RULES, *recipients.RULES)
