"""Stage 2: lines become paragraphs and blocks."""

from pipeline.layout.stage import layout

__all__ = ["layout"]
