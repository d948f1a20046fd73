"""Blocks for chapters: listings, outputs, figures and numbers, read from records; runs nothing."""
