"""Checks the rate."""
