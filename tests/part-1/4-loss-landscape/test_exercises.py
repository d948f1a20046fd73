"""Each exercise: starting file fails, solution passes, classic mistakes are named."""

import runpy
from dataclasses import dataclass
from pathlib import Path

import pytest
import torch

from loopbook.exercises.checking import check_file
from loopbook.exercises.exercise import all_exercises

ROOT = Path(__file__).resolve().parents[3]
CHAPTER = "part-1/4-loss-landscape"
FOLDER = ROOT / "snippets" / CHAPTER / "exercises"

STARTS = {
    "read-the-map": "`steepest` is still `...`",
    "perpendicular-proof": "Still to do: solve w^2 b = c for b in curve.",
    "bisect-the-limit": "Still to do: bisect in largest_rate.",
    "all-minima": "Still to do: let the balls roll in find_minima.",
    "draw-a-slice": "Still to do: scale the rows in normalise.",
    "standardise-kappa": "Still to do: compute the eigenvalues in kappa.",
}


@dataclass(frozen=True)
class Mistake:
    """A small edit of a solution, and what the reader is told."""

    exercise: str
    name: str
    old: str
    new: str
    told: str


MISTAKES = [
    Mistake(
        "read-the-map",
        "steepest-by-distance",
        'steepest = "B"',
        'steepest = "A"',
        "count the contours within one unit of it",
    ),
    Mistake("read-the-map", "uphill", '"down"', '"up"', "that is uphill"),
    Mistake(
        "read-the-map", "along-the-contour", '"down"', '"left"', "along the contour"
    ),
    Mistake(
        "read-the-map",
        "spacing-for-gradient",
        "(5 - 3) / (5.47 - 4.46)",
        "(5.47 - 4.46) / (5 - 3)",
        "is the spacing itself",
    ),
    Mistake(
        "read-the-map",
        "axes-not-squared",
        "(4.0 / 1.33) ** 2",
        "4.0 / 1.33",
        "is the ratio of the axes",
    ),
    Mistake(
        "read-the-map",
        "rate-of-the-flat-direction",
        "2 * 4 / 1.33**2",
        "2 * 4 / 4.0**2",
        "the steep one sets the limit",
    ),
    Mistake(
        "read-the-map",
        "half-forgotten",
        "largest_rate = 2 / steep",
        "largest_rate = 1 / steep",
        "is half of the right one",
    ),
    Mistake(
        "perpendicular-proof",
        "power-rule-without-2",
        "return 2 * w * b, w**2",
        "return w * b, w**2",
        "the power rule brings a 2",
    ),
    Mistake(
        "perpendicular-proof",
        "swapped",
        "return 2 * w * b, w**2",
        "return w**2, 2 * w * b",
        "have changed places",
    ),
    Mistake(
        "perpendicular-proof",
        "sign-of-the-power",
        "return 1.0, -2 * c / s**3",
        "return 1.0, 2 * c / s**3",
        "wrong sign in b",
    ),
    Mistake(
        "perpendicular-proof",
        "place-for-direction",
        "return 1.0, -2 * c / s**3",
        "return s, c / s**2",
        "that is the place itself",
    ),
    Mistake(
        "perpendicular-proof",
        "off-the-contour",
        "return s, c / s**2",
        "return s, c / s",
        "leaves the contour",
    ),
    Mistake(
        "bisect-the-limit",
        "nan-compared",
        "return not last < first  # nan is not less than anything",
        "return last > first",
        "every comparison with nan is False",
    ),
    Mistake(
        "bisect-the-limit",
        "upper-end-fixed",
        "    for _ in range(20):\n        if diverges(high, X, y):\n"
        "            break\n        high = 2 * high\n",
        "",
        "double the upper end until it diverges",
    ),
    Mistake(
        "bisect-the-limit",
        "fixed-width",
        "high - low > 0.002 * high",
        "high - low > 0.02",
        "must be short against the rate itself",
    ),
    Mistake(
        "bisect-the-limit",
        "gradient-without-2",
        "theta - lr * 2 / len(y)",
        "theta - lr / len(y)",
        "the gradient of the mean squared error has a 2",
    ),
    Mistake(
        "bisect-the-limit",
        "loss-must-reach-zero",
        "return not last < first  # nan is not less than anything",
        "return not last < 1e-6",
        "diverges refuses half the limit",
    ),
    Mistake(
        "all-minima",
        "saddle-counted",
        "        if torch.linalg.eigvalsh(H)[0] <= 0:\n            continue\n",
        "        if place.abs().max() > 20:\n            continue\n",
        "it is a saddle",
    ),
    Mistake(
        "all-minima",
        "level-ground-counted",
        "        if torch.linalg.eigvalsh(H)[0] <= 0:\n            continue\n",
        "",
        "lies on level ground",
    ),
    Mistake(
        "all-minima",
        "duplicates-kept",
        "        if all((place - other).norm() > 0.05 for other in minima):\n"
        "            minima.append(place)",
        "        minima.append(place)",
        "some are one place found twice",
    ),
    Mistake(
        "all-minima",
        "twin-dropped",
        "for place in theta[at_rest]:",
        "for place in theta[at_rest].sort(dim=1).values:",
        "its twin with the two weights exchanged is another place",
    ),
    Mistake(
        "draw-a-slice",
        "unit-rows",
        "return unit * weights.norm(dim=1, keepdim=True)",
        "return unit",
        "multiply each by the length of the neuron's weights",
    ),
    Mistake(
        "draw-a-slice",
        "columns",
        "    unit = direction / direction.norm(dim=1, keepdim=True)\n"
        "    return unit * weights.norm(dim=1, keepdim=True)",
        "    unit = direction / direction.norm(dim=0, keepdim=True)\n"
        "    return unit * weights.norm(dim=0, keepdim=True)",
        "You scaled the columns",
    ),
    Mistake(
        "draw-a-slice",
        "whole-matrix",
        "    unit = direction / direction.norm(dim=1, keepdim=True)\n"
        "    return unit * weights.norm(dim=1, keepdim=True)",
        "    return direction / direction.norm() * weights.norm()",
        "You scaled the direction as a whole",
    ),
    Mistake(
        "draw-a-slice",
        "towards-the-direction",
        "loss(weights + t * direction)",
        "loss((1 - t) * weights + t * direction)",
        "as if that were a place",
    ),
    Mistake(
        "draw-a-slice",
        "in-place",
        "    unit = direction / direction.norm(dim=1, keepdim=True)\n",
        "    unit = direction.div_(direction.norm(dim=1, keepdim=True))\n",
        "normalise changes the direction that it was given",
    ),
    Mistake(
        "standardise-kappa",
        "over-all-entries",
        "return (X - X.mean(dim=0)) / X.std(dim=0, correction=0)",
        "return (X - X.mean()) / X.std(correction=0)",
        "over all entries",
    ),
    Mistake(
        "standardise-kappa",
        "variance",
        "/ X.std(dim=0, correction=0)",
        "/ X.var(dim=0, correction=0)",
        "You divided by the variance",
    ),
    Mistake(
        "standardise-kappa",
        "n-minus-one",
        "X.std(dim=0, correction=0)",
        "X.std(dim=0)",
        "divides by N - 1",
    ),
    Mistake(
        "standardise-kappa",
        "upside-down",
        "(eigenvalues[-1] / eigenvalues[0])",
        "(eigenvalues[0] / eigenvalues[-1])",
        "upside down",
    ),
    Mistake(
        "standardise-kappa",
        "root",
        "(eigenvalues[-1] / eigenvalues[0]).item()",
        "(eigenvalues[-1] / eigenvalues[0]).sqrt().item()",
        "is the root of the right one",
    ),
    Mistake(
        "standardise-kappa",
        "without-the-bias",
        "X1 = torch.cat([X, torch.ones(len(X), 1, dtype=X.dtype)], dim=1)",
        "X1 = X",
        "leaves out the bias",
    ),
]


def answer(exercise, file):
    return check_file(FOLDER / exercise, file, method="forkserver")


def test_every_exercise_of_the_chapter_is_tested_here():
    names = {
        exercise.name
        for exercise in all_exercises(ROOT)
        if exercise.name.startswith(CHAPTER)
    }
    assert names == {f"{CHAPTER}/{name}" for name in STARTS}
    for name in STARTS:
        assert sum(mistake.exercise == name for mistake in MISTAKES) >= 3


@pytest.mark.parametrize("exercise", STARTS)
def test_starting_file_fails_with_words_on_what_to_do(exercise):
    verdict = answer(exercise, FOLDER / exercise / "start.py")
    assert not verdict.passed
    assert STARTS[exercise] in verdict.text


@pytest.mark.parametrize("exercise", STARTS)
def test_solution_passes(exercise):
    verdict = answer(exercise, FOLDER / exercise / "solution.py")
    assert verdict.passed, verdict.text
    assert verdict.text.startswith("Right")


@pytest.mark.parametrize(
    "mistake",
    MISTAKES,
    ids=[f"{mistake.exercise}-{mistake.name}" for mistake in MISTAKES],
)
def test_classic_mistake_is_named(mistake, tmp_path):
    solution = (FOLDER / mistake.exercise / "solution.py").read_text("utf-8")
    assert mistake.old in solution
    file = tmp_path / "attempt.py"
    file.write_text(solution.replace(mistake.old, mistake.new), "utf-8")
    verdict = answer(mistake.exercise, file)
    assert not verdict.passed
    assert mistake.told in verdict.text
    assert "check.py" not in verdict.text


@pytest.mark.parametrize("exercise", STARTS)
def test_solution_fits_its_box_on_the_page(exercise):
    solution = (FOLDER / exercise / "solution.py").read_text("utf-8")
    assert max(len(line) for line in solution.splitlines()) <= 76


def solved(exercise):
    """The names that a solution defines."""
    return runpy.run_path(str(FOLDER / exercise / "solution.py"))


def test_map_is_that_of_the_curvatures_that_the_check_knows(run_snippet):
    run = run_snippet(f"{CHAPTER}/map_to_read.py")
    names = solved("read-the-map")
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


def test_two_minima_predict_the_same_and_the_diagonal_holds_a_saddle():
    names = solved("all-minima")
    costs = names["cost"](names["minima"])
    assert costs.tolist() == pytest.approx([0, 0], abs=1e-6)
    assert sorted(names["minima"][0].tolist()) == pytest.approx([0.4, 1.6], abs=1e-2)
    assert names["small"] < 0 < names["large"]


def test_correlation_keeps_the_condition_number_that_theory_foretells():
    names = solved("standardise-kappa")
    z = names["standardise"](names["X"]).double()
    rho = (z[:, 0] * z[:, 1]).mean().item()
    assert names["kappa"](z) == pytest.approx((1 + rho) / (1 - rho), rel=1e-4)
    assert names["kappa"](names["X"]) > 1e6
