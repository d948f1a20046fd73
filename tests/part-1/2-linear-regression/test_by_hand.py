"""The main run: gradients by hand on y = 2x - 1 + noise."""

import pytest
import torch
from torch import nn


@pytest.fixture
def by_hand(run_snippet):
    return run_snippet("part-1/2-linear-regression/by_hand.py")


def test_loss_is_2_4249_at_epoch_1_and_0_0119_at_epoch_50(by_hand):
    assert by_hand.number("epoch 1", "loss") == 2.4249
    assert by_hand.number("epoch 50", "loss") == 0.0119


def test_learned_line_has_slope_1_9213_and_offset_minus_0_9940(by_hand):
    assert by_hand.number("learned line", "w") == 1.9213
    assert by_hand.number("learned line", "b") == -0.9940


def test_first_gradient_is_the_one_autograd_finds(by_hand):
    w_0, b_0 = (start.clone().requires_grad_() for start in by_hand["lines"][0])
    nn.MSELoss()(w_0 * by_hand["X"] + b_0, by_hand["y"]).backward()
    assert by_hand.number("first gradient", "for w") == pytest.approx(
        w_0.grad.item(), abs=6e-5
    )
    assert by_hand.number("first gradient", "for b") == pytest.approx(
        b_0.grad.item(), abs=6e-5
    )


def test_every_epoch_moves_the_line_as_optim_sgd_would(by_hand):
    w, b = (start.clone().requires_grad_() for start in by_hand["lines"][0])
    optimizer = torch.optim.SGD([w, b], lr=0.1)
    assert len(by_hand["lines"]) == 51
    for w_then, b_then in by_hand["lines"][1:]:
        optimizer.zero_grad()
        nn.MSELoss()(w * by_hand["X"] + b, by_hand["y"]).backward()
        optimizer.step()
        torch.testing.assert_close(w_then, w.detach(), rtol=1e-5, atol=1e-6)
        torch.testing.assert_close(b_then, b.detach(), rtol=1e-5, atol=1e-6)


def test_first_update_lowers_the_loss_and_is_the_first_epoch_of_the_loop(by_hand):
    assert by_hand.number("loss after") < by_hand.number("loss before")
    assert by_hand.number("first update", "w") == by_hand.number("epoch 1", "w")
    assert by_hand.number("loss after") == by_hand.number("epoch 2", "loss")


def test_loss_falls_in_every_epoch_towards_the_least_squares_loss(by_hand):
    losses = by_hand["losses"]
    assert all(
        later < earlier for earlier, later in zip(losses, losses[1:], strict=False)
    )
    X = torch.cat([by_hand["X"], torch.ones(100, 1)], dim=1)
    best = torch.linalg.lstsq(X, by_hand["y"]).solution
    assert losses[-1] > nn.MSELoss()(X @ best, by_hand["y"]).item()


def test_true_line_is_drawn_above_the_learned_ones(by_hand):
    true, learned = by_hand["ax"].lines[1], by_hand["ax"].lines[2:]
    assert true.get_linestyle() == "--"
    assert list(true.get_ydata()) == (2 * by_hand["X"] - 1).ravel().tolist()
    assert all(true.get_zorder() > line.get_zorder() for line in learned)


def test_three_figures_are_shown(by_hand):
    assert by_hand.figures == ("data", "loss", "fit")
