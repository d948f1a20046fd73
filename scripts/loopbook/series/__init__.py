"""Where a chapter stands in the series: a line below its title, its neighbours at its end."""

from __future__ import annotations

from typing import Any

from loopbook.series.extension import SeriesExtension


def makeExtension(**kwargs: Any) -> SeriesExtension:
    """What Python-Markdown calls to load the extension ``loopbook.series``."""
    return SeriesExtension(**kwargs)
