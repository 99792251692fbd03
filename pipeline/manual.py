"""docs/rules.md, written from the rules themselves: ``python -m pipeline.manual``."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from pipeline.rule import Parts, Rule, table

_HEAD = """# Rules

Written from the rules themselves by `make docs`; `gongwen rules ID` says the same on a terminal.

certain: applied; likely: applied and shown open in the report; ask: nothing is changed, a query is raised.
"""


def markdown(rules: Iterable[Rule]) -> str:
    """The manual of all rules."""
    return "\n".join([_HEAD, *(_section(rule) for rule in rules)])


def _section(rule: Rule) -> str:
    also = f" / {rule.alias}" if rule.alias else ""
    lines = [
        f"## {rule.id}{also} {rule.title}",
        "",
        f"- name: {rule.name}",
        f"- certainty: {rule.certainty.value}",
        f"- clause: {rule.clause}",
    ]
    if rule.check or rule.certainty.value == "ask":
        lines.append(
            f"- severity: {rule.severity}; cert: {rule.cert}"
            + (f"; strength: {rule.strength}" if rule.strength else "")
        )
    if rule.kinds:
        lines.append(f"- blocks: {', '.join(sorted(rule.kinds))}")
    if rule.examples:
        lines += ["", "| text | outcome |", "|---|---|"]
        lines += [f"| {_cell(subject)} | {_outcome(rule, subject, outcome)} |" for subject, outcome in rule.examples]
    return "\n".join([*lines, ""])


def _outcome(rule: Rule, subject: str | Parts, outcome: str | Parts | None) -> str:
    if outcome is None:
        return "query"
    if outcome == subject:
        return "left alone"
    return ("query, suggestion " if rule.asks(subject) else "") + _cell(outcome)


def _cell(half: str | Parts) -> str:
    text = half if isinstance(half, str) else " / ".join(f"{kind}: {text}" for kind, text in half)
    shown = "".join(
        c if c.isprintable() or c == "\u3000" else f"U+{ord(c):04X}" if c not in "\n\f" else "⏎" for c in text
    )
    return f"`{shown}`"


if __name__ == "__main__":
    sys.stdout.write(markdown(table().values()))
