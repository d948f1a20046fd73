"""Squared errors drawn as squares."""

import numpy as np
import pytest
from torch import nn


@pytest.fixture
def squares(run_snippet):
    return run_snippet("part-1/2-linear-regression/squares.py")


def test_cost_of_each_line_is_the_mean_area_as_mseloss_has_it(squares):
    x, y = squares["x"], squares["y"]
    for name in ("guess", "best"):
        w, b = squares[name]
        expected = nn.MSELoss()(w * x + b, y).item()
        assert squares.number(f"{name}: cost") == pytest.approx(expected, abs=6e-5)


def test_best_line_is_the_least_squares_line_of_numpy(squares):
    expected = np.polyfit(squares["x"].numpy(), squares["y"].numpy(), 1)
    assert squares["best"] == pytest.approx(expected.tolist(), rel=1e-4)


def test_best_line_costs_less_than_the_guess(squares):
    assert squares.number("best: cost") < squares.number("guess: cost")


def test_drawn_squares_are_square_and_as_large_as_the_errors(squares):
    assert squares.figures == ("squares",)
    x, y = squares["x"], squares["y"]
    for ax, line in zip(squares["axes"], ("guess", "best"), strict=True):
        assert ax.get_aspect() == 1  # one unit is as long across as up
        areas = [patch.get_width() * patch.get_height() for patch in ax.patches]
        w, b = squares[line]
        assert areas == pytest.approx(((w * x + b - y) ** 2).tolist(), rel=1e-4)
        for patch in ax.patches:
            assert patch.get_width() == patch.get_height()


def test_no_square_crosses_its_line(squares):
    for ax, line in zip(squares["axes"], ("guess", "best"), strict=True):
        w, b = squares[line]
        for patch in ax.patches:
            (left, low), (right, high) = patch.get_bbox().get_points()
            heights = [w * left + b, w * right + b]
            tolerance = 1e-5
            below, above = (
                min(heights) >= high - tolerance,
                max(heights) <= low + tolerance,
            )
            assert below or above
