"""What can go wrong, each with its exit code.  A message says what, where and what to do next, in one line."""

from __future__ import annotations


class GongwenError(Exception):
    """Base of all errors a user is shown; a bug in the program when raised as such."""

    exit_code = 4


class UsageError(GongwenError):
    """The command line, the configuration or the set of inputs makes no sense; nothing was processed."""

    exit_code = 2


class InputError(GongwenError):
    """One input cannot be processed.  ``reason`` is one of the words of docs/errors.md."""

    exit_code = 3

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason
