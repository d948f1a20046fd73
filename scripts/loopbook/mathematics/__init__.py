"""Formulas typeset by MathJax while the site is built: HTML, a style sheet and fonts, no script."""

from __future__ import annotations

from typing import Any

from loopbook.mathematics.assets import STYLESHEET, write_assets
from loopbook.mathematics.extension import MathematicsExtension, typeset_html
from loopbook.mathematics.macros import MACROS, expanded
from loopbook.mathematics.typesetter import shared

__all__ = [
    "MACROS",
    "STYLESHEET",
    "expanded",
    "makeExtension",
    "shared",
    "typeset_html",
    "write_assets",
]


def makeExtension(**options: Any) -> MathematicsExtension:
    """Make the extension that Python-Markdown finds under ``loopbook.mathematics``."""
    return MathematicsExtension(**options)
