"""PyTorch's parts, one at a time."""

import pytest
import torch
from torch import nn


@pytest.fixture
def parts(run_snippet):
    return run_snippet("part-1/2-linear-regression/torch_parts.py")


def test_linear_of_seed_1_has_weight_0_5153_and_bias_minus_0_4414(parts):
    torch.manual_seed(1)
    first, second = torch.rand(2, dtype=torch.float32) * 2 - 1  # even on [-1, 1)
    assert (first.item(), second.item()) == pytest.approx((0.5153, -0.4414), abs=5e-5)
    assert "weight 0.5153, shape (1, 1)\n" in parts.printed
    assert "bias -0.4414, shape (1,)\n" in parts.printed


def test_linear_of_seed_1_maps_0_to_its_bias(parts):
    assert "model maps 0 to -0.4414\n" in parts.printed


def test_layer_multiplies_by_its_transposed_weight_and_adds_its_bias(parts):
    layer, samples = parts["layer"], parts["samples"]
    expected = torch.einsum("nd,kd->nk", samples, layer.weight) + layer.bias
    torch.testing.assert_close(layer(samples), expected)
    assert "same as samples @ weight.T + bias: True\n" in parts.printed


def test_mseloss_is_the_mean_and_its_sum_reduction_n_times_that(parts):
    squares = [(1 - 1) ** 2, (2 - 3) ** 2, (4 - 1) ** 2]
    assert parts.number("MSELoss") == pytest.approx(sum(squares) / 3, abs=5e-5)
    assert parts.number('reduction="sum":') == sum(squares)
    assert f'reduction="none": {[float(s) for s in squares]}\n' in parts.printed


def test_step_subtracts_rate_times_gradient_from_the_weight(parts):
    torch.manual_seed(1)
    model = nn.Linear(1, 1)
    w, b = model.weight.item(), model.bias.item()
    samples = [(0.0, 1.0), (1.0, 3.0), (2.0, 1.0)]
    grad = 2 / 3 * sum((w * x + b - y) * x for x, y in samples)
    assert parts.number("grad after backward") == pytest.approx(grad, abs=6e-5)
    expected = pytest.approx(w - 0.1 * grad, abs=6e-5)
    assert parts.number("weight after step") == expected
    assert parts.number("weight after step", "by hand") == expected


def test_gradient_is_none_before_backward_and_after_zero_grad(parts):
    assert "grad before backward: None\n" in parts.printed
    assert "grad after zero_grad: None\n" in parts.printed


def test_hook_runs_when_the_model_is_called_and_not_in_forward(parts):
    assert parts.printed.count("the hook ran") == 1
    called, direct = parts.printed.split("model.forward(X):\n")
    assert called.endswith("model(X):\nthe hook ran\n")
    assert direct == "no hook this time\n"


def test_same_seed_gives_the_same_numbers(parts):
    assert "same seed, same numbers: True\n" in parts.printed
    torch.manual_seed(42)
    torch.testing.assert_close(torch.randn(2, 3), parts["first"])
