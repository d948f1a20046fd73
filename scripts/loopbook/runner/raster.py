"""The dense parts of a figure as pixels: light to send, legible on both of the page's themes."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.figure import Figure

#: More marks or faces than this, and an artist is drawn as pixels.
DENSE = 1000
#: Up to so many bytes an image keeps every pixel as it is; a heavier one keeps fewer colours.
EXACT = 12_000
_IMAGE = re.compile(r'<image\b[^>]*?\bxlink:href="data:image/png;base64,([^"]*)"[^>]*/>')
_COLOURS = ("color", "facecolor", "edgecolor", "markerfacecolor", "markeredgecolor")

Recolour = Mapping[tuple[int, ...], tuple[float, ...]]


def rasterise_dense(figure: Figure) -> None:
    """Have artists of many marks or faces drawn as pixels."""
    artists = list(_below(figure))
    if any(hasattr(artist, "do_3d_projection") for artist in artists):
        figure.draw_without_rendering()  # only now does a surface know its faces
    for artist in artists:
        if _marks(artist) > DENSE:
            artist.set_rasterized(True)


def _below(artist: Artist) -> Iterator[Artist]:
    """All artists of which one is made, itself among them; but no axis is asked for its ticks."""
    from matplotlib.axis import Axis

    yield artist
    for child in () if isinstance(artist, Axis) else artist.get_children():
        yield from _below(child)


def _marks(artist: Artist) -> int:
    """How many marks or faces an artist draws."""
    from matplotlib.collections import Collection, QuadMesh
    from matplotlib.contour import ContourSet
    from matplotlib.lines import Line2D

    drawn: Any = artist
    match artist:
        case ContourSet():
            return 0
        case QuadMesh():
            rows, columns, _ = drawn.get_coordinates().shape
            return int((rows - 1) * (columns - 1))
        case Collection():
            return max(len(drawn.get_paths()), len(drawn.get_offsets()))
        case Line2D() if artist.get_marker() not in ("None", None, "", " "):
            return len(drawn.get_xydata())
    return 0


def has_images(svg: str) -> bool:
    """Whether a drawing holds pixels."""
    return _IMAGE.search(svg) is not None


@contextmanager
def recoloured(figure: Figure, colours: Recolour) -> Iterator[bool]:
    """Give artists that are drawn as pixels other colours for a while; colour maps stay.

    Yields:
        Whether any artist has another colour now.
    """
    undo: list[tuple[Any, Any]] = []
    rasterised = [artist for artist in figure.findobj() if artist.get_rasterized()]
    parts = {id(part): part for artist in rasterised for part in artist.findobj()}
    for part in parts.values():
        for name in _COLOURS:
            get, set_ = getattr(part, f"get_{name}", None), getattr(part, f"set_{name}", None)
            if get is None or set_ is None:
                continue
            before = get()
            after = _exchanged(before, colours)
            if after is not None:
                set_(after)
                undo.append((set_, before))
    try:
        yield bool(undo)
    finally:
        for set_, before in reversed(undo):
            set_(before)


def _exchanged(value: Any, colours: Recolour) -> Any:
    """The colours that stand for these; ``None`` where nothing changes."""
    from matplotlib.colors import to_rgba_array

    try:
        rows = to_rgba_array(value)
    except (ValueError, TypeError):
        return None  # such as "face" or "auto"
    after = rows.copy()
    for place, row in enumerate(rows):
        known = colours.get(tuple(round(255 * part) for part in row[:3]))
        if known is not None:
            after[place, :3] = known
    if (after == rows).all():
        return None
    return tuple(after[0]) if (after == after[0]).all() else after


def as_pixels(figure: Figure) -> str:
    """All of a figure as one image, on white, since it cannot follow the page's theme."""
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", backend="agg", dpi=144, facecolor="white")
    data = base64.b64encode(buffer.getvalue()).decode("ascii")
    width, height = (72 * inches for inches in figure.get_size_inches())
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'viewBox="0 0 {width:g} {height:g}">\n<image width="{width:g}" height="{height:g}" '
        f'xlink:href="data:image/png;base64,{data}"/>\n</svg>\n'
    )


def with_images(svg: str, dark: str | None) -> str:
    """The drawing with compressed images; where it has a version for the dark page, with both."""
    others = iter(_IMAGE.finditer(dark or ""))

    def replace(match: re.Match[str]) -> str:
        other = next(others, None)
        if other is None or other[1] == match[1]:
            return _compressed(match)
        shown = _compressed(match).replace("<image ", '<image class="on-light" ', 1)
        hidden = _compressed(other).replace("<image ", '<image class="on-dark" display="none" ', 1)
        return shown + hidden

    return _IMAGE.sub(replace, svg)


def _compressed(image: re.Match[str]) -> str:
    """An image of PNG as one of WebP."""
    from PIL import Image

    pixels = Image.open(io.BytesIO(base64.b64decode(image[1])))
    packed = _webp(pixels)
    if len(packed) > EXACT:
        packed = min(packed, _webp(pixels.quantize(48, Image.Quantize.FASTOCTREE)), key=len)
    data = base64.b64encode(packed).decode("ascii")
    return image[0].replace(f"png;base64,{image[1]}", f"webp;base64,{data}")


def _webp(image: Any) -> bytes:
    buffer = io.BytesIO()
    image.convert("RGBA").save(buffer, "WEBP", lossless=True, quality=100, method=4)
    return buffer.getvalue()
