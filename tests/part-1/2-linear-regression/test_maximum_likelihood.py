"""Gaussian noise and the mean squared error."""

import math

import pytest
import torch


@pytest.fixture
def likelihood(run_snippet):
    return run_snippet("part-1/2-linear-regression/maximum_likelihood.py")


def test_likelihood_and_mse_choose_the_same_slope(likelihood):
    assert likelihood.number("smallest L", "slope") == likelihood.number(
        "smallest NLL", "slope"
    )


def test_that_slope_is_the_closed_form_one_with_the_offset_kept(likelihood):
    X, y = likelihood["X"], likelihood["y"]
    w = (X @ (y + 1) / (X @ X)).item()  # the slope where the derivative of L is 0
    assert likelihood.number("smallest L", "slope") == pytest.approx(w, abs=6e-4)


def test_nll_is_the_density_formula_summed_over_the_samples(likelihood):
    sigma, y = likelihood["sigma"], likelihood["y"]
    r = likelihood["y_hat"] - y
    density = torch.exp(-(r**2) / (2 * sigma**2)) / math.sqrt(2 * math.pi * sigma**2)
    torch.testing.assert_close(likelihood["NLL"], -density.log().sum(dim=1))


def test_nll_differs_from_the_scaled_mse_by_the_constant_alone(likelihood):
    assert likelihood.number("factor") == 40 / (2 * 0.5**2)
    expected = 20 * math.log(2 * math.pi * 0.5**2)
    assert likelihood.number("constant") == pytest.approx(expected, abs=6e-5)
    gap = likelihood["NLL"] - likelihood["scaled"]
    torch.testing.assert_close(gap, torch.full_like(gap, expected), rtol=0, atol=1e-10)


def test_figure_is_shown(likelihood):
    assert likelihood.figures == ("likelihood",)
