"""Standardised features make the bowl round; the model learned is the same."""

import numpy as np
import pytest
import torch
from torch import nn

from loopbook.blocks.values import find_value

SNIPPET = "part-1/2-linear-regression/crop_scaled.py"


@pytest.fixture(scope="module")
def run(run_snippet):
    return run_snippet(SNIPPET)


def printed(run, key):
    return float(find_value(run.printed, key, "crop_scaled.py").text)


def test_every_standardised_column_has_mean_zero_and_deviation_one(run):
    Z, X = run["Z"].double().numpy(), run["X"].double().numpy()
    np.testing.assert_allclose(Z, (X - np.mean(X, 0)) / np.std(X, 0), rtol=1e-5)
    np.testing.assert_allclose(Z.mean(0), 0, atol=1e-6)
    np.testing.assert_allclose(Z.std(0), 1, rtol=1e-6)


@pytest.mark.parametrize(
    ("features", "name", "limit", "condition"),
    [
        ("X", "raw", 1.117e-4, 2.2e6),
        ("X_units", "other units", 0.9901, 4.3e3),
        ("Z", "standardised", 1.007, 6.9),
    ],
)
def test_limit_and_condition_number_come_from_the_hessian(
    run, features, name, limit, condition
):
    F, Y = run[features].double(), run["Y"].double()

    def loss(theta):
        return nn.functional.mse_loss(F @ theta[:6].view(2, 3).T + theta[6:], Y)

    start = torch.zeros(8, dtype=torch.float64)
    e = torch.linalg.eigvalsh(torch.autograd.functional.hessian(loss, start))
    assert (2 / e[-1]).item() == pytest.approx(limit, rel=1e-3)
    assert (e[-1] / e[0]).item() == pytest.approx(condition, rel=0.01)
    assert printed(run, f"{name} limit") == limit
    assert printed(run, f"{name} condition number") == condition
    assert printed(run, f"{name} largest") == pytest.approx(e[-1].item(), rel=1e-3)


def test_hundred_epochs_reach_least_squares(run):
    X, Y = run["X"].double().numpy(), run["Y"].double().numpy()
    A = np.column_stack([X, np.ones(5)])
    best = np.linalg.solve(A.T @ A, A.T @ Y)
    rmse = np.sqrt(np.square(A @ best - Y).mean())
    assert run.number("epoch 100", "RMSE") == pytest.approx(rmse, rel=1e-3)
    assert run.number("RMSE of least squares") == pytest.approx(rmse, abs=5e-5)
    np.testing.assert_allclose(run["W_raw"].T, best[:3], rtol=1e-4)
    np.testing.assert_allclose(run["b_raw"], best[3], rtol=1e-3)


def test_model_taken_back_to_raw_units_predicts_the_same(run):
    scaled = nn.functional.linear(run["Z"], run["W"].detach(), run["b"].detach())
    raw = nn.functional.linear(run["X"], run["W_raw"], run["b_raw"])
    torch.testing.assert_close(raw, scaled, rtol=1e-4, atol=0)


def test_other_units_are_hundreds_of_degrees_metres_and_hundreds_of_percent(run):
    first = run["X_units"][0].tolist()  # Kanto: 73 °F, 67 mm, 43 %
    assert first == pytest.approx([0.73, 0.067, 0.43])
    torch.testing.assert_close(
        run["X_units"] * torch.tensor([100.0, 1000.0, 100.0]), run["X"]
    )


@pytest.mark.parametrize(("features", "name"), [("X", "raw"), ("Z", "standardised")])
def test_slice_is_as_long_and_thin_as_printed(run, features, name):
    F, Y = run[features].double(), run["Y"].double()

    def loss(pair):  # temperature's and humidity's weight for the apples
        y_hat = pair[0] * F[:, 0] + pair[1] * F[:, 2]
        return (y_hat - Y[:, 0]).square().sum() / Y.numel()

    start = torch.zeros(2, dtype=torch.float64)
    e = torch.linalg.eigvalsh(torch.autograd.functional.hessian(loss, start))
    key = f"{name} slice condition number"
    assert run.number(key) == pytest.approx((e[1] / e[0]).item(), rel=0.02)


def test_figure_is_named(run):
    assert run.figures == ("bowl",)
