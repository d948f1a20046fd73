"""The mistakes of the chapter, each with its symptom."""

import pytest
import torch
from torch import nn

from loopbook.blocks.values import find_value

FOLDER = "part-1/3-batch-and-stochastic"


def value(run, key):
    return float(find_value(run.printed, key, "script").text)


def test_mean_of_means_is_wrong_and_the_weighted_one_is_the_loss_over_all(run_snippet):
    run = run_snippet(f"{FOLDER}/last_batch.py")
    whole = nn.functional.mse_loss(run["w"] * run["X"] + run["b"], run["y"]).item()
    assert run.number("weighted with the sizes") == pytest.approx(whole, abs=5e-5)
    assert run.number("loss over all samples") == pytest.approx(whole, abs=5e-5)
    assert run.number("mean of the batch means") > 1.05 * whole
    assert run.number("loss of the last batch") > 1.4 * whole


def test_three_micro_batches_without_dividing_give_exactly_three_times(run_snippet):
    run = run_snippet(f"{FOLDER}/accumulate.py")
    line = run.printed.splitlines()[0]
    assert line == "not divided / whole: first 3.0000, second 3.0000"
    thrice = run["accumulated"](run["equal"], weight=lambda batch: 1)
    torch.testing.assert_close(thrice, 3 * run["whole"], rtol=1e-5, atol=1e-6)


def test_unequal_micro_batches_need_their_sizes(run_snippet):
    run = run_snippet(f"{FOLDER}/accumulate.py")
    torch.testing.assert_close(run["right"], run["whole"], rtol=1e-5, atol=1e-6)
    ratios = run["wrong"] / run["whole"]
    assert abs(ratios[0] - ratios[1]) > 0.5, "not only longer: another direction"


def test_sorted_batches_leave_a_line_for_the_last_ones(run_snippet):
    run = run_snippet(f"{FOLDER}/sorted_data.py")
    X, y = run["X"], run["y"]
    X1 = torch.cat([X, torch.ones_like(X)], dim=1)
    least = (X1 @ torch.linalg.lstsq(X1, y).solution - y).square().mean().item()
    assert run.number("least squares: cost") == pytest.approx(least, abs=5e-5)
    assert value(run, "shuffled cost over all samples") < 1.1 * least
    assert value(run, "sorted cost over all samples") > 1.5 * least
    last = value(run, "sorted loss of the last batch")
    assert last < value(run, "sorted cost over all samples") / 4
    assert run.figures == ("sorted",)


def test_rate_of_the_full_batch_explodes_with_single_samples(run_snippet):
    run = run_snippet(f"{FOLDER}/rate_for_one.py")
    curves = run["curves"]
    assert curves[100][-1] < 0.01 and curves[10][-1] < 0.1
    assert curves[1][-1] == float("inf")
    assert run.figures == ("rate-for-one",)


@pytest.mark.parametrize(("B", "limit"), [(1, 0.704), (2, 0.885), (10, 0.995)])
def test_limit_of_the_rate_separates_growing_from_shrinking_mean_squares(
    run_snippet, B, limit
):
    """The mean of e eᵀ, followed step by step over all samples."""
    run = run_snippet(f"{FOLDER}/rate_for_one.py")
    assert value(run, f"{B} largest rate") == limit
    h, H = run["h"], run["H"]

    def size_after(eta, steps=600):
        S = torch.eye(2).double()
        for _ in range(steps):
            shaken = (h @ S @ h).mean(dim=0) - H @ S @ H
            keep = torch.eye(2).double() - eta * H
            S = keep @ S @ keep + eta**2 / B * shaken
        return S.trace().item()

    assert size_after(0.98 * limit) < 0.1
    assert size_after(1.02 * limit) > 10


def test_summed_loss_explodes_where_the_mean_does_not(run_snippet):
    run = run_snippet(f"{FOLDER}/sum_reduction.py")
    for B in (10, 50, 100):
        assert value(run, f"{B} mean, rate 0.12") < 0.01
    assert value(run, "10 sum, rate 0.012") < 0.01
    assert value(run, "100 sum, rate 0.012") > 1e6


def test_summed_loss_has_b_times_the_gradient():
    X, y, w = torch.randn(7, 1), torch.randn(7, 1), torch.zeros(1, requires_grad=True)
    (mean,) = torch.autograd.grad(nn.MSELoss()(w * X, y), w)
    (total,) = torch.autograd.grad(nn.MSELoss(reduction="sum")(w * X, y), w)
    torch.testing.assert_close(total, 7 * mean)


@pytest.mark.parametrize(
    ("slip", "message"),
    [
        ("lengths_differ", "AssertionError: Size mismatch between tensors"),
        ("no_samples_in_a_batch", "ValueError: batch_size should be a positive integer"),
        ("shuffled_twice", "ValueError: sampler option is mutually exclusive"),
        ("only_the_features", "ValueError: too many values to unpack (expected 2)"),
    ],
)
def test_messages_are_those_of_torch(run_snippet, slip, message):
    run = run_snippet(f"{FOLDER}/loader_errors.py")
    assert f"{slip}: {message}" in run.printed
    with pytest.raises((AssertionError, ValueError)):
        run[slip]()


def test_two_rows_are_unpacked_without_a_word(run_snippet):
    run = run_snippet(f"{FOLDER}/loader_errors.py")
    assert run["x_batch"].shape == (1,)
    assert torch.equal(run["x_batch"], run["X"][0])
    assert torch.equal(run["y_batch"], run["X"][1])
