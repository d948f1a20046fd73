"""Saving a model's parameters and loading them again."""

import pytest
import torch


@pytest.fixture
def saved(run_snippet):
    return run_snippet("part-1/2-linear-regression/save_and_load.py")


def test_state_dict_of_the_seed_1_line_holds_0_5153_and_minus_0_4414(saved):
    assert saved.number("state_dict", "weight") == 0.5153
    assert saved.number("state_dict", "bias") == -0.4414


def test_restored_model_has_other_numbers_before_and_the_saved_ones_after(saved):
    assert saved.number("before loading: weight") != 0.5153
    assert saved.number("after loading: weight") == 0.5153


def test_restored_model_predicts_the_same_for_inputs_it_never_met(saved):
    X = torch.linspace(-50, 50, 11).unsqueeze(1)
    torch.testing.assert_close(saved["restored"](X), saved["model"](X), rtol=0, atol=0)


def test_restored_model_shares_no_memory_with_the_first(saved):
    first, second = saved["model"].weight, saved["restored"].weight
    assert first.data_ptr() != second.data_ptr()


def test_file_is_gone_afterwards(saved):
    assert not saved["path"].exists()
