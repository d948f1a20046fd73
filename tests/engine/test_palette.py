"""The colours of the data can be read on both pages, and told apart by colour-blind readers."""

import re
from itertools import combinations
from pathlib import Path

import pytest

from loopbook.runner.house import DARK, DARK_INK, INK, PALETTE

ASSETS = Path(__file__).parents[2] / "docs/assets"
CSS = (ASSETS / "figures.css").read_text()
PAPER = re.findall(r"--book-paper: (#[0-9a-f]{6});", (ASSETS / "book.css").read_text())
LIGHT_PAGE, DARK_PAGE = PAPER
BOTH = pytest.mark.parametrize(
    ("palette", "page"), [(PALETTE, LIGHT_PAGE), (DARK, DARK_PAGE)], ids=["light", "dark"]
)

Colour = tuple[float, float, float]

DEFICIENCIES = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216),
                   (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413),
                     (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602),
                   (0.004733, 0.691367, 0.303900)),
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


def distance(one: Colour, other: Colour) -> float:
    """CIE 1976 colour difference of two linear RGB colours."""
    pairs = zip(lab(one), lab(other), strict=True)
    return sum((p - q) ** 2 for p, q in pairs) ** 0.5


def test_the_pages_style_sheet_and_the_house_agree_on_the_dark_colours() -> None:
    assert re.findall(r"--figure-(\d): (#[0-9a-f]{6});", CSS) == [
        (str(place), colour) for place, colour in enumerate(DARK)
    ]
    assert len(DARK) == len(PALETTE)


@BOTH
def test_data_can_be_seen_and_labels_in_its_colours_can_be_read(
    palette: tuple[str, ...], page: str
) -> None:
    """WCAG 2.2 asks 3:1 of graphics (1.4.11), 4.5:1 of text (1.4.3); labels share the colours."""
    for colour in palette:
        assert contrast(colour, page) >= 4.5, colour
    # The check can fail: each palette is made for its own page, and not for the other.
    other = DARK_PAGE if page == LIGHT_PAGE else LIGHT_PAGE
    assert min(contrast(colour, other) for colour in palette) < 3


def test_ink_drawn_as_pixels_can_be_read_on_its_page() -> None:
    assert contrast(INK, LIGHT_PAGE) >= 7 and contrast(DARK_INK, DARK_PAGE) >= 7


@pytest.mark.parametrize("deficiency", DEFICIENCIES)
@BOTH
def test_no_two_colours_become_one(palette: tuple[str, ...], page: str, deficiency: str) -> None:
    """Colours are at least 10 apart in CIE 1976 L*a*b*, four times what is just noticed (2.3).

    What a reader without one kind of cone sees is simulated as in Machado, Oliveira and Fernandes,
    "A Physiologically-based Model for Simulation of Color Vision Deficiency", IEEE TVCG 15(6),
    2009, doi:10.1109/TVCG.2009.113: their matrices for severity 1.0, applied to linear RGB.
    """
    for one, other in combinations(palette, 2):
        apart = distance(seen(one, deficiency), seen(other, deficiency))
        assert apart >= 10, (one, other, apart)


def test_a_red_and_a_green_that_become_one_are_found() -> None:
    red, green = "#b05a2c", "#6f7a2c"
    assert distance(linear(red), linear(green)) > 40
    assert distance(seen(red, "deuteranopia"), seen(green, "deuteranopia")) < 10
