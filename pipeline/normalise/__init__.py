"""Stage 3: characters and punctuation."""

from pipeline.normalise.stage import normalise

__all__ = ["normalise"]
