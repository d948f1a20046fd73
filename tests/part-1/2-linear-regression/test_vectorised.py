"""The main run with a design matrix."""

import pytest
import torch


@pytest.fixture
def vectorised(run_snippet):
    return run_snippet("part-1/2-linear-regression/vectorised.py")


def test_first_gradient_is_the_one_autograd_finds(vectorised, run_snippet):
    X, y = vectorised["X1"], vectorised["y"]
    w, b = run_snippet("part-1/2-linear-regression/by_hand.py")["lines"][0]
    start = torch.cat([w, b])
    found = torch.func.grad(lambda theta: ((X @ theta - y) ** 2).mean())(start)
    printed = [vectorised.number("first gradient", f"for {name}") for name in "wb"]
    assert printed == pytest.approx(found.tolist(), abs=6e-5)


def test_losses_of_all_epochs_are_those_of_the_run_by_hand(vectorised, run_snippet):
    by_hand = run_snippet("part-1/2-linear-regression/by_hand.py")
    assert vectorised["losses"] == pytest.approx(by_hand["losses"], rel=1e-5)


def test_learned_line_has_slope_1_9213_and_offset_minus_0_9940(vectorised):
    assert vectorised.number("epoch 50", "w") == 1.9213
    assert vectorised.number("epoch 50", "b") == -0.9940
