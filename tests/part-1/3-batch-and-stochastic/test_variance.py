"""The noise of the batch gradient, measured, meets the formula."""

import math

import pytest
import torch

from loopbook.blocks.values import find_value

SIZES = [1, 2, 5, 10, 20, 50, 90]


@pytest.fixture(scope="module")
def run(run_snippet):
    return run_snippet("part-1/3-batch-and-stochastic/variance.py")


def value(run, key):
    return float(find_value(run.printed, key, "variance.py").text)


def by_autograd(run):
    """The variance of the samples' gradients, both parameters together."""
    x, y = run["x"].double(), run["y"].double()
    theta = torch.tensor([run["w"].item(), run["b"].item()], dtype=torch.float64)
    jacobian = torch.autograd.functional.jacobian(
        lambda t: (t[0] * x + t[1] - y) ** 2, theta
    )
    return jacobian.var(dim=0, correction=0).sum().item()


@pytest.mark.parametrize("B", SIZES)
def test_measured_noise_is_within_five_per_cent_of_the_formula(run, B):
    one = by_autograd(run)
    assert value(run, f"{B} with, measured") == pytest.approx(one / B, rel=0.05)
    finite = one / B * (100 - B) / 99
    assert value(run, f"{B} without, measured") == pytest.approx(finite, rel=0.05)
    assert value(run, f"{B} with, formula") == pytest.approx(one / B, abs=1e-4)
    assert value(run, f"{B} without, formula") == pytest.approx(finite, abs=1e-4)


def test_slope_on_the_log_log_plot_is_minus_one_with_replacement(run):
    logs = [math.log(v) for v in run["noise"]["with"]]
    steepness = (logs[-1] - logs[0]) / math.log(90)
    assert steepness == pytest.approx(-1, abs=0.02)


def test_all_samples_leave_no_noise(run):
    _, noise = run["measured"](run["shuffled"])
    assert noise < 1e-6


def test_mean_of_the_batches_is_the_full_gradient_within_its_error(run):
    theta = [run["w"].clone().requires_grad_(), run["b"].clone().requires_grad_()]
    ((theta[0] * run["x"] + theta[1] - run["y"]) ** 2).mean().backward()
    full = torch.stack([part.grad[0] for part in theta])
    torch.testing.assert_close(run["full"], full, rtol=1e-4, atol=1e-5)
    mean, noise = run["measured"](torch.randint(100, (20_000, 5)))
    assert (mean - full).norm() < 4 * (noise / 20_000).sqrt()


def test_worst_deviation_and_figure_are_as_printed(run):
    assert run.number("largest deviation from the formulas") < 5
    assert run.figures == ("variance",)
