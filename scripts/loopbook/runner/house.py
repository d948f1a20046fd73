"""The look of a figure: one palette, and an SVG that takes the colours of the page around it."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.figure import Figure

# Drawn in this colour, an artist takes the colour of the page's text.
INK = "#0b0c0d"

# C0 data, C1 by hand, C2 autograd, C3 SGD, C4 momentum, C5 Adam, C6 reference lines.
# Drawn in these, which read well on white; a page may set --figure-0, --figure-1 … for its theme.
PALETTE = ("#0069a8", "#c34a06", "#005a38", "#aa2082", "#794606", "#6b57c8", "#6b6b6b")

STYLE: dict[str, Any] = {
    "axes.axisbelow": True,
    "axes.edgecolor": INK,
    "axes.facecolor": "none",
    "axes.grid": True,
    "axes.labelcolor": INK,
    "axes.linewidth": 0.8,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlesize": "medium",
    "axes3d.xaxis.panecolor": (1.0, 1.0, 1.0, 0.0),
    "axes3d.yaxis.panecolor": (1.0, 1.0, 1.0, 0.0),
    "axes3d.zaxis.panecolor": (1.0, 1.0, 1.0, 0.0),
    "figure.constrained_layout.use": True,
    "figure.dpi": 100.0,
    "figure.edgecolor": "none",
    "figure.facecolor": "none",
    "figure.figsize": (6.4, 4.0),
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": 11.0,
    "grid.alpha": 0.16,
    "grid.color": INK,
    "grid.linewidth": 0.8,
    "hatch.color": INK,
    "image.cmap": "cividis",
    "legend.frameon": False,
    "lines.linewidth": 2.0,
    "patch.edgecolor": INK,
    "savefig.dpi": 144.0,
    "savefig.edgecolor": "none",
    "savefig.facecolor": "none",
    "svg.fonttype": "none",
    "svg.hashsalt": "figure",
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
}

_INKS = re.compile(rf"(?<=: )(?:{INK}|#000000)(?=[;\"])|(?<=\"){INK}(?=\")")
_COLOURS = re.compile(rf"(?<=: )(?:{'|'.join(PALETTE)})(?=[;\"])")
_FONTS = re.compile(r"'DejaVu Sans'[^;\"]*?sans-serif|'DejaVu Sans'")
_SHEET = re.compile(r" <defs>\s*<style.*?</style>\s*</defs>\n", re.DOTALL)
_ROOT = '<svg fill="currentColor" stroke-linejoin="round" stroke-linecap="butt" '


def apply_style() -> None:
    """Start from matplotlib's defaults and set the house's style on top."""
    import matplotlib
    from cycler import cycler

    matplotlib.rcdefaults()
    style: Any = STYLE | {"axes.prop_cycle": cycler(color=PALETTE)}
    matplotlib.rcParams.update(style)


def to_svg(figure: Figure) -> str:
    """Draw a figure as an SVG whose bytes depend on nothing but the figure.

    Black and the house's ink become ``currentColor``; text stays text.
    """
    buffer = io.BytesIO()
    nothing = dict.fromkeys(("Creator", "Date", "Format", "Type"))
    figure.savefig(buffer, format="svg", metadata=nothing)
    svg = buffer.getvalue().decode("utf-8")
    svg = _INKS.sub("currentColor", svg)
    svg = _COLOURS.sub(lambda found: _themed(found[0]), svg)
    svg = _FONTS.sub("'DejaVu Sans', Verdana, sans-serif", svg)
    svg = _SHEET.sub("", svg, count=1)  # a style sheet for "*" would reach the page around it
    return svg.replace("<svg ", _ROOT, 1)


def _themed(colour: str) -> str:
    return f"var(--figure-{PALETTE.index(colour)}, {colour})"
