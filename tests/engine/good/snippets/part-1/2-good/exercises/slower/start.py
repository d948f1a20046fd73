"""Halve the rate of `fall.py`."""

lr = 0.1
