"""How far two drawings of the same figure are apart."""

from __future__ import annotations

import re

# Names made from the content of what they name, colours, pixels: no lengths.
_NAME = re.compile(r"\b[A-Za-z]{1,2}[0-9a-f]{10}\b")
_WHOLE = re.compile(r"#[0-9a-fA-F]{3,8}\b|base64,[^\"]*")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e[-+]?\d+)?")


def distance(one: str, other: str) -> float | None:
    """The largest difference of two lengths in SVG, in points.

    Returns:
        ``None`` where more than lengths differs: words, colours, pixels, or what is drawn.
    """
    shapes, lengths = zip(*(_taken_apart(svg) for svg in (one, other)), strict=True)
    if shapes[0] != shapes[1]:
        return None
    return max((abs(a - b) for a, b in zip(*lengths, strict=True)), default=0.0)


def _taken_apart(svg: str) -> tuple[list[str], list[float]]:
    """What is drawn, and the lengths in it."""
    svg = _NAME.sub("name", svg)
    whole = _WHOLE.findall(svg)
    rest = _WHOLE.sub("#", svg)
    words = re.findall(r">([^<>]*)<", rest)
    plain = re.sub(r">[^<>]*<", "><", rest)
    return [*whole, *words, _NUMBER.sub("0", plain)], [float(n) for n in _NUMBER.findall(plain)]
