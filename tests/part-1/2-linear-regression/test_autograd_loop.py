"""The main run with autograd's gradients."""

import pytest


@pytest.fixture
def autograd_loop(run_snippet):
    return run_snippet("part-1/2-linear-regression/autograd_loop.py")


def test_gradients_of_autograd_are_those_worked_out_by_hand(autograd_loop):
    for name in ("w", "b"):
        autograd = autograd_loop.number(f"for {name}", "autograd")
        assert autograd == autograd_loop.number(f"for {name}", "by hand")


def test_losses_of_all_epochs_are_those_of_the_run_by_hand(autograd_loop, run_snippet):
    by_hand = run_snippet("part-1/2-linear-regression/by_hand.py")
    assert autograd_loop["losses"] == pytest.approx(by_hand["losses"], rel=1e-5)


def test_learned_line_has_slope_1_9213_and_offset_minus_0_9940(autograd_loop):
    assert autograd_loop.number("epoch 50", "w") == 1.9213
    assert autograd_loop.number("epoch 50", "b") == -0.9940


def test_parameters_are_still_leaves_without_a_gradient_left_over(autograd_loop):
    for parameter in (autograd_loop["w"], autograd_loop["b"]):
        assert parameter.is_leaf
        assert parameter.requires_grad
        assert parameter.grad is None
