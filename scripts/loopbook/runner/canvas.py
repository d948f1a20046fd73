"""A canvas that writes SVG whose words, formulas among them, flow in any reader's font."""

from __future__ import annotations

import codecs
import math
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, cached_property
from typing import IO, Any, cast

from matplotlib.backend_bases import FigureCanvasBase
from matplotlib.backends.backend_mixed import MixedModeRenderer
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.colors import rgb2hex
from matplotlib.font_manager import FontProperties, ttfFontProperty, weight_dict
from matplotlib.layout_engine import LayoutEngine
from matplotlib.mathtext import MathTextParser
from matplotlib.text import Text

from loopbook.runner.ticks import worked_out_once

_ANCHORS = {"left": "start", "center": "middle", "right": "end"}
_SHARE = {"start": 0.0, "middle": 0.5, "end": 1.0}


@dataclass(frozen=True)
class Run:
    """Characters of one face, size and height, one behind the other.

    Attributes:
        text: the characters.
        style: CSS of face and size, as far as they are not the usual ones.
        space: gap before them, beyond what the characters before take.
        rise: how far above the run before.
    """

    text: str
    style: str
    space: float
    rise: float


@dataclass(frozen=True)
class _Glyph:
    x: float
    y: float
    text: str
    style: str
    width: float
    size: float


class FigureCanvas(FigureCanvasBase):
    """What `Figure.savefig` draws on, with this module as its backend."""

    filetypes = {"svg": "Scalable Vector Graphics"}  # noqa: RUF012 (as its base class has it)

    def print_svg(
        self,
        file: IO[bytes],
        *,
        bbox_inches_restore: Any = None,
        layout: LayoutEngine | None = None,
        **_: Any,
    ) -> None:
        """Write the figure as SVG, without metadata, laid out first if it is to be."""
        figure, make, mixed = self.figure, cast(Any, _Renderer), cast(Any, MixedModeRenderer)
        dpi = figure.dpi
        figure.dpi = 72  # a unit of SVG is a point
        width, height = figure.get_size_inches()
        none = dict.fromkeys(("Creator", "Date", "Format", "Type"))
        text = codecs.getwriter("utf-8")(file)
        vectors = make(width * 72, height * 72, text, image_dpi=dpi, metadata=none)
        renderer = mixed(
            figure, width, height, dpi, vectors, bbox_inches_restore=bbox_inches_restore
        )
        vectors.drawn = figure
        with worked_out_once():
            if layout is not None and figure.axes:
                with suppress(ValueError):  # as matplotlib has it, where there is no room
                    layout.execute(figure)
            figure.draw(renderer)
        renderer.finalize()


def flowing(words: str, font: FontProperties) -> tuple[Run, ...]:
    """Words with formulas as runs on one line; none where signs stand above one another."""
    layout = _parser().parse(words, 72, font)
    if layout.rects:
        return ()
    glyphs = sorted(map(_glyph, layout.glyphs), key=lambda glyph: (glyph.x, glyph.width == 0))
    runs: list[Run] = []
    x = glyphs[0].x if glyphs else 0.0
    y, size, style = 0.0, 0.0, ""
    for glyph in glyphs:
        if glyph.width == 0 and runs:  # an accent: it goes where the font puts it
            runs[-1] = Run(runs[-1].text + glyph.text, *_rest(runs[-1]))
            continue
        gap = glyph.x - x
        if gap < -0.12 * max(size, glyph.size):
            return ()
        gap = gap if gap > 0.1 * glyph.size else 0.0
        if runs and gap == 0 and (glyph.style, glyph.y) == (style, y):
            runs[-1] = Run(runs[-1].text + glyph.text, *_rest(runs[-1]))
        else:
            runs.append(Run(glyph.text, glyph.style, gap, glyph.y - y))
        x, y, size, style = glyph.x + glyph.width, glyph.y, glyph.size, glyph.style
    return tuple(runs)


def _rest(run: Run) -> tuple[str, float, float]:
    return run.style, run.space, run.rise


def _glyph(glyph: Any) -> _Glyph:
    font, size, character, index, x, y = glyph
    face = ttfFontProperty(font)
    font.set_size(size, 72)
    width = font.load_glyph(index).linearHoriAdvance / 65536
    return _Glyph(x, y, chr(character), _style(size, face.style, face.weight), width, size)


def _alignments(figure: Any) -> dict[str, str]:
    """Whether a line of several is flush left, centred or flush right, by its words."""
    return {
        line: str(text._get_multialignment())
        for text in figure.findobj(Text)
        if "\n" in text.get_text() and text.get_visible()  # a tick has a second, hidden label
        for line in text.get_text().split("\n")
    }


def _plain(words: str, font: FontProperties) -> tuple[Run, ...]:
    """Words without formulas."""
    named: Any = font.get_weight()
    weight = weight_dict.get(named, named)
    return (Run(words, _style(font.get_size(), font.get_style(), weight), 0.0, 0.0),)


def _style(size: float, style: str, weight: object) -> str:
    declarations = [f"font-size: {size:.3g}px"]
    if style != "normal":
        declarations.append("font-style: italic")
    if weight != 400:
        declarations.append(f"font-weight: {weight}")
    return "; ".join(declarations)


class _Renderer(RendererSVG):
    """Writes formulas as flowing text, where matplotlib puts every sign at its own place.

    Attributes:
        drawn: the figure.
    """

    drawn: Any = None

    @cached_property
    def alignments(self) -> dict[str, str]:
        """How lines of several are aligned, which matplotlib leaves to their places."""
        return _alignments(self.drawn)

    def draw_text(
        self,
        gc: Any,
        x: float,
        y: float,
        s: str,
        prop: FontProperties,
        angle: float,
        ismath: Any = False,
        mtext: Any = None,
    ) -> None:
        """Draw words at a place, in user units from the top left."""
        clipped = gc.get_clip_rectangle() or gc.get_clip_path()[0]
        alone = mtext or s not in self.alignments
        runs: tuple[Run, ...] = ()
        if not clipped and (ismath is True or not alone):
            runs = flowing(s, prop) if ismath is True else _plain(s, prop)
        if not runs:
            cast(Any, super()).draw_text(gc, x, y, s, prop, angle, ismath, mtext)
            return
        anchor = "start"
        if mtext and (angle == 0 or mtext.get_rotation_mode() == "anchor"):
            x, y = self._anchored(x, y, angle, mtext)
            anchor = _ANCHORS[mtext.get_ha()]
        elif not alone:
            anchor = _ANCHORS[self.alignments[s]]
            width, _, _ = cast(Any, self).get_text_width_height_descent(s, prop, ismath)
            along = width * _SHARE[anchor]
            x += along * math.cos(math.radians(angle))
            y -= along * math.sin(math.radians(angle))
        attributes = {"x": f"{x:.2f}", "y": f"{y - runs[0].rise:.2f}", "text-anchor": anchor}
        attributes["fill"] = rgb2hex(gc.get_rgb())
        if angle:
            attributes["transform"] = f"rotate({-angle:g} {x:.2f} {y:.2f})"
        alpha = gc.get_alpha() if gc.get_forced_alpha() else gc.get_rgb()[3]
        if alpha != 1:
            attributes["opacity"] = f"{alpha:g}"
        writer: Any = self.writer
        if len(runs) == 1:
            writer.element("text", runs[0].text, {**attributes, "style": runs[0].style})
            return
        writer.start("text", attributes)
        for place, run in enumerate(runs):
            moved = {"dx": run.space, "dy": -run.rise if place else 0.0}
            attributes = {name: f"{by:.2f}" for name, by in moved.items() if abs(by) > 0.005}
            writer.element("tspan", run.text, {**attributes, "style": run.style})
        writer.end("text")

    def _anchored(self, x: float, y: float, angle: float, mtext: Any) -> tuple[float, float]:
        """The place that the words begin, end or are centred at, at the height of their line."""
        left, bottom = mtext.get_transform().transform(mtext.get_unitless_position())
        top = self.height - bottom
        turn = math.radians(angle)
        down = (math.sin(turn), math.cos(turn))
        offset = down[0] * (x - left) + down[1] * (y - top)
        return left + offset * down[0], top + offset * down[1]


@cache
def _parser() -> MathTextParser[Any]:
    return MathTextParser("path")
