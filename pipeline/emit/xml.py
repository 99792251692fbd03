"""Writing XML text: our own serialiser, because white space and line breaks of these files carry meaning."""

from __future__ import annotations

from pipeline.fold import FORBIDDEN

_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_ATTRIBUTE = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
)


def escape(text: str) -> str:
    """Text for a text node."""
    return text.translate(_TEXT)


def quote(text: str) -> str:
    """Text for an attribute, without the quotation marks; characters XML forbids are left out."""
    return FORBIDDEN.sub("", text).translate(_ATTRIBUTE)


def attributes(**values: str | None) -> str:
    """Attributes as they stand in a tag, in the order given; ``xml_id`` is xml:id, None is left out."""
    return "".join(
        f' {name.rstrip("_").replace("xml_", "xml:")}="{quote(value)}"'
        for name, value in values.items()
        if value is not None
    )
