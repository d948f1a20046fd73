"""Gradients that are never cleared turn descent into an undamped swing."""

import math

import pytest
import torch

SNIPPET = "part-1/2-linear-regression/no_zero_grad.py"


@pytest.fixture(scope="module")
def run(run_snippet):
    return run_snippet(SNIPPET)


def test_uncleared_loss_rises_and_falls_while_the_correct_one_only_falls(run):
    def turns(losses):
        changes = torch.tensor(losses).diff().sign()
        return int((changes[1:] != changes[:-1]).sum())

    assert turns(run["right"]) == 0
    assert turns(run["wrong"]) >= 8
    assert max(run["wrong"][40:]) > 0.9 * run["wrong"][0]


def test_error_of_the_weight_follows_an_undamped_cosine(run):
    X, y = run["X"].double(), run["y"].double()
    best = ((X * y).mean() / (X * X).mean()).item()
    angle = math.acos(1 - 0.1 * 2 * (X * X).mean().item() / 2)
    for t, slope in enumerate(run["wrong_slopes"], start=1):
        swing = math.cos((t + 0.5) * angle) / math.cos(0.5 * angle)
        expected = best + (run["w0"].item() - best) * swing
        assert slope == pytest.approx(expected, abs=1e-4)


def test_it_is_sgd_with_a_momentum_of_one(run):
    w, b = run["w0"].clone().requires_grad_(), run["b0"].clone().requires_grad_()
    optimizer = torch.optim.SGD([w, b], lr=0.1, momentum=1.0)
    for expected in run["wrong"]:
        loss = torch.nn.functional.mse_loss(w * run["X"] + b, run["y"])
        assert loss.item() == pytest.approx(expected, rel=1e-3, abs=1e-4)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


@pytest.mark.parametrize(("name", "period"), [("w", 24.0), ("b", 13.9)])
def test_periods_come_from_the_eigenvalues(run, name, period):
    X = run["X"].double()
    eigenvalue = {"w": 2 * (X * X).mean().item(), "b": 2.0}[name]
    exact = 2 * math.pi / math.acos(1 - 0.1 * eigenvalue / 2)
    assert exact == pytest.approx(period, abs=0.05)
    assert run.number(f"{name} swings with a period of") == period


def test_cleared_gradients_repeat_the_main_run(run):
    assert run["right"][0] == pytest.approx(2.4249, abs=5e-5)
    assert run["right"][49] == pytest.approx(0.0119, abs=5e-5)
    assert run["right_slopes"][49] == pytest.approx(1.9213, abs=5e-5)


def test_figure_is_named(run):
    assert run.figures == ("accumulated",)


def test_swings_do_not_grow_and_reach_about_as_high_as_they_came_from(run):
    """The quiz: the distance is a cosine's, so it never exceeds e(0) / cos(angle / 2)."""
    X, y = run["X"].double(), run["y"].double()
    best = {"w": ((X * y).mean() / (X * X).mean()).item(), "b": y.mean().item()}
    starts = {"w": run["w0"].item(), "b": run["b0"].item()}
    for name, eigenvalue in (("w", 2 * (X * X).mean().item()), ("b", 2.0)):
        error = first = starts[name] - best[name]
        total, sizes = 0.0, []
        for _ in range(5000):
            total += eigenvalue * error
            error -= 0.1 * total
            sizes.append(abs(error))
        highest = abs(first) / math.cos(math.acos(1 - 0.1 * eigenvalue / 2) / 2)
        assert max(sizes[2500:]) == pytest.approx(max(sizes[:2500]), rel=1e-3)
        assert max(sizes) <= highest * (1 + 1e-9)
        assert highest < 1.03 * abs(first)
