"""That ticks are worked out and measured once as long as nothing moves saves but time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from typing import Any

import matplotlib
import numpy as np
import pytest
from matplotlib import pyplot as plt
from matplotlib.axis import Axis
from matplotlib.figure import Figure

from loopbook.runner import canvas, house

WORK = ("_update_ticks", "_get_ticklabel_bboxes")
CURVE = np.linspace(0.1, 50, 90)


@pytest.fixture(autouse=True)
def _style() -> Iterator[None]:
    with matplotlib.rc_context():
        matplotlib.use("agg")
        house.apply_style()
        yield
        plt.close("all")


def twins(figure: Figure) -> None:
    ax = figure.subplots()
    ax.plot(CURVE)
    ax.twinx().plot(1e6 * CURVE**2, "C1")
    ax.secondary_xaxis("top", functions=(np.cbrt, lambda value: value**3)).set_xlabel("root")


def grid(figure: Figure) -> None:
    for number, ax in enumerate(figure.subplots(2, 3, sharex=True, sharey="row").flat):
        ax.plot(CURVE, CURVE**number)
        ax.set_yscale(["linear", "log", "symlog"][number % 3])
    figure.suptitle("six")
    figure.supxlabel("steps")


def bar(figure: Figure) -> None:
    ax = figure.subplots()
    drawn = ax.imshow(np.outer(CURVE, CURVE), aspect="auto")
    figure.colorbar(drawn, ax=ax, label="height")
    ax.inset_axes((0.5, 0.5, 0.4, 0.4)).semilogy(CURVE)


def dates(figure: Figure) -> None:
    ax = figure.subplots()
    ax.plot(np.arange("2020-01", "2021-01", dtype="datetime64[D]")[:90], CURVE)
    ax.tick_params(axis="x", rotation=30)
    ax.minorticks_on()


def words(figure: Figure) -> None:
    left, right = figure.subplots(1, 2)
    left.bar(["a", "b", "c"], [1e-9, 2e-9, 3e-9])
    right.plot(CURVE)
    right.invert_yaxis()
    right.yaxis.set_major_formatter(lambda value, _: f"{value:.1f} steps")
    right.set_xlim(30, 10)


def round_and_deep(figure: Figure) -> None:
    figure.add_subplot(1, 2, 1, projection="polar").plot(CURVE)
    figure.add_subplot(1, 2, 2, projection="3d").plot(CURVE, CURVE, CURVE)


def aligned(figure: Figure) -> None:
    for number, ax in enumerate(figure.subplots(2, 2).flat):
        ax.plot(CURVE * 100**number)
        ax.set_ylabel("one\nabove the other" if number % 2 else "height")
    figure.align_labels()


FIGURES: list[Callable[[Figure], None]] = [
    twins, grid, bar, dates, words, round_and_deep, aligned,
]  # fmt: skip


def drawn(make: Callable[[Figure], None]) -> tuple[str, Counter[str]]:
    """The figure's SVG, and how often ticks were worked out and measured for it."""
    figure = plt.figure()
    make(figure)
    calls = Counter[str]()

    def counted(name: str) -> Callable[..., Any]:
        usual = getattr(Axis, name)

        def count(*given: Any) -> Any:
            calls[name] += 1
            return usual(*given)

        return count

    with pytest.MonkeyPatch.context() as patch:
        for name in WORK:
            patch.setattr(Axis, name, counted(name))
        return house.to_svg(figure), calls


@pytest.mark.parametrize("make", FIGURES)
def test_a_drawing_is_the_same_byte_for_byte(
    monkeypatch: pytest.MonkeyPatch, make: Callable[[Figure], None]
) -> None:
    svg, calls = drawn(make)
    monkeypatch.setattr(canvas, "worked_out_once", nullcontext)
    usual, more = drawn(make)
    assert svg == usual
    if make is round_and_deep:
        assert calls[WORK[0]] == more[WORK[0]]
    else:
        assert all(calls[name] < 0.7 * more[name] for name in WORK)


def test_what_moves_while_it_is_drawn_has_new_ticks(monkeypatch: pytest.MonkeyPatch) -> None:
    """An artist that changes the limits at its own drawing, as a marker of the end might."""

    def make(figure: Figure) -> None:
        ax = figure.subplots()
        ax.set_axisbelow(False)
        (line,) = ax.plot(CURVE)
        draw = line.draw

        def moving(renderer: Any) -> None:
            ax.set_xlim(0, ax.get_xlim()[1] * 2)
            draw(renderer)

        monkeypatch.setattr(line, "draw", moving)

    svg, _ = drawn(make)
    monkeypatch.setattr(canvas, "worked_out_once", nullcontext)
    assert svg == drawn(make)[0]
