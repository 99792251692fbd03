"""Stage 4: names and dates are recognised, and queries raised where they contradict a rule."""

from pipeline.validate.stage import validate

__all__ = ["validate"]
