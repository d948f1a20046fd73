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
def test_the_quick_count_is_that_of_the_plain_loop(margins, gamma):
    torch.manual_seed(1)
    X1, y = margins["data"](gamma)
    assert (y[:, 0] * (X1 @ margins["u"])).min().item() == pytest.approx(gamma, abs=1e-6)
    theta, mistakes, clean = torch.zeros(3), 0, False
    while not clean:
        clean = True
        for sample in y * X1:
            if theta @ sample <= 0:
                theta, mistakes, clean = theta + sample, mistakes + 1, False
    assert margins["count"](y * X1) == mistakes


def test_figures_of_the_bound_are_named(squeeze, margins):
    assert squeeze.figures == ("squeeze",)
    assert margins.figures == ("margins",)
