"""What Lab 1 says of its run, measured by other means."""

import numpy as np
import pytest
import torch
from torch import nn

from loopbook.blocks.values import find_value

SNIPPET = "part-1/lab-1-crop-yields/lab.py"


@pytest.fixture(scope="module")
def run(run_snippet):
    return run_snippet(SNIPPET)


def printed(run, key):
    return float(find_value(run.printed, key, "lab.py").text)


def test_no_region_is_in_both_parts(run):
    train, val = set(run["train"].tolist()), set(run["val"].tolist())
    assert not train & val and train | val == set(range(240))
    assert len(val) == 240 / 5


def test_rainfall_tells_most_about_apples_and_temperature_least(run):
    together = np.corrcoef(run["X"].T.numpy(), run["Y"][:, 0].numpy())[3, :3]
    assert together[1] > 0.9 > together[2] > 0.4 > abs(together[0])


def test_standardising_uses_the_training_regions_alone(run):
    X = run["X"].double().numpy()
    part = X[run["train"].numpy()]
    np.testing.assert_allclose(run["mean"], part.mean(0), rtol=1e-5)
    np.testing.assert_allclose(run["std"], part.std(0), rtol=1e-5)
    np.testing.assert_allclose(
        run["Z_val"], (X[run["val"].numpy()] - part.mean(0)) / part.std(0), atol=1e-4
    )
    assert printed(run, "training largest mean of a feature") == 0
    assert printed(run, "validation largest mean of a feature") > 0.05


def test_gradient_by_hand_is_that_of_the_mean_over_all_numbers(run):
    torch.manual_seed(0)
    Z, Y = torch.randn(7, 3).double(), torch.randn(7, 2).double()
    W = torch.randn(2, 3).double().requires_grad_()
    b = torch.randn(2).double().requires_grad_()
    nn.functional.mse_loss(nn.functional.linear(Z, W, b), Y).backward()
    grad_W, grad_b = run["gradient"](Z, Y, W.detach(), b.detach())
    torch.testing.assert_close(grad_W, W.grad)
    torch.testing.assert_close(grad_b, b.grad)
    assert "gradients agree: True" in run.printed


def test_loop_by_hand_is_what_torchs_sgd_does(run):
    model = nn.Linear(3, 2)
    for p in model.parameters():
        nn.init.zeros_(p)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.3)
    for _ in range(40):
        optimizer.zero_grad()
        nn.functional.mse_loss(model(run["Z_train"]), run["Y_train"]).backward()
        optimizer.step()
    torch.testing.assert_close(run["W"], model.weight.detach(), rtol=1e-4, atol=1e-3)
    torch.testing.assert_close(run["b"], model.bias.detach(), rtol=1e-4, atol=1e-3)


def test_both_losses_end_near_the_variance_of_the_noise(run):
    for key in ("40 training", "40 validation", "40 training fit", "40 validation fit"):
        assert printed(run, key) == pytest.approx(16, abs=2)
    # 20 epochs by hand and ten of fit come within a ton² of their end
    assert printed(run, "20 validation") == pytest.approx(16, abs=1.5)
    assert printed(run, "10 validation fit") == pytest.approx(16, abs=1.5)


def test_losses_of_fit_keep_jittering_and_those_by_hand_do_not(run):
    assert run["losses"][-5:, 1].std() < 1e-3 < run["history"][-5:, 1].std()


def test_raw_features_explode_at_the_rate_that_suits_standardised_ones(run):
    X = np.column_stack([run["X_train"].double().numpy(), np.ones(192)])
    largest = np.linalg.svd(X, compute_uv=False)[0] ** 2 * 2 / (2 * 192)
    limit = 2 / largest
    assert printed(run, "limit of the rate raw features") == pytest.approx(limit, rel=0.01)
    assert 0.3 / limit > 2000  # "thousands of times above the limit"
    assert np.isnan(printed(run, "rate 0.3 validation loss in epoch 40 is"))
    slow = printed(run, "nine tenths of the limit validation loss in epoch 40 is")
    assert slow > 2 * printed(run, "40 validation")
    assert run["raw"][0] > 50 * run["raw"][19] > 75 * slow, "first fast, then slowly"


def test_every_epoch_hands_out_each_row_once_in_a_new_order(run):
    epochs = [line for line in run.printed.splitlines() if line.startswith("epoch 1: [[")]
    epochs += [line for line in run.printed.splitlines() if line.startswith("epoch 2: [[")]
    batches = [eval(line.partition(": ")[2]) for line in epochs]  # lists of numbers
    flat = [[row for batch in epoch for row in batch] for epoch in batches]
    assert [sorted(rows) for rows in flat] == [[0, 1, 2, 3, 4]] * 2
    assert flat[0] != flat[1]
    assert [len(batch) for batch in batches[0]] == [2, 2, 1]


def test_evaluate_weights_batches_with_their_size(run):
    data = torch.utils.data.TensorDataset(run["Z_val"], run["Y_val"])
    model, loss_fn = run["model"], nn.MSELoss()
    ragged = torch.utils.data.DataLoader(data, batch_size=31)
    whole = loss_fn(model(run["Z_val"]), run["Y_val"]).item()
    assert run["evaluate"](model, loss_fn, ragged) == pytest.approx(whole, rel=1e-5)


def test_fit_arrives_at_the_closed_form(run):
    X = np.column_stack([run["X_train"].double().numpy(), np.ones(192)])
    best = np.linalg.solve(X.T @ X, X.T @ run["Y_train"].double().numpy()).T
    np.testing.assert_allclose(run["best"], best, rtol=1e-6)
    np.testing.assert_allclose(run["W_raw"], best[:, :3], atol=0.01)
    gaps = np.abs(run["W_raw"].numpy() - best[:, :3]).max()
    assert printed(run, "largest gap of a weight") == pytest.approx(gaps, abs=6e-4)
    gap = np.abs(run["b_raw"].numpy() - best[:, 3]).max()
    assert printed(run, "of a bias") == pytest.approx(gap, abs=0.006)
    assert gaps < np.abs(best[:, :3] - run["W_true"].numpy()).max()


def test_the_model_in_raw_units_predicts_the_same(run):
    raw = nn.functional.linear(run["X_val"], run["W_raw"], run["b_raw"])
    torch.testing.assert_close(raw, run["Y_hat"], rtol=1e-4, atol=1e-2)


def test_losses_on_new_regions_agree_within_their_uncertainty(run):
    keys = ("fit", "least squares", "true weights")
    losses = [printed(run, f"{key} validation loss") for key in keys]
    spread = 16 * (2 / (48 * 2)) ** 0.5  # of a mean of 96 squares of Gaussian numbers
    assert printed(run, "uncertainty of such a loss") == pytest.approx(spread, abs=0.05)
    assert max(losses) - min(losses) < 0.2
    assert abs(losses[2] - 16) < 2 * spread


def test_the_new_region_is_predicted_within_the_stated_error(run):
    truth = run["W_true"] @ run["x_new"][0] + run["b_true"]
    for fruit, tons in zip(("apples", "oranges"), truth):
        assert printed(run, fruit) == pytest.approx(tons.item(), abs=1.5)
    assert printed(run, "apples give or take") == pytest.approx(4, abs=0.3)


def test_it_shows_its_figures(run):
    assert run.figures == ("data", "by-hand", "raw", "fit", "predicted")
