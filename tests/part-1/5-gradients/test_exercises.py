"""Each exercise: starting file fails, solution passes, classic mistakes are named."""

import runpy
from dataclasses import dataclass
from pathlib import Path

import pytest
import torch

from loopbook.exercises.checking import check_file
from loopbook.exercises.exercise import all_exercises

ROOT = Path(__file__).resolve().parents[3]
CHAPTER = "part-1/5-gradients"
FOLDER = ROOT / "snippets" / CHAPTER / "exercises"

STARTS = {
    "count-evaluations": "Still to do: return the number of calls in calls.",
    "best-step": "Still to do: return the step in best_forward.",
    "three-points": "Still to do: return the quotient in three_point.",
    "find-the-error": "Still to do: measure every slope in numerical_gradient.",
    "complex-gradient": "Still to do: take one imaginary step a parameter",
    "dual-quotient": "Still to do: return the product in __mul__.",
    "tanh-node": "Still to do: return a Scalar with its link in tanh.",
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
        "count-evaluations",
        "base-forgotten",
        '"forward differences": P + 1',
        '"forward differences": P',
        "the base L(theta) has to be evaluated too",
    ),
    Mistake(
        "count-evaluations",
        "central-with-base",
        '"central differences": 2000',
        '"central differences": 1001',
        "For central differences you predict 1001: a central difference has two ends",
    ),
    Mistake(
        "count-evaluations",
        "one-pass-of-duals",
        '"dual numbers": P',
        '"dual numbers": 1',
        "one pass carries one slope along",
    ),
    Mistake(
        "count-evaluations",
        "slope-by-slope",
        "return (cost(theta + h * v) - cost(theta - h * v)) / (2 * h)",
        "return sum(v[j] * (cost(theta + h * e) - cost(theta - h * e)) / (2 * h) "
        "for j, e in enumerate(torch.eye(len(v)).double()))",
        "Right, but you call the cost 6 times",
    ),
    Mistake(
        "count-evaluations",
        "over-h",
        "/ (2 * h)",
        "/ h",
        "twice what it should be: the two ends are 2 h apart.",
    ),
    Mistake(
        "best-step",
        "forward-without-2",
        "(2 * eps * size / M2) ** (1 / 2)",
        "(eps * size / M2) ** (1 / 2)",
        "Your forward step lacks the 2",
    ),
    Mistake(
        "best-step",
        "square-root-twice",
        "(2 * M3)) ** (1 / 3)",
        "(2 * M3)) ** (1 / 2)",
        "Your central step takes a square root",
    ),
    Mistake(
        "best-step",
        "one-end",
        "(3 * eps * size / (2 * M3))",
        "(3 * eps * size / M3)",
        "Your central step forgets that the two ends are 2 h apart",
    ),
    Mistake(
        "best-step",
        "inner-derivative",
        "2500 * sine",
        "sine",
        "Your M2 lacks the inner derivative",
    ),
    Mistake(
        "best-step",
        "larger",
        'step = "smaller"',
        'step = "larger"',
        "must be measured with a shorter stride",
    ),
    Mistake(
        "three-points",
        "over-h",
        "/ (2 * h)",
        "/ h",
        "Your slope is twice what it should be: divide by 2 h.",
    ),
    Mistake("three-points", "order-one", "order = 2", "order = 1", "The order is not 1"),
    Mistake("three-points", "order-three", "order = 2", "order = 3", "you divide by 2 h"),
    Mistake(
        "three-points",
        "sign",
        "constant = -1 / 3",
        "constant = 1 / 3",
        "The size of the constant is right and its sign is not",
    ),
    Mistake(
        "three-points",
        "that-of-the-central-difference",
        "constant = -1 / 3",
        "constant = 1 / 6",
        "1/6 is the constant of the central difference.",
    ),
    Mistake(
        "find-the-error",
        "forward-only",
        "(f(theta + step) - f(theta - step)) / (2 * h)",
        "(f(theta + step) - f(theta)) / h",
        "Yours are forward differences, of order one",
    ),
    Mistake(
        "find-the-error",
        "ends-forgotten",
        "/ (2 * h)",
        "/ h",
        "twice what they should be: the two ends are 2 h apart.",
    ),
    Mistake(
        "find-the-error",
        "theta-moved",
        "        slopes[j] =",
        "        theta += 0 * step + 1e-9\n        slopes[j] =",
        "numerical_gradient changes the theta that it was given",
    ),
    Mistake(
        "find-the-error",
        "wrong-culprit",
        'culprit = "k"',
        'culprit = "a"',
        'For "a" the two gradients agree to all digits',
    ),
    Mistake(
        "find-the-error",
        "not-mended",
        "(residual * a * -x * decay).mean()",
        "(residual * a * -decay).mean()",
        "which inner derivative is missing?",
    ),
    Mistake(
        "find-the-error",
        "sign",
        "(residual * a * -x * decay).mean()",
        "(residual * a * x * decay).mean()",
        "Your slope for k has the wrong sign",
    ),
    Mistake(
        "complex-gradient",
        "real-part",
        "f(z).imag / h",
        "f(z).real / h",
        "the slope is in the imaginary part",
    ),
    Mistake(
        "complex-gradient",
        "not-divided",
        "f(z).imag / h",
        "f(z).imag",
        "Your slopes are almost zero: divide by h",
    ),
    Mistake(
        "complex-gradient",
        "all-at-once",
        "z[j] += 1j * h",
        "z += 1j * h",
        "step along one parameter at a time",
    ),
    Mistake(
        "complex-gradient",
        "real-differences",
        "gradient[j] = f(z).imag / h",
        "gradient[j] = (f(theta + 6e-6 * (torch.arange(len(theta)) == j)) "
        "- f(theta - 6e-6 * (torch.arange(len(theta)) == j))) / 1.2e-5",
        "never calls f with a complex vector",
    ),
    Mistake(
        "dual-quotient",
        "slopes-multiplied",
        "self.slope * other.value + self.value * other.slope\n",
        "self.slope * other.slope\n",
        "the slopes are multiplied with each other",
    ),
    Mistake(
        "dual-quotient",
        "one-term",
        "self.slope * other.value + self.value * other.slope\n",
        "self.slope * other.value\n",
        "only the slope of the left factor is used",
    ),
    Mistake(
        "dual-quotient",
        "quotient-added",
        "self.slope * other.value - self.value * other.slope",
        "self.slope * other.value + self.value * other.slope",
        "the second term is added: the quotient rule subtracts it.",
    ),
    Mistake(
        "dual-quotient",
        "not-squared",
        "slope / other.value**2",
        "slope / other.value",
        "the bottom is not squared.",
    ),
    Mistake(
        "dual-quotient",
        "plain-numbers",
        "other = as_dual(other)\n        slope = self.slope * other.value - ",
        "slope = self.slope * other.value - ",
        "not for a dual and a plain number",
    ),
    Mistake(
        "tanh-node",
        "square-of-x",
        "1 - value**2",
        "1 - x.value**2",
        "you square x itself",
    ),
    Mistake("tanh-node", "no-square", "1 - value**2", "1 - value", "the square is missing"),
    Mistake(
        "tanh-node",
        "no-link",
        "Scalar(value, ((x, 1 - value**2),))",
        "Scalar(value)",
        "Your tanh has no link to x",
    ),
    Mistake(
        "tanh-node",
        "copy-linked",
        "((x, 1 - value**2),)",
        "((Scalar(x.value), 1 - value**2),)",
        "Nothing arrives at w",
    ),
]


def answer(exercise, file):
    return check_file(FOLDER / exercise, file, method="forkserver")


def test_every_exercise_of_the_chapter_is_tested_here():
    names = {
        exercise.name for exercise in all_exercises(ROOT) if exercise.name.startswith(CHAPTER)
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


def test_derived_step_beats_its_neighbours_for_sin_of_50_x():
    names = solved("best-step")
    eps = torch.finfo(torch.float64).eps
    x = torch.linspace(0.29, 0.31, 1001, dtype=torch.float64)

    def error(h):
        slope = (torch.sin(50 * (x + h)) - torch.sin(50 * (x - h))) / (2 * h)
        return (slope - 50 * torch.cos(50 * x)).abs().mean().item()

    size, _, M3 = names["sizes"]
    best = names["best_central"](size, M3, eps)
    assert error(best) < 0.5 * error(10 * best) and error(best) < 0.5 * error(best / 10)
    assert error(eps ** (1 / 3)) > 50 * error(best)
    rule = names["best_forward"](1, 1, eps)
    assert names["best_forward"](size, names["sizes"][1], eps) == pytest.approx(rule / 50)


def test_three_points_have_twice_the_constant_of_two_and_the_other_sign():
    three = solved("three-points")["three_point"]
    x, h = torch.tensor(0.7, dtype=torch.float64), 1e-3
    exact = torch.cos(x)
    central = (torch.sin(x + h) - torch.sin(x - h)) / (2 * h) - exact
    assert ((three(torch.sin, x, h) - exact) / central).item() == pytest.approx(-2, rel=5e-3)


def test_mended_gradient_is_that_of_autograd():
    names = solved("find-the-error")
    expected = torch.func.grad(names["cost"])(names["theta"])
    torch.testing.assert_close(names["gradient"](names["theta"]), expected)
