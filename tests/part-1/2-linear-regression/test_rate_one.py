"""At a rate of one the slope converges and the offset jumps between two values."""

import math

import numpy as np
import pytest
import torch

from loopbook.blocks.values import find_value

SNIPPET = "part-1/2-linear-regression/rate_one.py"


@pytest.fixture(scope="module")
def run(run_snippet):
    return run_snippet(SNIPPET)


@pytest.fixture(scope="module")
def least_squares(run):
    x, y = run["X"].ravel().double().numpy(), run["y"].ravel().double().numpy()
    slope, offset = np.polyfit(x, y, 1)
    return slope, offset, np.square(slope * x + offset - y).mean()


def test_bias_jumps_between_two_values_at_a_rate_of_one(run):
    history = run["train"](1.0, 301)
    assert history[299][2] == pytest.approx(-0.5706, abs=5e-5)
    assert history[300][2] == pytest.approx(-1.4174, abs=5e-5)
    assert run.number("epoch 50", "b") == -0.5706
    assert run.number("epoch 49", "b") == -1.4174


def test_the_two_values_lie_evenly_about_the_best_bias(run, least_squares):
    middle = (history := run["history"])[-1][2] / 2 + history[-2][2] / 2
    assert middle == pytest.approx(least_squares[1], abs=1e-5)


def test_weight_converges_to_the_least_squares_slope(run, least_squares):
    assert run.number("epoch 50", "w") == 1.9971
    assert run["history"][-1][1] == pytest.approx(least_squares[0], abs=1e-5)


def test_loss_stays_at_the_noise_plus_the_squared_error_of_the_bias(run, least_squares):
    slope, offset, noise = least_squares
    expected = noise + (run["b0"].item() - offset) ** 2
    assert run.number("epoch 50", "loss") == 0.1889
    assert expected == pytest.approx(0.1889, abs=5e-5)
    assert run["history"][-1][0] == pytest.approx(expected, rel=1e-4)


def test_factors_are_one_minus_rate_times_eigenvalue(run):
    A = torch.cat([run["X"], torch.ones(100, 1)], dim=1).double()
    for_w, for_b = 1 - torch.linalg.eigvalsh(2 / 100 * A.T @ A)
    assert run.number("factor of the error of w") == 0.32
    assert for_w.item() == pytest.approx(0.32, abs=5e-3)
    assert run.number("factor of the error of b") == -1
    assert for_b.item() == pytest.approx(-1, abs=1e-6)


def test_torch_sgd_takes_the_same_steps(run):
    w, b = run["w0"].clone().requires_grad_(), run["b0"].clone().requires_grad_()
    optimizer = torch.optim.SGD([w, b], lr=1.0)
    for loss_by_hand, w_by_hand, b_by_hand in run["history"]:
        optimizer.zero_grad()
        loss = torch.nn.functional.mse_loss(w * run["X"] + b, run["y"])
        loss.backward()
        optimizer.step()
        seen = (loss.item(), w.item(), b.item())
        assert seen == pytest.approx((loss_by_hand, w_by_hand, b_by_hand), abs=1e-5)


@pytest.mark.parametrize("lr", [0.1, 0.9])
def test_below_one_the_loss_ends_at_its_minimum(run, lr, least_squares):
    final = float(find_value(run.printed, f"{lr} final loss", "rate_one.py").text)
    assert final == pytest.approx(least_squares[2], rel=1e-3)


@pytest.mark.parametrize("lr", [1.01, 1.1])
def test_just_above_one_it_diverges_by_the_predicted_factor(run, lr, least_squares):
    final = float(find_value(run.printed, f"{lr} final loss", "rate_one.py").text)
    error = (run["b0"].item() - least_squares[1]) * (1 - 2 * lr) ** 199
    assert math.log(final) == pytest.approx(math.log(error**2), abs=0.01)
    assert final > 100


def test_figures_are_named(run):
    assert run.figures == ("bias-jumps", "offset-line")
