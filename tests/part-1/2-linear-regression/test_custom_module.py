"""The main run with an nn.Module of our own."""

import pytest


@pytest.fixture
def custom_module(run_snippet):
    return run_snippet("part-1/2-linear-regression/custom_module.py")


def test_losses_of_all_epochs_are_those_of_the_run_by_hand(custom_module, run_snippet):
    by_hand = run_snippet("part-1/2-linear-regression/by_hand.py")
    assert custom_module["losses"] == pytest.approx(by_hand["losses"], rel=1e-5)


def test_learned_line_has_slope_1_9213_and_offset_minus_0_9940(custom_module):
    assert custom_module.number("epoch 50", "w") == 1.9213
    assert custom_module.number("epoch 50", "b") == -0.9940


def test_module_starts_where_the_run_by_hand_starts(custom_module, run_snippet):
    by_hand = run_snippet("part-1/2-linear-regression/by_hand.py")
    for name in ("w", "b"):
        assert custom_module.number(name + ":") == by_hand.number("start", name)


def test_parameters_and_nothing_else_are_registered(custom_module):
    assert sorted(custom_module["model"].state_dict()) == ["b", "w"]
