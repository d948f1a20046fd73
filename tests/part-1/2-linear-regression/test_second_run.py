"""nn.Linear with a small rate on noisier data reaches the least-squares answer."""

import numpy as np
import pytest
import torch
from torch import nn

SNIPPET = "part-1/2-linear-regression/second_run.py"


@pytest.fixture(scope="module")
def run(run_snippet):
    return run_snippet(SNIPPET)


@pytest.mark.parametrize(
    ("epoch", "w", "b"), [(100, 2.2193, 1.0283), (1000, 2.5059, 1.0178)]
)
def test_weight_and_bias_are_the_expected_ones(run, epoch, w, b):
    assert run.number(f"epoch {epoch}", "w") == w
    assert run.number(f"epoch {epoch}", "b") == b


def test_loop_follows_the_closed_form_of_gradient_descent(run):
    torch.manual_seed(42)
    X, noise = torch.randn(100, 1), torch.randn(100, 1)
    start = nn.Linear(1, 1)
    A = torch.cat([X, torch.ones(100, 1)], dim=1).double()
    y = (2.5 * X + 1 + 0.5 * noise).double()
    best = torch.linalg.solve(A.T @ A, A.T @ y)
    step = torch.eye(2, dtype=torch.float64) - 0.01 * 2 / 100 * A.T @ A
    error = torch.tensor([[start.weight.item()], [start.bias.item()]]).double() - best
    for epoch, learned in run["learned"].items():
        expected = best + torch.linalg.matrix_power(step, epoch) @ error
        assert learned == pytest.approx(expected.ravel().tolist(), abs=1e-5)


def test_thousand_epochs_give_least_squares_to_four_places(run):
    slope, offset = np.polyfit(run["X"].ravel().numpy(), run["y"].ravel().numpy(), 1)
    assert run["learned"][1000] == pytest.approx((slope, offset), abs=5e-5)
    assert run.number("least squares", "w") == pytest.approx(slope, abs=5e-5)
    assert run.number("least squares", "b") == pytest.approx(offset, abs=5e-5)


def test_loss_ends_at_the_loss_of_least_squares_and_never_below(run):
    x, y = run["X"].ravel().double().numpy(), run["y"].ravel().double().numpy()
    floor = np.square(np.polyval(np.polyfit(x, y, 1), x) - y).mean()
    assert run["losses"][-1] == pytest.approx(floor, rel=1e-5)
    assert min(run["losses"]) > floor * (1 - 1e-5)
    assert run.number("loss of least squares") == pytest.approx(floor, abs=5e-5)


def test_figures_are_named(run):
    assert run.figures == ("fit",)
