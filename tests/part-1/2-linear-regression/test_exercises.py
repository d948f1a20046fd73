"""Each exercise: starting file fails, solution passes, classic mistakes are named."""

import runpy
from dataclasses import dataclass
from pathlib import Path

import pytest

from loopbook.exercises.checking import check_file
from loopbook.exercises.exercise import all_exercises

ROOT = Path(__file__).resolve().parents[3]
CHAPTER = "part-1/2-linear-regression"
FOLDER = ROOT / "snippets" / CHAPTER / "exercises"

STARTS = {
    "two-rates": "Still to do: work out the two factors of one step in factors.",
    "half-the-loss": "Still to do: work out the gradient of J in gradient_J.",
    "autograd": "never calls backward(): its gradients are still written by hand",
    "two-features": "Still to do: return the predictions in predict.",
    "absolute-error": "Still to do: work out the two mean gradients in gradient.",
    "several-targets": "Still to do: work out both gradients in gradient.",
    "predict-and-stop": "Still to do: return 2 / lambda_max in limit.",
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
    # two-rates
    Mistake(
        "two-rates",
        "factors-without-2",
        "return 1 - 2 * lr * (X**2).mean(), 1 - 2 * lr",
        "return 1 - lr * (X**2).mean(), 1 - lr",
        "The 2 of the gradient is missing in your factors",
    ),
    Mistake(
        "two-rates",
        "one-factor-for-both",
        "return 1 - 2 * lr * (X**2).mean(), 1 - 2 * lr",
        "return 1 - 2 * lr, 1 - 2 * lr",
        "Your factor for w does not contain x.",
    ),
    Mistake(
        "two-rates",
        "uphill",
        "w = w - lr * grad_w\n        b = b - lr * grad_b",
        "w = w + lr * grad_w\n        b = b + lr * grad_b",
        "Your loop walks uphill: the update subtracts the gradient.",
    ),
    Mistake(
        "two-rates",
        "in-turn",
        "grad_b = 2 * error.mean()\n        w = w - lr * grad_w",
        "w = w - lr * grad_w\n        grad_b = 2 * (w * X + b - y).mean()",
        "Your gradient for b is worked out after w has moved",
    ),
    Mistake(
        "two-rates",
        "offset-said-to-settle",
        'b_at_1 = "jumps"',
        'b_at_1 = "settles"',
        "At rate 1.0 the factor for b is 1 - 2 = -1",
    ),
    Mistake(
        "two-rates",
        "no-prediction",
        'w_at_001 = "creeps"',
        "w_at_001 = ...",
        "`w_at_001` is still `...`: put your answer in its place.",
    ),
    # half-the-loss
    Mistake(
        "half-the-loss",
        "gradient-of-L",
        "return (error * X).mean(), error.mean()",
        "return 2 * (error * X).mean(), 2 * error.mean()",
        "Your gradient for w is twice what autograd gets: that is the gradient of L.",
    ),
    Mistake(
        "half-the-loss",
        "halved-twice",
        "return (error * X).mean(), error.mean()",
        "return (error * X).mean(), error.mean() / 2",
        "Your gradient for b is half of what autograd gets",
    ),
    Mistake(
        "half-the-loss",
        "sum-for-mean",
        "return (error * X).mean(), error.mean()",
        "return (error * X).sum(), error.sum()",
        "Your gradient for w is n times what autograd gets",
    ),
    Mistake(
        "half-the-loss",
        "target-minus-prediction",
        "error = w * X + b - y\n    return (error",
        "error = y - w * X - b\n    return (error",
        "Your gradient for w points the wrong way",
    ),
    Mistake(
        "half-the-loss",
        "rate-halved",
        "return 2 * lr",
        "return lr / 2",
        "together a quarter of the step",
    ),
    Mistake(
        "half-the-loss",
        "rate-kept",
        "return 2 * lr",
        "return lr",
        "with a gradient half as long, the step is half as long",
    ),
    # autograd
    Mistake(
        "autograd",
        "gradients-pile-up",
        "        w.grad = None\n        b.grad = None\n",
        "",
        "Your gradients pile up: backward() adds to .grad.",
    ),
    Mistake(
        "autograd",
        "no-requires-grad",
        ".clone().requires_grad_()",
        ".clone()",
        "Was requires_grad=True set on w and b",
    ),
    Mistake(
        "autograd",
        "update-recorded",
        "with torch.no_grad():",
        "if True:",
        "The update itself must not be recorded: put it under `with torch.no_grad():`.",
    ),
    Mistake(
        "autograd",
        "new-tensor",
        "            w -= lr * w.grad  # 4. update\n            b -= lr * b.grad\n",
        "            w = w - lr * w.grad\n            b = b - lr * b.grad\n",
        "No parameter that backward() could give a gradient to",
    ),
    Mistake(
        "autograd",
        "gradient-of-the-other",
        "b -= lr * b.grad",
        "b -= lr * w.grad",
        "You move b by the gradient of w: b has a .grad of its own.",
    ),
    Mistake(
        "autograd",
        "backward-for-show",
        "w -= lr * w.grad  # 4. update\n            b -= lr * b.grad",
        "w -= lr * 2 * ((y_hat - y) * X).mean()\n"
        "            b -= lr * 2 * (y_hat - y).mean()",
        "your update does not use what it leaves",
    ),
    Mistake(
        "autograd",
        "losses-with-graphs",
        "losses.append(loss.item())",
        "losses.append(loss)",
        "append loss.item()",
    ),
    # two-features
    Mistake(
        "two-features",
        "no-2",
        "return 2 / len(X) * X.T @ error, 2 * error.mean()",
        "return X.T @ error / len(X), error.mean()",
        "Your gradient for w is half of what autograd gets: where did the 2 go?",
    ),
    Mistake(
        "two-features",
        "no-transpose",
        "X.T @ error",
        "X @ error",
        "Two shapes do not fit",
    ),
    Mistake(
        "two-features",
        "mean-over-everything",
        "2 / len(X) * X.T @ error",
        "2 * (X * error.unsqueeze(1)).mean()",
        "Your gradient for w is one number, but w has 3 entries",
    ),
    Mistake(
        "two-features",
        "python-loop",
        "2 / len(X) * X.T @ error",
        "2 * torch.stack([(X[:, d] * error).mean() for d in range(X.shape[1])])",
        "`gradient` loops in Python",
    ),
    Mistake(
        "two-features",
        "another-rate",
        "lr, num_epochs = 0.1, 50",
        "lr, num_epochs = 0.5, 50",
        "leave the data, the rate 0.1 and the 50 epochs as they were",
    ),
    # absolute-error
    Mistake(
        "absolute-error",
        "no-sign",
        "torch.sign(w * X + b - y)",
        "w * X + b - y",
        "This is the gradient of a squared error.",
    ),
    Mistake(
        "absolute-error",
        "wrong-way",
        "torch.sign(w * X + b - y)",
        "torch.sign(y - w * X - b)",
        "Your gradient for w points the wrong way",
    ),
    Mistake(
        "absolute-error",
        "no-x",
        "return (sign * X).mean(), sign.mean()",
        "return sign.mean(), sign.mean()",
        "the chain rule brings a factor x into w's",
    ),
    Mistake(
        "absolute-error",
        "sum-for-mean",
        "return (sign * X).mean(), sign.mean()",
        "return (sign * X).sum(), sign.sum()",
        "Your gradient for w is N times what autograd gets",
    ),
    Mistake(
        "absolute-error",
        "prediction",
        'steadier = "absolute"',
        'steadier = "squares"',
        "a squared error of 20 pulls 20 times as hard",
    ),
    # several-targets
    Mistake(
        "several-targets",
        "no-2",
        "return 2 / E.numel() * E.T @ X, 2 / E.numel() * E.sum(dim=0)",
        "return E.T @ X / E.numel(), E.sum(dim=0) / E.numel()",
        "Your gradient for W is half of what autograd gets: where did the 2 go?",
    ),
    Mistake(
        "several-targets",
        "no-K",
        "return 2 / E.numel() * E.T @ X, 2 / E.numel() * E.sum(dim=0)",
        "return 2 / len(X) * E.T @ X, 2 * E.mean(dim=0)",
        "Your gradient for W is K times what autograd gets",
    ),
    Mistake(
        "several-targets",
        "no-K-in-b-alone",
        "2 / E.numel() * E.sum(dim=0)",
        "2 * E.mean(dim=0)",
        "Your gradient for b is K times what autograd gets",
    ),
    Mistake(
        "several-targets",
        "sum-for-mean",
        "return 2 / E.numel() * E.T @ X, 2 / E.numel() * E.sum(dim=0)",
        "return 2 * E.T @ X, 2 * E.sum(dim=0)",
        'that of reduction="sum"',
    ),
    Mistake(
        "several-targets",
        "transposed",
        "grad_W, grad_b = gradient(X, Y, W.detach(), b.detach())",
        "solved = gradient\n\n\ndef gradient(*data):\n"
        "    grad_W, grad_b = solved(*data)\n"
        "    return grad_W.T, grad_b\n\n\n"
        "grad_W, grad_b = solved(X, Y, W.detach(), b.detach())",
        "it is transposed",
    ),
    Mistake(
        "several-targets",
        "one-bias",
        "grad_W, grad_b = gradient(X, Y, W.detach(), b.detach())",
        "solved = gradient\n\n\ndef gradient(*data):\n"
        "    grad_W, grad_b = solved(*data)\n"
        "    return grad_W, grad_b.sum()\n\n\n"
        "grad_W, grad_b = solved(X, Y, W.detach(), b.detach())",
        "Your gradient for b is one number, but b has 3 entries",
    ),
    # predict-and-stop
    Mistake(
        "predict-and-stop",
        "limit-halved",
        "return 2 / torch.linalg",
        "return 1 / torch.linalg",
        "Your limit is half of the right one",
    ),
    Mistake(
        "predict-and-stop",
        "hessian-without-2",
        "hessian = 2 / len(X)",
        "hessian = 1 / len(X)",
        "Your limit is twice the right one",
    ),
    Mistake(
        "predict-and-stop",
        "no-column-of-ones",
        "A = torch.cat([X, torch.ones(len(X), 1)], dim=1)",
        "A = X",
        "Your limit leaves out the bias",
    ),
    Mistake(
        "predict-and-stop",
        "smallest-eigenvalue",
        "eigvalsh(hessian)[-1]",
        "eigvalsh(hessian)[0]",
        "Your limit uses the smallest eigenvalue",
    ),
    Mistake(
        "predict-and-stop",
        "no-refusal",
        "if lr >= limit(X):",
        "if lr >= 2 * limit(X):",
        "fit accepts 1.0001 times the limit",
    ),
    Mistake(
        "predict-and-stop",
        "no-reason-given",
        'f"the rate must be below {limit(X):.4f}, and {lr} is not"',
        '"bad rate"',
        'Your ValueError says "bad rate". Let it name the limit',
    ),
    Mistake(
        "predict-and-stop",
        "only-w",
        "torch.sqrt((grad_w**2).sum() + grad_b**2)",
        "torch.sqrt((grad_w**2).sum())",
        "fit looks at the gradient for w only",
    ),
    Mistake(
        "predict-and-stop",
        "negative-entry",
        "torch.sqrt((grad_w**2).sum() + grad_b**2)",
        "torch.maximum(grad_w.max(), grad_b)",
        "A negative entry is below any tolerance",
    ),
    Mistake(
        "predict-and-stop",
        "never-stops",
        "if length < tolerance or epochs == max_epochs:",
        "if epochs == max_epochs:",
        "fit never stops early",
    ),
    Mistake(
        "predict-and-stop",
        "counts-one-too-many",
        "return w, b, epochs",
        "return w, b, epochs + 1",
        "test the gradient before the update, and count updates",
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


def solved(exercise):
    """The names that a solution defines."""
    return runpy.run_path(str(FOLDER / exercise / "solution.py"))


def test_offset_jumps_and_slope_settles_at_learning_rate_one():
    names = solved("two-rates")
    start = names["w_start"], names["b_start"]
    ws, bs = names["train"](names["X"], names["y"], *start, 1.0, 50)
    assert ws[-2:] == pytest.approx([1.9971, 1.9971], abs=1e-4)
    assert bs[-2:] == pytest.approx([-1.4174, -0.5706], abs=1e-4)


def test_two_features_reach_the_values_of_the_task():
    names = solved("two-features")
    assert names["w"].tolist() == pytest.approx([1.44, -2.89], abs=5e-3)
    assert names["b"].item() == pytest.approx(0.536, abs=5e-4)


def test_target_too_high_changes_no_step_on_the_absolute_error():
    names = solved("absolute-error")
    train, X = names["train"], names["X"]
    assert train(X, names["y_high"]) == train(X, names["y"])
    assert train(X, names["y_low"]) != train(X, names["y"])
