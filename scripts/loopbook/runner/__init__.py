"""Runs plain Python scripts, each in a process of its own, and keeps a record of every run."""
