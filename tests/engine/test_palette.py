"""The colours of the data can be read on both pages, and told apart by colour-blind readers."""

import re
from itertools import combinations
from pathlib import Path

import pytest

from loopbook.runner.house import PALETTE

CSS = (Path(__file__).parents[2] / "docs/assets/figures.css").read_text()
DARK = tuple(re.findall(r"--figure-\d: (#[0-9a-f]{6});", CSS))

Colour = tuple[float, float, float]

# Machado, Oliveira & Fernandes 2009, severity 1.0 (doi:10.1109/TVCG.2009.113), linear RGB.
DEFICIENCIES = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216),
                   (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413),
                     (-0.011820, 0.042940, 0.968881)),
}  # fmt: skip


def linear(colour: str) -> Colour:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return tuple(
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (red, green, blue)
    )


def contrast(one: str, other: str) -> float:
    """Contrast ratio of WCAG 2."""
    weights = (0.2126, 0.7152, 0.0722)
    lights = sorted(
        sum(w * v for w, v in zip(weights, linear(colour), strict=True)) for colour in (one, other)
    )
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def lab(rgb: Colour) -> Colour:
    """CIE L*a*b* of a linear RGB colour, white D65."""
    matrix = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    x, y, z = (sum(m * v for m, v in zip(row, rgb, strict=True)) for row in matrix)
    f = [
        t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116
        for t in (x / 0.95047, y, z / 1.08883)
    ]
    return 116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])


def seen(colour: str, deficiency: str) -> Colour:
    rgb = linear(colour)
    rows = DEFICIENCIES[deficiency]
    return tuple(
        min(1.0, max(0.0, sum(m * v for m, v in zip(row, rgb, strict=True)))) for row in rows
    )


@pytest.mark.parametrize(
    ("palette", "page"), [(PALETTE, "#ffffff"), (DARK, "#1e2129")], ids=["light", "dark"]
)
def test_labels_in_the_datas_colours_have_enough_contrast(
    palette: tuple[str, ...], page: str
) -> None:
    assert len(palette) == len(PALETTE)
    for colour in palette:
        assert contrast(colour, page) >= 4.5, colour


@pytest.mark.parametrize("deficiency", DEFICIENCIES)
@pytest.mark.parametrize("palette", [PALETTE, DARK], ids=["light", "dark"])
def test_no_two_colours_become_one(palette: tuple[str, ...], deficiency: str) -> None:
    """A CIE 1976 difference of 10 is seen at a glance."""
    for one, other in combinations(palette, 2):
        a, b = lab(seen(one, deficiency)), lab(seen(other, deficiency))
        distance = sum((p - q) ** 2 for p, q in zip(a, b, strict=True)) ** 0.5
        assert distance > 10, (one, other, distance)
