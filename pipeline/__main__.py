"""``python -m pipeline`` is ``gongwen``."""

from pipeline.cli import main

main()
