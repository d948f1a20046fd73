"""Kills at random moments and a full disk: what the runner and the builds make of them."""
