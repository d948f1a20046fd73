"""The main run with all samples, ten or one at each step."""

import pytest
import torch
from torch import nn

from loopbook.blocks.values import find_value


@pytest.fixture(scope="module")
def run(run_snippet):
    return run_snippet("part-1/3-batch-and-stochastic/three_ways.py")


def value(run, key):
    return float(find_value(run.printed, key, "three_ways.py").text)


def test_full_batch_is_the_main_run_of_chapter_1_2(run, run_snippet):
    main = run_snippet("part-1/2-linear-regression/by_hand.py")
    lines = torch.tensor([[w.item(), b.item()] for w, b in main["lines"]])
    torch.testing.assert_close(run["runs"][100][0], lines, rtol=1e-4, atol=1e-5)
    assert value(run, "100 w") == main.number("epoch 50", "w")


@pytest.mark.parametrize("B", [10, 1])
def test_batches_by_hand_are_the_steps_of_torch_sgd(run, B):
    torch.manual_seed(5)
    path = run["train"](B, num_epochs=1)
    torch.manual_seed(5)
    model = nn.Linear(1, 1)
    torch.manual_seed(5)
    with torch.no_grad():
        model.weight.fill_(run["w0"].item())
        model.bias.fill_(run["b0"].item())
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for k, batch in enumerate(torch.randperm(100).split(B), start=1):
        optimizer.zero_grad()
        nn.MSELoss()(model(run["X"][batch]), run["y"][batch]).backward()
        optimizer.step()
        seen = torch.tensor([model.weight.item(), model.bias.item()])
        torch.testing.assert_close(path[k], seen, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize(("B", "steps"), [(100, 1), (10, 10), (1, 100)])
def test_an_epoch_has_n_over_b_steps(run, B, steps):
    path, losses = run["runs"][B]
    assert len(path) == 50 * steps + 1 and len(losses) == 51
    assert value(run, f"{B} steps") == steps


def test_smaller_batches_are_ahead_after_an_epoch_and_ten_are_best_after_fifty(run):
    first = [value(run, f"{B} cost after 1 epoch") for B in (1, 10, 100)]
    last = {B: value(run, f"{B} after 50") for B in (1, 10, 100)}
    assert first == sorted(first) and first[2] > 10 * first[0]
    assert min(last, key=last.get) == 10


def test_single_samples_jitter_and_the_full_batch_does_not(run):
    jitter = {B: run["runs"][B][1][30:].diff() for B in (1, 10, 100)}
    assert (jitter[100] < 0).all()
    assert (jitter[1] > 0).any()
    assert jitter[1].abs().mean() > 5 * jitter[10].abs().mean()


def test_figures_are_named(run):
    assert run.figures == ("paths", "losses")
