"""The engine of the book: run plain scripts, keep what they printed and drew, set it into pages."""
