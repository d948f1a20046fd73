"""The card of a page, which other sites show beside a link to it: drawn by matplotlib."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import matplotlib
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from PIL import Image

WIDTH, HEIGHT = 1200, 630
#: Colours of one card; fewer make a smaller file, and edges of letters need some.
COLOURS = 48

_PAPER, _INK, _FAINT, _WARM, _LINE = "#fdfcfa", "#24272c", "#62676f", "#b34e00", "#d5cfc2"
_MARGIN, _COLUMN = 80, 640  # of the words, in pixels
# A bowl steeper in one direction, and a rate at which descent sways in it.
_CURVATURES, _RATE, _START, _STEPS = np.array([0.35, 2.0]), 0.86, np.array([2.35, 0.95]), 14


@dataclass(frozen=True)
class Card:
    """The words of one card.

    Attributes:
        book: the book's name.
        section: the part of the book; may be empty.
        title: the page's name.
    """

    book: str
    section: str
    title: str


def draw(card: Card) -> bytes:
    """The card as PNG, in few colours; the same words give the same bytes."""
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        figure = Figure(figsize=(WIDTH / 100, HEIGHT / 100), dpi=100, facecolor=_PAPER)
        canvas = FigureCanvasAgg(figure)
        _bowl(figure)
        _words(figure, canvas, card)
        canvas.draw()  # type: ignore[no-untyped-call]
        pixels = bytes(canvas.buffer_rgba())  # type: ignore[no-untyped-call]
    picture = Image.frombytes("RGBA", (WIDTH, HEIGHT), pixels).convert("RGB")
    few = picture.quantize(COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    data = io.BytesIO()
    few.save(data, "PNG", optimize=True)
    return data.getvalue()


def _bowl(figure: Figure) -> None:
    """Contours of a cost and the path of gradient descent on it, computed by descending."""
    axes = figure.add_axes((0.6, 0.0, 0.4, 1.0))
    axes.set_axis_off()
    axes.set_xlim(-3.04, 2.84)
    axes.set_ylim(-3.86, 3.86)
    tilt = np.deg2rad(55)
    turn = np.array([[np.cos(tilt), -np.sin(tilt)], [np.sin(tilt), np.cos(tilt)]])
    angles = np.linspace(0, 2 * np.pi, 200)
    circle = np.stack([np.cos(angles), np.sin(angles)])
    for level in (0.06, 0.25, 0.6, 1.15, 1.95):
        x, y = turn @ (np.sqrt(2 * level / _CURVATURES)[:, None] * circle)
        axes.plot(x, y, color=_LINE, linewidth=2)
    factors = (1 - _RATE * _CURVATURES)[:, None] ** np.arange(_STEPS)
    x, y = turn @ (factors * _START[:, None])
    axes.plot(x, y, color=_WARM, linewidth=2.5, marker="o", markersize=7)
    axes.plot(0, 0, color=_INK, marker="+", markersize=16, markeredgewidth=2.5)


def _words(figure: Figure, canvas: FigureCanvasAgg, card: Card) -> None:
    """Part, title and book, one below the other."""
    renderer = canvas.get_renderer()  # type: ignore[no-untyped-call]

    def width(text: str, font: FontProperties) -> float:
        return float(renderer.get_text_width_height_descent(text, font, ismath=False)[0])

    font, lines = FontProperties(family="DejaVu Sans", weight="bold"), [card.title]
    for size in range(42, 9, -2):
        font.set_size(size)
        lines = _wrapped(card.title, lambda text: width(text, font) <= _COLUMN)
        if len(lines) <= 4 and all(width(line, font) <= _COLUMN for line in lines):
            break
    plain = FontProperties(family="DejaVu Sans", size=21)
    height = font.get_size_in_points() * 100 / 72 * 1.28
    top = HEIGHT / 2 + len(lines) * height / 2
    put: dict[str, Any] = {"parse_math": False, "verticalalignment": "top"}
    if card.section:
        figure.text(
            _MARGIN / WIDTH, (top + 58) / HEIGHT, card.section,
            color=_WARM, fontproperties=plain, **put,
        )  # fmt: skip
    for number, line in enumerate(lines):
        y = (top - number * height) / HEIGHT
        figure.text(_MARGIN / WIDTH, y, line, color=_INK, fontproperties=font, **put)
    if card.book != card.title:
        put["verticalalignment"] = "bottom"
        figure.text(
            _MARGIN / WIDTH, 60 / HEIGHT, card.book, color=_FAINT, fontproperties=plain, **put
        )


def _wrapped(text: str, fits: Callable[[str], bool]) -> list[str]:
    """The text in lines that fit, as many words in each as can be."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and fits(longer):
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
