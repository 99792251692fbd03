"""Stage 1: a source file becomes a Document."""

from pipeline.extract.read import extract

__all__ = ["extract"]
