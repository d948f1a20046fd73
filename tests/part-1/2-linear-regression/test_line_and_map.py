"""A line is a point on the map of the cost."""

import numpy as np
import pytest
from torch import nn


@pytest.fixture(scope="module")
def run(run_snippet):
    return run_snippet("part-1/2-linear-regression/line_and_map.py")


@pytest.mark.parametrize("name", ["A", "B", "C"])
def test_printed_cost_is_that_of_mseloss(run, name):
    w, b = run.number(name, "w"), run.number(name, "b")
    cost = nn.MSELoss()(w * run["x"] + b, run["y"]).item()
    assert run.number(name, "cost") == pytest.approx(cost, abs=5e-3)


def test_lowest_point_is_the_least_squares_line_of_numpy(run):
    w, b = np.polyfit(run["x"].double().numpy(), run["y"].double().numpy(), 1)
    assert run["w_best"] == pytest.approx(w, rel=1e-4)
    assert run["b_best"] == pytest.approx(b, rel=1e-4)
    assert run.number("lowest", "w") == pytest.approx(w, abs=5e-3)
    assert run.number("lowest", "b") == pytest.approx(b, abs=5e-3)


def test_no_place_on_the_map_is_lower(run):
    lowest = run["cost"](run["w_best"], run["b_best"]).item()
    assert run["height"].min().item() >= lowest
    assert run["height"].min().item() == pytest.approx(lowest, abs=1e-2)


def test_map_has_the_cost_of_its_place(run):
    for row, column in ((0, 0), (30, 100), (119, 7)):
        y_hat = run["w"].flatten()[column] * run["x"] + run["b"].flatten()[row]
        cost = nn.MSELoss()(y_hat, run["y"]).item()
        assert run["height"][row, column].item() == pytest.approx(cost, rel=1e-5)


def test_points_on_the_map_are_the_lines_on_the_left(run):
    assert run.figures == ("map",)
    drawn = run["left"].lines[1:]
    points = run["right"].lines
    assert len(drawn) == len(points) == 3
    for line, point in zip(drawn, points, strict=True):
        (w,), (b,) = point.get_data()
        assert line.get_ydata() == pytest.approx(w * line.get_xdata() + b, rel=1e-5)


def test_the_same_dots_as_in_the_picture_of_squares(run, run_snippet):
    squares = run_snippet("part-1/2-linear-regression/squares.py")
    assert run["x"].equal(squares["x"])
    assert run["y"].equal(squares["y"])
    assert run["lines"]["A"] == squares["guess"]
