"""The cloud of SGD at a constant rate has the width that was derived."""

import numpy as np
import pytest
import torch

from loopbook.blocks.values import find_value


@pytest.fixture(scope="module")
def run(run_snippet):
    return run_snippet("part-1/3-batch-and-stochastic/cloud.py")


def value(run, key):
    return float(find_value(run.printed, key, "cloud.py").text)


ROWS = [("0.05, 10", 0.05, 10), ("0.10, 10", 0.1, 10), ("0.20, 10", 0.2, 10)]
ROWS += [("0.10, 5", 0.1, 5), ("0.10, 40", 0.1, 40)]


@pytest.mark.parametrize(("row", "eta", "B"), ROWS)
@pytest.mark.parametrize("name", ["w", "b"])
def test_measured_variance_is_within_ten_per_cent_of_the_formula(run, row, eta, B, name):
    x, y = run["x"].double().numpy(), run["y"].double().numpy()
    slope, offset = np.polyfit(x, y, 1)
    r = slope * x + offset - y
    u = x if name == "w" else np.ones_like(x)
    curvature, v = 2 * np.mean(u**2), np.var(2 * r * u)
    V = eta * v / (B * curvature * (2 - eta * curvature))
    measured = run["clouds"][eta, B][:, "wb".index(name)].double().square().mean()
    assert measured.item() == pytest.approx(V, rel=0.1)
    assert value(run, f"{row} {name}, formula") == pytest.approx(V**0.5, abs=6e-5)
    assert value(run, f"{row} {name}, measured") == pytest.approx(V**0.5, rel=0.05)


def test_cloud_is_round_although_the_bowl_is_not(run):
    smaller, larger = run["eigenvalues"].tolist()
    assert larger > 2.9 * smaller
    for errors in run["clouds"].values():
        w, b = errors.std(dim=0).tolist()
        assert w == pytest.approx(b, rel=0.12)


def exact_covariance(run, eta, B):
    """The fixed point with the curvature's noise, as one linear system."""
    u = torch.stack([run["x"], torch.ones(100)]).double().numpy()
    y = run["y"].double().numpy()
    best = np.linalg.lstsq(u.T, y, rcond=None)[0]
    r = best @ u - y
    h = [2 * np.outer(c, c) for c in u.T]
    H = np.mean(h, axis=0)
    C = sum(np.outer(2 * a * c, 2 * a * c) for a, c in zip(r, u.T, strict=True)) / 100
    keep = np.eye(2) - eta * H
    step = np.kron(keep, keep)
    step += eta**2 / B * (np.mean([np.kron(k, k) for k in h], axis=0) - np.kron(H, H))
    inner = np.eye(4) - step
    return np.linalg.solve(inner, (eta**2 / B * C).ravel()).reshape(2, 2)


@pytest.mark.parametrize("B", [10, 1])
def test_exact_variance_solves_the_linear_system_and_is_met_by_the_runs(run, B):
    exact = 1000 * exact_covariance(run, 0.1, B)[0, 0]
    words = f"variance of w at B {B}"
    found = [line for line in run.printed.splitlines() if line.startswith(words + ":")]
    simple, printed, measured = (
        float(part.split()[1]) for part in found[0].split(": ")[1].split(", ")
    )
    assert printed == pytest.approx(exact, abs=2e-4)
    assert measured == pytest.approx(exact, rel=0.06)
    assert simple < exact
    if B == 1:
        assert exact > 1.1 * simple, "with one sample the left-out term counts"


def test_cost_above_the_minimum_is_near_the_rough_formula(run):
    measured = run.number("cost above the minimum measured")
    assert run.number("rough formula") == pytest.approx(measured, rel=0.2)


def test_largest_deviation_and_figure_are_as_printed(run):
    assert run.number("largest deviation from the formula") <= 10
    assert run.figures == ("cloud",)
