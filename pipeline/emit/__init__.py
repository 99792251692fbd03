"""Stage 5: views of a finished document, each a function from it to bytes or text."""
