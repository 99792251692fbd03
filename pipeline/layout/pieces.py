"""What the layout stage recognises, before it is written into the document."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from pipeline.document import Part
from pipeline.layout.reflow import Decision
from pipeline.layout.rows import Row

Decide = Callable[[Row, Row], Decision]


class Piece(NamedTuple):
    """Rows that are one block.

    ``cut`` is the part of the first row that belongs to it (offsets in its source text) where it shares the row; ``label``
    is how many characters there are its printed label.  ``doubtful`` are the places n where row n may not belong to the
    row before it; ``open_end`` says whether the paragraph may go on after its last row.  ``tables`` are indices into
    Layout.tables.
    """

    kind: str
    rows: Sequence[Row]
    part: Part
    why: str
    label: int = 0
    cut: tuple[int, int] | None = None
    level: int = 0
    doubtful: tuple[int, ...] = ()
    open_end: bool = False
    tables: tuple[int, ...] = ()

    @property
    def start(self) -> int:
        """The source offset it begins at."""
        return self.rows[0].line.span.start + (self.cut[0] if self.cut else 0)

    @property
    def end(self) -> int:
        """The source offset it ends at."""
        if self.cut and len(self.rows) == 1:
            return self.rows[0].line.span.start + self.cut[1]
        return self.rows[-1].line.span.end


FRONT = Part("front")
IMPRINT = Part("imprint")
