"""What a rule sees: the text of one block, and as much of its document and its page as it may ask about."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from pipeline.config import AS_IT_IS, Usage
from pipeline.pages import Layout

if TYPE_CHECKING:
    from pipeline.passage import Reading

T = TypeVar("T")


class Whole:
    """The text a block is part of, as far as a rule may ask about it, with what was already found out.

    ``policy`` is the part of the configuration that finders look at.
    """

    def __init__(self, text: str, layout: Layout | None = None, policy: Usage | None = None) -> None:
        self.text, self.layout, self.policy = text, layout, policy or AS_IT_IS
        self._views: dict[object, Any] = {}

    @property
    def measured(self) -> bool:
        """Has the source coordinates?"""
        return self.layout is not None and self.layout.measured

    def view(self, make: Callable[[Whole], T]) -> T:
        """What a function makes of it, made once."""
        if make not in self._views:
            self._views[make] = make(self)
        return self._views[make]  # type: ignore[no-any-return]


def _breaks(shown: Shown) -> tuple[int, ...]:
    found = [0]
    if shown.reading is not None:
        for line in shown.lines:
            at = bisect_left(shown.reading.first, line)
            if 0 < at < len(shown.text) and at > found[-1]:
                found.append(at)
    return tuple(found)


class Shown:
    """What a rule is shown: the text of one block, its label included.

    Attributes:
        text: the text as the rules before have left it.
        kind: the kind of its block.
        whole: the document around it.
        reading: its text with the source each character stands for; None where that is not known.
        lines: the source offsets where its source lines begin.
        names: is it a list of names, by its role?
        beside: the texts of the paragraphs before and after it, "" where there is none.

    """

    __slots__ = ("_views", "beside", "kind", "lines", "names", "reading", "text", "whole")

    def __init__(
        self,
        text: str,
        kind: str = "p",
        whole: Whole | None = None,
        reading: Reading | None = None,
        breaks: Sequence[int] = (),
        *,
        names: bool = False,
        beside: tuple[str, str] = ("", ""),
    ) -> None:
        self.text, self.kind, self.names, self.beside = text, kind, names, beside
        self.whole = whole or Whole(text)
        self.reading, self.lines = reading, breaks
        self._views: dict[object, Any] = {}

    def view(self, make: Callable[[Shown], T]) -> T:
        """What a function makes of it, made once for all rules that see this text."""
        if make not in self._views:
            self._views[make] = make(self)
        return self._views[make]  # type: ignore[no-any-return]

    @property
    def breaks(self) -> tuple[int, ...]:
        """Where its source lines begin, as offsets of its text; 0 is always one."""
        return self.view(_breaks)

    @property
    def measured(self) -> bool:
        """Has it coordinates?"""
        return self.whole.measured

    def box(self, at: int) -> tuple[float, float, float] | None:
        """Left and right edge of a character in points and its line's size; None without coordinates."""
        layout = self.whole.layout
        if self.reading is None or layout is None or not layout.measured:
            return None
        source = self.reading.first[at]
        return layout.x0[source], layout.x1[source], layout.line_at(source).size

    def font(self, at: int) -> str:
        """The name of the font a character is set in; "" without coordinates."""
        layout = self.whole.layout
        if self.reading is None or layout is None or not layout.measured:
            return ""
        return layout.faces[layout.face[self.reading.first[at]]]

    def room(self, at: int) -> float | None:
        """How far it is from the origin of a character to that of the next on its line, in em; None where unknown.

        At the end of a line it is the width of the character's own box.
        """
        layout = self.whole.layout
        if self.reading is None or layout is None or not layout.measured:
            return None
        source = self.reading.first[at]
        line = layout.line_at(source)
        if not line.size:
            return None
        after = source + 1
        right = layout.x0[after] if after < line.span.end else layout.x1[source]
        return (right - layout.x0[source]) / line.size
