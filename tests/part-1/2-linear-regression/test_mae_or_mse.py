"""Mean absolute error against mean squared error."""

import pytest
import torch
from torch import nn


@pytest.fixture
def mae_or_mse(run_snippet):
    return run_snippet("part-1/2-linear-regression/mae_or_mse.py")


def test_best_constant_under_mse_is_the_mean(mae_or_mse):
    mean = sum([1, 2, 3, 4, 10]) / 5
    assert mae_or_mse.number("MSE", "best constant") == mean
    assert mae_or_mse.number("mean") == mean


def test_best_constant_under_mae_is_the_median(mae_or_mse):
    median = sorted([1, 2, 3, 4, 10])[2]
    assert mae_or_mse.number("MAE", "best constant") == median
    assert mae_or_mse.number("median") == median


def cost(loss_fn, x, y, w, b):
    return loss_fn(w * x + b, y).item()


@pytest.mark.parametrize("targets", ["y", "y_bad"])
@pytest.mark.parametrize(
    ("line", "loss_fn"), [("mse_line", nn.MSELoss()), ("mae_line", nn.L1Loss())]
)
def test_no_line_nearby_costs_less_than_the_best_line(
    mae_or_mse, line, loss_fn, targets
):
    """Both costs are convex, so nothing lower nearby means nothing lower anywhere."""
    x, y = mae_or_mse["x"].double(), mae_or_mse[targets].double()
    w, b = (
        float(value) for value in mae_or_mse[line](mae_or_mse["x"], mae_or_mse[targets])
    )
    lowest = cost(loss_fn, x, y, w, b)
    for angle in torch.linspace(0, 2 * torch.pi, 73).tolist():
        step = 1e-3 * torch.polar(torch.tensor(1.0), torch.tensor(angle))
        nearby = cost(loss_fn, x, y, w + step.real.item(), b + step.imag.item())
        assert nearby > lowest - 1e-9


def test_one_outlier_drags_the_mse_line_far_and_the_mae_line_hardly(mae_or_mse):
    moved = {}
    for line in ("mse_line", "mae_line"):
        before = mae_or_mse[line](mae_or_mse["x"], mae_or_mse["y"])[0]
        after = mae_or_mse[line](mae_or_mse["x"], mae_or_mse["y_bad"])[0]
        moved[line] = (after - before).abs().item()
    assert moved["mse_line"] > 0.3
    assert moved["mae_line"] < 0.05


def test_the_outlier_pulls_many_times_as_hard_as_the_others(mae_or_mse):
    """The quiz: under the MSE each sample pulls with its residual, 2r."""
    x, good, bad = (mae_or_mse[name] for name in ("x", "y", "y_bad"))
    others = torch.arange(20) != 17
    for targets, times in ((good, 60), (bad, 12)):  # the line without it, and with it
        w, b = mae_or_mse["mse_line"](x, targets)
        pull = 2 * (w * x + b - bad).abs()
        assert pull[17] > times * pull[others].mean()
        assert pull[17] > 4 * pull[others].max()


def test_two_figures_are_shown(mae_or_mse):
    assert mae_or_mse.figures == ("loss-shapes", "outlier")
