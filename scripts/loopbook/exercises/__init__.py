"""Exercises: find them, run a reader's attempt, answer in words."""
