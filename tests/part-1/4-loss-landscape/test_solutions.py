"""What the worked solutions compute, beyond what their checks ask for."""

import pytest
import torch

CHAPTER = "part-1/4-loss-landscape"


def test_map_is_that_of_the_curvatures_that_the_check_knows(run_snippet, solved):
    run = run_snippet(f"{CHAPTER}/map_to_read.py")
    names = solved(f"{CHAPTER}/read-the-map")
    w, b = run["places"]["A"]
    gradient = torch.tensor([0.5 * (w - 1), 4.5 * (b - 2)])
    assert names["gradient_at_A"] == pytest.approx(gradient.norm().item(), rel=0.02)
    assert names["kappa"] == pytest.approx(9, rel=0.02)
    assert names["largest_rate"] == pytest.approx(2 / 4.5, rel=0.02)
    heights = {
        name: 0.25 * (w - 1) ** 2 + 2.25 * (b - 2) ** 2
        for name, (w, b) in run["places"].items()
    }
    assert heights == pytest.approx({"A": 4, "B": 4, "C": 2})


def test_two_minima_predict_the_same_and_the_diagonal_holds_a_saddle(solved):
    names = solved(f"{CHAPTER}/all-minima")
    costs = names["cost"](names["minima"])
    assert costs.tolist() == pytest.approx([0, 0], abs=1e-6)
    assert sorted(names["minima"][0].tolist()) == pytest.approx([0.4, 1.6], abs=1e-2)
    assert names["small"] < 0 < names["large"]


def test_correlation_keeps_the_condition_number_that_theory_foretells(solved):
    names = solved(f"{CHAPTER}/standardise-kappa")
    z = names["standardise"](names["X"]).double()
    rho = (z[:, 0] * z[:, 1]).mean().item()
    assert names["kappa"](z) == pytest.approx((1 + rho) / (1 - rho), rel=1e-4)
    assert names["kappa"](names["X"]) > 1e6
