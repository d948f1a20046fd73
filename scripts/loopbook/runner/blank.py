"""Imported first by the fork server: no library sees the environment that it was started in."""

from __future__ import annotations

from loopbook.runner import surroundings

surroundings.forget()
