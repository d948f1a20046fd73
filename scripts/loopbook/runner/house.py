"""The look of a figure: one palette, and an SVG that takes the colours of the page around it."""

from __future__ import annotations

import copy
import io
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Any

from loopbook.runner import raster
from loopbook.text import shown

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.layout_engine import LayoutEngine

# Drawn in this colour, an artist takes the colour of the page's text.
INK = "#0b0c0d"

# C0 data, C1 by hand, C2 autograd, C3 SGD, C4 momentum, C5 Adam, C6 reference lines.
# Drawn in these, which read well on white; a page may set --figure-0, --figure-1 … for its theme.
# What is drawn as pixels cannot follow the page: it is drawn a second time for the dark one.
PALETTE = ("#0069a8", "#c34a06", "#005a38", "#aa2082", "#794606", "#6b57c8", "#6b6b6b")
DARK = ("#529bff", "#ee7f50", "#1ed995", "#f68fcb", "#d9ae3a", "#b0a3f5", "#a3a3a3")
DARK_INK = "#d9dbde"

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
    "grid.color": f"{INK}29",  # its last two digits: 16 per cent
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
    "svg.image_inline": True,
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
}

# What an SVG is written as, also where a script takes the style away.
_SVG: dict[Any, Any] = {name: value for name, value in STYLE.items() if name.startswith("svg.")}

_applied: dict[str, dict[str, Any]] = {}

_HEX = r"(?<=: )(?:{})(?=[;\"])|(?<==\")(?:{})(?=\")"
_INKS = re.compile(_HEX.replace("{}", f"{INK}|#000000"))
_COLOURS = re.compile(_HEX.replace("{}", "|".join(PALETTE)))
_FAMILY = re.compile(r" ?font-family: [^;\"]*(?:;|(?=\"))")
_SIZE = re.compile(r" style=\"font-size: 11px\"|(?<= style=\")font-size: 11px; ?")  # the root's
_SHEET = re.compile(r" <defs>\s*<style.*?</style>\s*</defs>\n", re.DOTALL)
_BETWEEN = re.compile(r"\n *(?=<tspan|</text>)")  # white space in a text would be drawn
_ROOT = (
    '<svg fill="currentColor" stroke-linejoin="round" stroke-linecap="butt" '
    'font-family="DejaVu Sans, Verdana, sans-serif" font-size="11px" '
)


def apply_style(name: str = "house") -> None:
    """Start from matplotlib's defaults and set the house's style on top.

    Args:
        name: ``house``, or ``matplotlib`` to keep its own look and layout.
    """
    import matplotlib
    from cycler import cycler

    settings: Any = matplotlib.rcParams
    if name in _applied:  # as it was: what was found valid need not be looked at again
        dict.update(settings, copy.deepcopy(_applied[name]))
        return
    matplotlib.rcdefaults()
    style: Any = STYLE | {"axes.prop_cycle": cycler(color=PALETTE)}
    if name == "matplotlib":
        style = _SVG
    settings.update(style)
    found = {key: value for key, value in dict.items(settings) if key != "backend"}
    _applied[name] = copy.deepcopy(found)


def to_svg(figure: Figure) -> str:
    """Draw a figure as an SVG whose bytes depend on nothing but the figure.

    Black and the house's ink become ``currentColor``; text stays text, in the font of the page
    around it. Dense parts are pixels, in two versions where one would not serve both themes, and
    so is a whole figure whose artists can draw nothing else.
    """
    waiting = figure.canvas.callbacks
    if waiting.callbacks.get("draw_event"):
        figure.canvas.draw()  # as in a window: what waits for it may ask for its pixels
    with waiting.blocked(signal="draw_event"):
        raster.rasterise_dense(figure)
        try:
            svg = _with_pixels(figure)
        except Exception as error:
            svg = raster.with_images(raster.as_pixels(figure), None)
            why = f"{type(error).__name__}: {error}"
            print(
                f"A figure is drawn as pixels, for it cannot be otherwise: {why}", file=sys.stderr
            )
    svg = _INKS.sub("currentColor", svg)
    svg = _COLOURS.sub(lambda found: _themed(found[0]), svg)
    svg = _FAMILY.sub("", svg)
    svg = _SIZE.sub("", svg)
    svg = _BETWEEN.sub("", svg)
    svg = shown(svg)  # XML has no place for controls
    svg = _SHEET.sub("", svg, count=1)  # a style sheet for "*" would reach the page around it
    return svg.replace("<svg ", _ROOT, 1)


def _with_pixels(figure: Figure) -> str:
    """The drawing, its pixels in a version for each theme where one would not do."""
    with _laid_out_by_hand(figure) as engine:
        svg = _drawn(figure, engine)
        if not raster.has_images(svg):
            return svg
        with raster.recoloured(figure, _dark()) as other:
            dark = _drawn(figure, None) if other else None
    return raster.with_images(svg, dark)


@contextmanager
def _laid_out_by_hand(figure: Figure) -> Iterator[LayoutEngine | None]:
    """Take a figure's layout engine away, and give it to whoever draws the figure.

    With an engine, matplotlib draws every figure twice, the first time for the layout alone.
    """
    from matplotlib import rc_context

    engine = figure.get_layout_engine()
    with rc_context({"figure.autolayout": False, "figure.constrained_layout.use": False}):
        figure.set_layout_engine(None)
    try:
        yield engine
    finally:
        figure.set_layout_engine(engine)


def _drawn(figure: Figure, engine: LayoutEngine | None) -> str:
    from matplotlib import rc_context, rcParams

    buffer = io.BytesIO()
    canvas = "module://loopbook.runner.canvas"
    taken = any(rcParams[name] != value for name, value in _SVG.items())
    with rc_context(_SVG) if taken else nullcontext():
        figure.savefig(buffer, format="svg", backend=canvas, layout=engine)
    return buffer.getvalue().decode("utf-8")


def _dark() -> dict[tuple[int, ...], tuple[float, ...]]:
    """The dark page's colours by those that figures are drawn in."""
    from matplotlib.colors import to_rgb

    pairs = zip((*PALETTE, INK, "#000000"), (*DARK, DARK_INK, DARK_INK), strict=True)
    return {tuple(round(255 * part) for part in to_rgb(one)): to_rgb(other) for one, other in pairs}


def _themed(colour: str) -> str:
    return f"var(--figure-{PALETTE.index(colour)}, {colour})"
