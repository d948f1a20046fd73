"""Two pictures of the question that regression answers."""

import numpy as np
import pytest
import torch


@pytest.fixture
def pictures(run_snippet):
    return run_snippet("part-1/2-linear-regression/height_and_price.py")


def test_line_for_the_heights_is_the_least_squares_line(pictures):
    age, height = pictures["age"], torch.from_numpy(pictures["height"])
    X = torch.from_numpy(np.stack([age, np.ones_like(age)], axis=1))
    w, b = torch.linalg.lstsq(X, height).solution.tolist()
    assert pictures.number("growth in a year") == pytest.approx(w, abs=0.051)
    assert pictures.number("height at age 7") == pytest.approx(7 * w + b, abs=0.51)


def test_nobody_sold_a_plot_of_the_size_in_question(pictures):
    size, wanted = pictures["size"], pictures["wanted"]
    assert size.min() < wanted < size.max()
    assert np.abs(size - wanted).min() > 100


def test_line_b_has_the_smallest_squared_errors_of_the_three(pictures):
    size, price = pictures["size"], pictures["price"]
    cost = {
        name: np.mean((w * size + b - price) ** 2)
        for name, (w, b) in pictures["candidates"].items()
    }
    assert min(cost, key=cost.get) == "B"


def test_candidates_disagree_about_the_price_in_question(pictures):
    prices = [pictures.number(f"line {name}") for name in "ABC"]
    assert len(set(prices)) == 3
    for (w, b), price in zip(pictures["candidates"].values(), prices, strict=True):
        assert price == pytest.approx(700 * w + b, abs=0.5)


def test_two_figures_are_shown(pictures):
    assert pictures.figures == ("height", "price")
