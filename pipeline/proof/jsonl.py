"""One JSON object a line: {"id", "text", "role"?, "script"?} in, {"id", "text", "edits", "findings"} out."""

from __future__ import annotations

import difflib
import json
from typing import Any

from pipeline.config import SCRIPTS
from pipeline.document import Certainty, Changed, Finding
from pipeline.errors import InputError
from pipeline.proof.reader import COLOPHON, KINDS, ROLES, Proof
from pipeline.rule import Rule, table


def record(line: str, where: str) -> dict[str, Any]:
    """The object in a line of JSON, checked; ``where`` names the line in messages.

    Raises:
        InputError: no JSON, no text in it, or a role or script that does not exist.

    """
    try:
        value = json.loads(line, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise InputError("unreadable", f"{where}: is no JSON: {error}; write one object a line") from error
    if not isinstance(value, dict) or not isinstance(value.get("text"), str):
        raise InputError("unreadable", f'{where}: has no text; write {{"id": …, "text": "…"}}')
    for key, choices in (("role", (*ROLES, COLOPHON, *KINDS)), ("script", SCRIPTS)):
        word = value.get(key)
        if word is not None and not isinstance(word, str):
            raise InputError("unreadable", f"{where}: {key} must be a word, not {word!r}; {choices[0]}, for example")
        if word is not None and word not in choices:
            near = difflib.get_close_matches(word, choices, 1, 0.0)[0]
            raise InputError("unreadable", f"{where}: has the unknown {key} {word!r}; did you mean {near}?")
    return value


def _no_number(word: str) -> None:
    raise ValueError(f"{word} is no number of JSON")


def result(value: dict[str, Any], proof: Proof) -> dict[str, Any]:
    """What ``--jsonl`` says of one object."""
    out: dict[str, Any] = {"id": value["id"]} if "id" in value else {}
    out["text"] = proof.text
    out["edits"] = [_edit(changed) for changed in proof.changed]
    out["findings"] = [_finding(finding, value["text"]) for finding in proof.findings]
    return out


def _named(rule: Rule) -> dict[str, Any]:
    return {"rule": rule.id, **({"alias": rule.alias} if rule.alias else {})}


def _edit(changed: Changed) -> dict[str, Any]:
    """A stretch that was changed, named by the rule that had the last word; ``rules`` names all where there are several."""
    rules = list(dict.fromkeys(edit.rule for edit in changed.edits))
    return {
        **_named(table()[changed.edits[-1].rule]),
        **({"rules": rules} if len(rules) > 1 else {}),
        "certainty": changed.certainty.value,
        "span": list(changed.span),
        "before": changed.before,
        "after": changed.after,
    }


def _finding(finding: Finding, text: str) -> dict[str, Any]:
    start, end = finding.span or (0, 0)
    seen = {"found": finding.found} if finding.found not in (None, text[start:end]) else {}
    return {
        **_named(table()[finding.rule]),
        "certainty": Certainty.ASK.value,
        "severity": finding.severity,
        "span": [start, end],
        "before": text[start:end],
        **seen,
        "suggestion": finding.suggestion,
        "message": finding.message,
    }
