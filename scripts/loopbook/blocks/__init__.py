"""Blocks for chapters: listings, outputs, figures and numbers, read from records; runs nothing."""

from __future__ import annotations

from typing import Any

from loopbook.blocks.extension import ChapterExtension


def makeExtension(**kwargs: Any) -> ChapterExtension:
    """What Python-Markdown calls to load the extension ``loopbook.blocks``."""
    return ChapterExtension(**kwargs)
