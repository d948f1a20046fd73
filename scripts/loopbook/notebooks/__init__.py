"""Chapters to take along: as notebooks that were run, with their scripts and exercises as zips."""
