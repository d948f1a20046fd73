"""Mistakes counted against Novikoff's bound, on data whose margin is known."""

import math

import pytest
import torch

CHAPTER = "part-1/1-what-is-a-training-loop/"


@pytest.fixture(scope="module")
def squeeze(run_snippet):
    return run_snippet(CHAPTER + "novikoff.py")


@pytest.fixture(scope="module")
def margins(run_snippet):
    return run_snippet(CHAPTER + "margins.py")


def test_margin_of_the_band_is_the_one_that_was_built_in(squeeze):
    X1, y, u = squeeze["band"]
    assert u.norm().item() == pytest.approx(1)
    assert (y * (X1 @ u)).tolist() == pytest.approx([0.05] * 200, abs=1e-6)


def test_runs_stay_between_the_two_lines_of_the_proof(squeeze):
    for along, length, R, gamma in squeeze["runs"].values():
        for k, (shadow, arrow) in enumerate(zip(along, length, strict=True)):
            assert shadow >= k * gamma - 1e-4
            assert shadow <= arrow + 1e-4
            assert arrow <= math.sqrt(k) * R + 1e-4


def test_one_hot_samples_reach_the_bound_and_the_band_does_not(squeeze):
    mistakes = {name: len(run[0]) - 1 for name, run in squeeze["runs"].items()}
    assert mistakes["one-hot"] == squeeze.number("one-hot", "mistakes") == 100
    assert squeeze.number("one-hot", "bound") == 100
    assert mistakes["band"] == squeeze.number("band", "mistakes")
    assert mistakes["band"] < squeeze.number("band", "bound")


def test_every_count_lies_below_the_bound_in_any_order(margins):
    for gamma, bound, counts in margins["rows"]:
        assert len(counts) == 20
        assert max(counts) <= bound
        assert bound <= 3 / gamma**2 * 1.1


def test_narrower_margins_make_more_mistakes(margins):
    most = [max(counts) for _, _, counts in margins["rows"]]
    assert most == sorted(most)


@pytest.mark.parametrize("gamma", [0.5, 0.1, 0.02])
def test_every_sample_has_the_margin_that_was_asked_for(margins, gamma):
    X1, y = margins["data"](gamma)
    u = margins["u"]
    assert u.norm().item() == pytest.approx(1)
    assert margins["along"] @ u[:2] == pytest.approx(0, abs=1e-7)
    assert (y[:, 0] * (X1 @ u)).tolist() == pytest.approx([gamma] * 200, abs=1e-6)


@pytest.mark.parametrize("gamma", [0.5, 0.1, 0.02])
def test_mistakes_are_those_of_the_perceptron_with_its_bias_apart(
    margins, run_snippet, gamma
):
    train = run_snippet(CHAPTER + "perceptron.py")["train"]
    torch.manual_seed(1)
    X1, y = margins["data"](gamma)
    history = train(X1[:, :2], y[:, 0], num_epochs=10_000)
    assert history[-1][0] == 0
    assert margins["count"](y * X1) == sum(mistakes for mistakes, _, _ in history)


def test_figures_of_the_bound_are_named(squeeze, margins):
    assert squeeze.figures == ("squeeze",)
    assert margins.figures == ("margins",)
