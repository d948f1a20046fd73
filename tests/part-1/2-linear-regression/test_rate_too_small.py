"""A rate of 0.01 is slow and not wrong: ten times the epochs give the same line."""

import math

import pytest
import torch

SNIPPET = "part-1/2-linear-regression/rate_too_small.py"


@pytest.fixture(scope="module")
def run(run_snippet):
    return run_snippet(SNIPPET)


def test_after_fifty_epochs_the_line_is_half_learned(run):
    assert run.number("lr 0.01, 50 epochs", "w") == 0.1741
    assert run.number("lr 0.01, 50 epochs", "b") == -0.8398


def test_main_run_has_arrived_by_then(run):
    assert run.number("lr 0.1, 50 epochs", "loss") == 0.0119
    assert run.number("lr 0.1, 50 epochs", "w") == 1.9213
    assert run.number("lr 0.1, 50 epochs", "b") == -0.9940


@pytest.mark.parametrize(("lr", "epochs"), [(0.01, 50), (0.01, 500), (0.1, 50)])
def test_errors_shrink_by_their_factors_in_every_epoch(run, lr, epochs):
    # mean(x) is 0, so that w and b go their ways alone.
    X, y = run["X"].double(), run["y"].double()
    best_w, best_b = (X * y).mean() / (X * X).mean(), y.mean()
    w = best_w + (run["w0"] - best_w) * (1 - 2 * lr * (X * X).mean()) ** epochs
    b = best_b + (run["b0"] - best_b) * (1 - 2 * lr) ** epochs
    assert run["train"](lr, epochs)[:2] == pytest.approx((w.item(), b.item()), abs=1e-5)


def test_five_hundred_slow_epochs_match_fifty_quick_ones(run):
    slow, quick = run["train"](0.01, 500), run["train"](0.1, 50)
    assert slow[0] == pytest.approx(quick[0], abs=0.01)
    assert slow[1] == pytest.approx(quick[1], abs=1e-4)


@pytest.mark.parametrize(
    ("lr", "factor", "half"), [(0.01, 0.9932, 102), (0.1, 0.932, 10)]
)
def test_half_life_follows_from_the_factor(run, lr, factor, half):
    exact = 1 - 2 * lr * (run["X"].double() ** 2).mean().item()
    assert run.number(f"lr {lr}: factor of the error of w") == factor
    assert exact == pytest.approx(factor, abs=5e-5)
    assert run.number(f"lr {lr}", "epochs to halve it") == half
    assert round(math.log(0.5) / math.log(exact)) == half


def test_torch_sgd_is_as_slow(run):
    w, b = run["w0"].clone().requires_grad_(), run["b0"].clone().requires_grad_()
    optimizer = torch.optim.SGD([w, b], lr=0.01)
    for _ in range(50):
        optimizer.zero_grad()
        torch.nn.functional.mse_loss(w * run["X"] + b, run["y"]).backward()
        optimizer.step()
    assert (w.item(), b.item()) == pytest.approx((0.1741, -0.8398), abs=5e-5)
