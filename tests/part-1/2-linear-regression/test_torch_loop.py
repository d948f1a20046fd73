"""The main run with nn.Linear, nn.MSELoss and optim.SGD."""

import pytest


@pytest.fixture
def torch_loop(run_snippet):
    return run_snippet("part-1/2-linear-regression/torch_loop.py")


def test_losses_of_all_epochs_are_those_of_the_run_by_hand(torch_loop, run_snippet):
    by_hand = run_snippet("part-1/2-linear-regression/by_hand.py")
    assert torch_loop["losses"] == pytest.approx(by_hand["losses"], rel=1e-5)


def test_learned_line_has_slope_1_9213_and_offset_minus_0_9940(torch_loop):
    assert torch_loop.number("epoch 50", "w") == 1.9213
    assert torch_loop.number("epoch 50", "b") == -0.9940
