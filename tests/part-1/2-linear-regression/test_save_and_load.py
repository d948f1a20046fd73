"""Saving a model's parameters and loading them again."""

import pytest
import torch


@pytest.fixture
def saved(run_snippet):
    return run_snippet("part-1/2-linear-regression/save_and_load.py")


def test_state_dict_holds_what_fifty_steps_of_plain_descent_learn(saved):
    torch.manual_seed(42)
    x = torch.linspace(-1, 1, 100).double()
    y = 2 * x - 1 + 0.1 * torch.randn(100).double()
    start = torch.nn.Linear(1, 1)
    best_w, best_b = (x * y).mean() / (x * x).mean(), y.mean()  # as mean(x) is 0
    w = best_w + (start.weight.item() - best_w) * (1 - 0.2 * (x * x).mean()) ** 50
    b = best_b + (start.bias.item() - best_b) * (1 - 0.2) ** 50
    assert saved.number("state_dict", "weight") == pytest.approx(w.item(), abs=1e-4)
    assert saved.number("state_dict", "bias") == pytest.approx(b.item(), abs=1e-4)


def test_restored_model_has_other_numbers_before_and_the_saved_ones_after(saved):
    weight = saved.number("state_dict", "weight")
    assert abs(saved.number("before loading: weight") - weight) > 0.5
    assert saved.number("after loading: weight") == weight


def test_restored_model_predicts_the_same_for_inputs_it_never_met(saved):
    X = torch.linspace(-50, 50, 11).unsqueeze(1)
    torch.testing.assert_close(saved["restored"](X), saved["model"](X), rtol=0, atol=0)


def test_restored_model_shares_no_memory_with_the_first(saved):
    first, second = saved["model"].weight, saved["restored"].weight
    assert first.data_ptr() != second.data_ptr()


def test_file_is_gone_afterwards(saved):
    assert not saved["path"].exists()
