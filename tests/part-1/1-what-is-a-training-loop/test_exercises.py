"""Each exercise: starting file fails, solution passes, classic mistakes are named."""

import runpy
from dataclasses import dataclass
from pathlib import Path

import pytest

from loopbook.exercises.checking import check_file
from loopbook.exercises.exercise import all_exercises

ROOT = Path(__file__).resolve().parents[3]
CHAPTER = "part-1/1-what-is-a-training-loop"
FOLDER = ROOT / "snippets" / CHAPTER / "exercises"

STARTS = {
    "predict-rates": "Still to do: return the factor of one step in factor.",
    "shapes": "`X @ w` is still `...`: predict its shape.",
    "write-perceptron": "Still to do: write the loop in train.",
    "find-bound": "Still to do: work out R, gamma and the bound in bound.",
    "another-parabola": "Still to do: return the limit of the rate in limit.",
    "forget-nothing": "Still to do: write the loop in minimise.",
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
    # predict-rates
    Mistake(
        "predict-rates",
        "factor-without-2",
        "return 1 - 2 * lr",
        "return 1 - lr",
        "The 2 is missing in your factor",
    ),
    Mistake(
        "predict-rates",
        "uphill",
        "return 1 - 2 * lr",
        "return 1 + 2 * lr",
        "that is a step uphill",
    ),
    Mistake(
        "predict-rates",
        "what-is-taken-away",
        "return 1 - 2 * lr",
        "return -2 * lr",
        "where is the 1?",
    ),
    Mistake(
        "predict-rates",
        "sign-lost",
        "return 1 - 2 * lr",
        "return abs(1 - 2 * lr)",
        "Your factor has lost its sign",
    ),
    Mistake(
        "predict-rates",
        "no-end-forgotten",
        "    if size >= 1:\n        return math.inf\n    left, steps = 1.0, 0\n"
        "    while left > share:",
        "    left, steps = 1.0, 0\n    while left > share and steps < 1000:",
        "the error never becomes smaller: return float('inf').",
    ),
    Mistake(
        "predict-rates",
        "one-too-many",
        "left, steps = 1.0, 0",
        "left, steps = 1.0, 1",
        "one too many.",
    ),
    Mistake(
        "predict-rates",
        "one-too-few",
        "left, steps = 1.0, 0",
        "left, steps = 1.0, -1",
        "one more is needed.",
    ),
    Mistake(
        "predict-rates",
        "near-one-said-to-settle",
        '0.98: "creeps"',
        '0.98: "settles"',
        'What x does at rate 0.98 is not "settles". One step multiplies the error by '
        "-0.96.",
    ),
    Mistake(
        "predict-rates",
        "no-such-word",
        '0.02: "creeps"',
        '0.02: "slow"',
        "must be one of 'lands', 'settles'",
    ),
    Mistake(
        "predict-rates",
        "no-prediction",
        '1.0: "jumps"',
        "1.0: ...",
        "What x does at rate 1.0 is still `...`: put your prediction there.",
    ),
    # shapes
    Mistake(
        "shapes",
        "column-minus-row",
        '"column - y": (5, 5)',
        '"column - y": (5, 1)',
        "`column - y` is not (5, 1). A column (5, 1) and a row of 5: each meets each.",
    ),
    Mistake(
        "shapes",
        "column-from-a-product",
        '"X @ w": (5,)',
        '"X @ w": (5, 1)',
        "the inner sizes vanish, one number a row is left.",
    ),
    Mistake(
        "shapes",
        "transpose-not-needed",
        '"X @ W": "error"',
        '"X @ W": (5, 2)',
        "the inner sizes are 3 and 2.",
    ),
    Mistake(
        "shapes",
        "aligned-on-the-left",
        '"X + y": "error"',
        '"X + y": (5, 3)',
        "From the right: 3 meets 5.",
    ),
    Mistake(
        "shapes",
        "a-number-in-brackets",
        '"X @ w": (5,)',
        '"X @ w": (5)',
        "write a tuple, with its comma: (5,), not (5).",
    ),
    Mistake(
        "shapes",
        "a-word",
        '"X @ W": "error"',
        '"X @ W": "fails"',
        "must be a tuple or \"error\"; yours is 'fails'.",
    ),
    # write-perceptron
    Mistake(
        "write-perceptron",
        "undecided-is-right",
        "if y * (w @ x + b) <= 0:",
        "if y * (w @ x + b) < 0:",
        "from zeros your perceptron never starts",
    ),
    Mistake(
        "write-perceptron",
        "always-corrects",
        "if y * (w @ x + b) <= 0:",
        "if True:",
        "A sample that is answered rightly must change nothing",
    ),
    Mistake(
        "write-perceptron",
        "label-forgotten",
        "w = w + y * x",
        "w = w + x",
        "multiply by y.",
    ),
    Mistake(
        "write-perceptron",
        "bias-forgotten",
        "        b = b + y\n",
        "",
        "Your b never moves",
    ),
    Mistake(
        "write-perceptron",
        "bias-without-label",
        "b = b + y",
        "b = b + 1",
        "b went from 0.5 to 1.5: it gets + y.",
    ),
    Mistake(
        "write-perceptron",
        "counts-after-the-correction",
        "            wrong += int(y_i * (w @ x_i + b) <= 0)\n"
        "            w, b = correct(w, b, x_i, y_i)\n",
        "            w, b = correct(w, b, x_i, y_i)\n"
        "            wrong += int(y_i * (w @ x_i + b) <= 0)\n",
        "count before you correct",
    ),
    Mistake(
        "write-perceptron",
        "never-stops-early",
        "        if wrong == 0:\n            break\n",
        "",
        "Your loop goes on after an epoch without a mistake",
    ),
    Mistake(
        "write-perceptron",
        "starts-from-ones",
        "torch.zeros(X.shape[1])",
        "torch.ones(X.shape[1])",
        "start from zeros, take the samples in order",
    ),
    # find-bound
    Mistake(
        "find-bound",
        "length-of-theta",
        "u = theta / theta.norm()",
        "u = theta",
        "Divide theta by its length first.",
    ),
    Mistake(
        "find-bound",
        "mean-margin",
        "(y * (X1 @ u)).min()",
        "(y * (X1 @ u)).mean()",
        "the margin is that of the *closest* sample",
    ),
    Mistake(
        "find-bound",
        "labels-forgotten",
        "(y * (X1 @ u)).min()",
        "(X1 @ u).min()",
        "Your gamma forgets the labels",
    ),
    Mistake(
        "find-bound",
        "square-forgotten",
        "(R / gamma) ** 2",
        "R / gamma",
        "The square is missing: the bound is (R / gamma)^2.",
    ),
    Mistake(
        "find-bound",
        "radius-of-all",
        "X1.norm(dim=1).max()",
        "X1.norm()",
        "one length for each",
    ),
    Mistake(
        "find-bound",
        "radius-without-the-one",
        "X1.norm(dim=1).max()",
        "X1[:, :-1].norm(dim=1).max()",
        "Your R leaves out the last feature",
    ),
    # another-parabola
    Mistake(
        "another-parabola",
        "slope-without-2",
        "return 2 * a * (x - c)",
        "return a * (x - c)",
        "Your slope is half of autograd's",
    ),
    Mistake(
        "another-parabola",
        "slope-without-a",
        "return 2 * a * (x - c)",
        "return 2 * (x - c)",
        "Your slope lacks the factor a",
    ),
    Mistake(
        "another-parabola",
        "limit-of-the-chapter",
        "return 1 / a",
        "return 1.0",
        "1 is the limit for a = 1.",
    ),
    Mistake(
        "another-parabola",
        "limit-twice-too-large",
        "return 1 / a",
        "return 2 / a",
        "At 2 / a the factor is 1 - 2 a (2 / a) = -3",
    ),
    Mistake(
        "another-parabola",
        "best-rate-as-limit",
        "return 1 / a",
        "return 1 / (2 * a)",
        "that is the best rate, not the limit",
    ),
    Mistake(
        "another-parabola",
        "limit-as-best-rate",
        "return 1 / (2 * a)",
        "return 1 / a",
        "there the factor is -1.00, and to land in one step it must be 0.",
    ),
    Mistake(
        "another-parabola",
        "uphill",
        "x = x - lr * slope(x, a, c)",
        "x = x + lr * slope(x, a, c)",
        "Your loop walks uphill",
    ),
    Mistake(
        "another-parabola",
        "start-missing",
        "path = [x]",
        "path = []",
        "For 6 steps the path must have 7 entries, with the start; yours has 6.",
    ),
    # forget-nothing
    Mistake(
        "forget-nothing",
        "not-cleared",
        "        x.grad = None  # backward() adds: forget the old one\n",
        "",
        "Your gradients pile up",
    ),
    Mistake(
        "forget-nothing",
        "not-watched",
        "torch.tensor(float(x_start), requires_grad=True)",
        "torch.tensor(float(x_start))",
        "was x made with requires_grad=True",
    ),
    Mistake(
        "forget-nothing",
        "watched-update",
        "with torch.no_grad():  # 4. update",
        "if True:",
        "put it under `with torch.no_grad():`.",
    ),
    Mistake(
        "forget-nothing",
        "rebound",
        "        with torch.no_grad():  # 4. update\n            x -= lr * x.grad\n"
        "        x.grad = None  # backward() adds: forget the old one\n",
        "        x = x - lr * x.grad\n        x.retain_grad if 0 else None\n",
        "`x = x - ...` makes a new tensor that is not watched.",
    ),
    Mistake(
        "forget-nothing",
        "tensors-in-the-list",
        "losses.append(loss.item())",
        "losses.append(loss)",
        "append x.item() and loss.item().",
    ),
    Mistake(
        "forget-nothing",
        "start-missing",
        "[x.item()], []",
        "[], []",
        "Your path lacks the start",
    ),
    Mistake(
        "forget-nothing",
        "uphill",
        "x -= lr * x.grad",
        "x += lr * x.grad",
        "Your loop walks uphill",
    ),
    Mistake(
        "forget-nothing",
        "cleared-too-early",
        "        loss.backward()  # 3. gradient\n",
        "        loss.backward()  # 3. gradient\n        x.grad.zero_()\n",
        "is x.grad cleared before the update?",
    ),
    Mistake(
        "forget-nothing",
        "losses-late",
        "losses.append(loss.item())",
        "losses.append(loss_fn(x).item())",
        "Your losses are those after each step",
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
    assert mistake.told in verdict.text, verdict.text
    assert "check.py" not in verdict.text


@pytest.mark.parametrize("exercise", STARTS)
def test_solution_fits_its_box_on_the_page(exercise):
    solution = (FOLDER / exercise / "solution.py").read_text("utf-8")
    assert max(len(line) for line in solution.splitlines()) <= 76


def solved(exercise):
    """The names that a solution defines."""
    return runpy.run_path(str(FOLDER / exercise / "solution.py"))


def test_majority_has_a_plane_and_the_weights_come_out_equal():
    names = solved("write-perceptron")
    assert names["mistakes"][-1] == 0
    assert names["w"][0] == names["w"][1] == names["w"][2] > 0
    z = names["X"] @ names["w"] + names["b"]
    assert (names["y"] * z > 0).all()
    assert (names["y"] * (names["X"].sum(dim=1) - 1.5) > 0).all()


def test_line_by_eye_has_the_bound_worked_out_by_hand():
    names = solved("find-bound")
    _, gamma, most = names["bound"](names["X1"], names["y"], names["by_eye"])
    assert float(gamma) == pytest.approx(0.5 / 4.25**0.5)
    assert float(most) == pytest.approx(51)


def test_wavy_loss_ends_elsewhere_from_another_start():
    names = solved("forget-nothing")
    ends = {
        round(names["minimise"](names["wavy"], start, 0.1, 60)[0][-1], 2)
        for start in (-2.0, 0.0, 2.0, 4.0)
    }
    assert len(ends) >= 2


@pytest.mark.parametrize("a", [0.25, 1.0, 4.0])
def test_measured_by_its_limit_every_parabola_is_alike(a):
    names = solved("another-parabola")
    for share, left in ((0.1, 0.8), (0.5, 0.0), (0.9, -0.8), (1.0, -1.0)):
        path = names["minimise"](7.0, a, -1.0, share * names["limit"](a), 1)
        assert (path[1] + 1) / 8 == pytest.approx(left, abs=1e-12)
