"""How the house draws: words flow in the page's font, dense parts are pixels for both themes."""

from __future__ import annotations

import base64
import copy
import io
import re
from collections.abc import Callable, Iterator

import matplotlib
import numpy as np
import pytest
from matplotlib import pyplot as plt
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.layout_engine import ConstrainedLayoutEngine
from PIL import Image

from loopbook.runner import house
from loopbook.runner.canvas import flowing
from loopbook.vector.optimiser import Optimiser

LIMIT = 60_000


@pytest.fixture(autouse=True)
def _style() -> Iterator[None]:
    with matplotlib.rc_context():
        matplotlib.use("agg")
        house.apply_style()
        yield
        plt.close("all")


def test_a_style_is_the_same_each_time_that_it_is_applied() -> None:
    settings = matplotlib.rcParams
    house.apply_style("matplotlib")
    plain = copy.deepcopy(dict(dict.items(settings)))
    house.apply_style()
    assert settings["svg.fonttype"] == plain["svg.fonttype"] == "none"
    ours = copy.deepcopy(dict(dict.items(settings)))
    assert ours["axes.grid"] and not plain["axes.grid"]
    settings["font.sans-serif"].append("Other")
    plt.style.use("ggplot")
    house.apply_style()
    assert dict(dict.items(settings)) == ours
    settings["font.sans-serif"].append("Other")
    house.apply_style("matplotlib")
    assert dict(dict.items(settings)) == plain


def texts(words: str) -> list[str]:
    return [run.text for run in flowing(words, FontProperties(size=11))]


@pytest.mark.parametrize(
    ("words", "runs"),
    [
        ("$x$, feature", ["x", ", feature"]),
        (r"$10^{-2}$", ["10", "−2"]),
        (r"$\hat y$", ["y\u0302"]),
        (r"$\eta$ = 0.1", ["η", " = 0.1"]),
    ],
)
def test_a_formula_on_one_line_flows(words: str, runs: list[str]) -> None:
    assert texts(words) == runs


@pytest.mark.parametrize("words", [r"$\frac{1}{2}$", r"$w_i^2$", r"$\sqrt{x}$"])
def test_signs_above_one_another_keep_their_places(words: str) -> None:
    assert texts(words) == []


def test_an_exponent_is_smaller_and_higher() -> None:
    base, exponent = flowing("$10^{3}$", FontProperties(size=11))
    assert exponent.rise > 3 and "7.7px" in exponent.style and "11px" in base.style


def test_words_name_no_font_and_are_anchored_where_they_were_put() -> None:
    figure, axes = plt.subplots()
    axes.set_xlabel("$x$, feature")
    axes.text(0.5, 0.5, "one\nand two", ha="right")
    axes.set_yticks([0.5], ["three\nand four"])
    svg = house.to_svg(figure)
    root, rest = svg.split(">", 3)[2], svg.split(">", 3)[3]
    assert 'font-family="DejaVu Sans' in root and "font-family" not in rest
    (label,) = re.findall(r"<text[^>]*>(?=<tspan[^>]*>x<)", svg)
    assert 'text-anchor="middle"' in label
    for lines in ("one|and two", "three|and four"):
        ends = re.findall(rf'<text x="([\d.]+)"[^>]*text-anchor="end"[^>]*>(?:{lines})<', svg)
        assert len(ends) == 2 and abs(float(ends[0]) - float(ends[1])) < 0.1


def images(svg: str) -> list[tuple[str, Image.Image]]:
    """Tag and pixels of each image in a drawing."""
    return [
        (match[0].partition("base64,")[0], Image.open(io.BytesIO(base64.b64decode(match[1]))))
        for match in re.finditer(r'<image[^>]*base64,([^"]*)"[^>]*>', svg)
    ]


def contrast(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """Contrast ratio of WCAG 2 between two colours of the screen."""

    def light(colour: tuple[int, ...]) -> float:
        linear = [
            v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4
            for v in (part / 255 for part in colour[:3])
        ]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


def test_twenty_thousand_points_are_pixels_legible_on_both_pages(tmp_path) -> None:
    figure, axes = plt.subplots()
    x, y = np.random.default_rng(0).normal(size=(2, 20_000))
    axes.plot(x, y, ".", color="C0", markersize=3)
    axes.scatter(x[:40], y[:40], color="C1")  # few: they stay as they are
    svg = house.to_svg(figure)
    light, dark = images(svg)
    assert 'class="on-light"' in light[0]
    assert 'class="on-dark" display="none"' in dark[0]
    for (_, image), page in ((light, (253, 252, 250)), (dark, (22, 25, 30))):
        colours = {colour for _, colour in image.getcolors(1 << 20) if colour[3] > 240}
        assert colours and all(contrast(colour, page) >= 4.5 for colour in colours)
    packed = Optimiser(tmp_path).optimise(svg)
    assert len(packed) < LIMIT
    assert packed.count("<image") == 2 and 40 <= packed.count("<use") < 200


def test_a_surface_is_one_image_for_both_pages(tmp_path) -> None:
    figure, axes = plt.subplots(subplot_kw={"projection": "3d"})
    a, b = np.meshgrid(np.linspace(-2, 2, 60), np.linspace(-2, 2, 60))
    axes.plot_surface(a, b, a**2 + b**2, cmap="cividis", rcount=60, ccount=60)
    svg = house.to_svg(figure)
    ((tag, image),) = images(svg)
    assert "class=" not in tag
    least, most = image.getextrema()[3]
    assert least == 0 and most >= 250  # what is not drawn is clear
    assert len(Optimiser(tmp_path).optimise(svg)) < LIMIT


def test_artists_have_their_colours_back_and_drawing_again_gives_the_same() -> None:
    figure, axes = plt.subplots()
    axes.scatter(*np.random.default_rng(0).normal(size=(2, 1500)), color="C2")
    (line,) = axes.plot([0, 1], rasterized=True, color=house.INK)
    first = house.to_svg(figure)
    assert line.get_color() == house.INK
    assert house.to_svg(figure) == first


@pytest.mark.parametrize(
    "taken",
    [
        matplotlib.rcdefaults,
        lambda: plt.style.use("default"),
        lambda: matplotlib.rc("svg", fonttype="path", hashsalt=None, image_inline=False),
    ],
)
def test_how_an_svg_is_written_is_not_the_scripts_affair(taken: Callable[[], None]) -> None:
    taken()
    figure, axes = plt.subplots()
    axes.plot([1, 2], "o")
    axes.imshow(np.eye(2))
    axes.set_xlabel("step")
    svg = house.to_svg(figure)
    assert svg == house.to_svg(figure)
    assert ">step</text>" in svg and "base64," in svg


def test_few_marks_stay_vectors() -> None:
    figure, axes = plt.subplots()
    axes.scatter(*np.random.default_rng(0).normal(size=(2, 500)))
    assert "<image" not in house.to_svg(figure)


def test_a_figure_is_laid_out_once_and_drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []

    def counted(kind: type, name: str) -> None:
        method = getattr(kind, name)

        def wrapper(*arguments: object) -> object:
            done.append(name)
            return method(*arguments)

        monkeypatch.setattr(kind, name, wrapper)

    figure, axes = plt.subplots(layout="constrained")
    axes.plot([0, 1], [0, 1])
    engine = figure.get_layout_engine()
    counted(ConstrainedLayoutEngine, "execute")
    counted(Figure, "draw")
    house.to_svg(figure)
    assert done == ["execute", "draw"]
    assert figure.get_layout_engine() is engine
