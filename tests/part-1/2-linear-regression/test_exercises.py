"""Each exercise: starting file fails, solution passes, classic mistakes are named."""

import runpy
from dataclasses import dataclass
from itertools import pairwise
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
        "grad_b = 2 * residual.mean()\n        w = w - lr * grad_w",
        "w = w - lr * grad_w\n        grad_b = 2 * (w * X + b - y).mean()",
        "Your gradient for b is worked out after w has moved",
    ),
    Mistake(
        "two-rates",
        "words-missing",
        '    1.2: ("settles", "explodes"),\n',
        "",
        "`predicted` must hold two words for the rate 1.2",
    ),
    Mistake(
        "two-rates",
        "offset-said-to-settle",
        '1.0: ("settles", "jumps")',
        '1.0: ("settles", "settles")',
        'What b does at rate 1.0 is not "settles". One step multiplies its distance '
        "by 1 - 2 = -1",
    ),
    Mistake(
        "two-rates",
        "offset-said-to-creep-at-a-half",
        '0.5: ("settles", "lands")',
        '0.5: ("settles", "settles")',
        "what does a single step leave of the distance?",
    ),
    Mistake(
        "two-rates",
        "slope-said-to-explode-with-the-offset",
        '1.2: ("settles", "explodes")',
        '1.2: ("explodes", "explodes")',
        "0.18: between -1 and 1, whatever b does meanwhile.",
    ),
    Mistake(
        "two-rates",
        "no-prediction",
        '0.01: ("creeps", "creeps")',
        '0.01: (..., "creeps")',
        "What w does at rate 0.01 is still `...`: put your prediction in its place.",
    ),
    Mistake(
        "two-rates",
        "no-such-word",
        '0.01: ("creeps", "creeps")',
        '0.01: ("slow", "creeps")',
        "must be one of 'lands', 'settles'",
    ),
    Mistake(
        "two-rates",
        "rate-where-b-jumps",
        "rate_where_w_jumps = 2.94",
        "rate_where_w_jumps = 1.0",
        "At rate 1 it is b that jumps.",
    ),
    Mistake(
        "two-rates",
        "rate-where-w-lands",
        "rate_where_w_jumps = 2.94",
        "rate_where_w_jumps = 1.47",
        "w would land, not jump",
    ),
    Mistake(
        "two-rates",
        "rate-too-large",
        "rate_where_w_jumps = 2.94",
        "rate_where_w_jumps = 3",
        "At rate 3 the factor for w is -1.04. To jump for ever it must be -1",
    ),
    Mistake(
        "two-rates",
        "offset-said-to-jump-along",
        'b_at_that_rate = "explodes"',
        'b_at_that_rate = "jumps"',
        "At 2.94 its factor is 1 - 5.88 = -4.88.",
    ),
    Mistake(
        "two-rates",
        "in-place",
        "w = w - lr * grad_w\n        b = b - lr * grad_b",
        "w -= lr * grad_w\n        b -= lr * grad_b",
        "Your loop changes the w and the b that it was given",
    ),
    Mistake(
        "two-rates",
        "recorded-before-the-update",
        "        w = w - lr * grad_w\n        b = b - lr * grad_b\n"
        "        ws.append(w.item())\n        bs.append(b.item())\n",
        "        ws.append(w.item())\n        bs.append(b.item())\n"
        "        w = w - lr * grad_w\n        b = b - lr * grad_b\n",
        "Your lists are late by one",
    ),
    Mistake(
        "two-rates",
        "tensors-recorded",
        "ws.append(w.item())\n        bs.append(b.item())",
        "ws.append(w)\n        bs.append(b)",
        "append the number alone, use .item()",
    ),
    Mistake(
        "two-rates",
        "samples-of-the-file",
        "grad_w = 2 * (residual * X).mean()\n        grad_b = 2 * residual.mean()",
        "grad_w = 2 / 100 * (residual * X).sum()\n"
        "        grad_b = 2 / 100 * residual.sum()",
        "divide by the 100 samples of the starting file: take the number from X, or "
        "use .mean(). (The check uses data of its own: 20 samples of 1 feature",
    ),
    # half-the-loss
    Mistake(
        "half-the-loss",
        "gradient-of-L",
        "return (residual * X).mean(), residual.mean()",
        "return 2 * (residual * X).mean(), 2 * residual.mean()",
        "Your gradient for w is twice what autograd gets: that is the gradient of L.",
    ),
    Mistake(
        "half-the-loss",
        "halved-twice",
        "return (residual * X).mean(), residual.mean()",
        "return (residual * X).mean(), residual.mean() / 2",
        "Your gradient for b is half of what autograd gets",
    ),
    Mistake(
        "half-the-loss",
        "sum-for-mean",
        "return (residual * X).mean(), residual.mean()",
        "return (residual * X).sum(), residual.sum()",
        "Your gradient for w is n times what autograd gets",
    ),
    Mistake(
        "half-the-loss",
        "target-minus-prediction",
        "residual = w * X + b - y\n    return (residual",
        "residual = y - w * X - b\n    return (residual",
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
    Mistake(
        "half-the-loss",
        "samples-of-the-file",
        "return (residual * X).mean(), residual.mean()",
        "return (residual * X).sum() / 100, residual.sum() / 100",
        ".mean(). (The check uses data of its own: 8 samples of 1 feature.)",
    ),
    Mistake(
        "half-the-loss",
        "printed-not-returned",
        "return (residual * X).mean(), residual.mean()",
        "print((residual * X).mean(), residual.mean())",
        "your function `gradient_J` returns nothing yet: does it end with `return",
    ),
    Mistake(
        "half-the-loss",
        "rate-printed-not-returned",
        "return 2 * lr",
        "print(2 * lr)",
        "your function `rate_for_J` returns nothing yet",
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
        "After the first epoch w is no longer the tensor made with requires_grad=True",
    ),
    Mistake(
        "autograd",
        "new-tensor-for-b-alone",
        "b -= lr * b.grad",
        "b = b - lr * b.grad",
        "After the first epoch b is no longer the tensor made with requires_grad=True",
    ),
    Mistake(
        "autograd",
        "new-tensor-recorded",
        "        with torch.no_grad():\n            w -= lr * w.grad  # 4. update\n"
        "            b -= lr * b.grad\n",
        "        w = w - lr * w.grad\n        b = b - lr * b.grad\n",
        "the tensor is no longer the one made with requires_grad=True",
    ),
    Mistake(
        "autograd",
        "b-not-watched",
        "b_start.clone().requires_grad_()",
        "b_start.clone()",
        "b gets no gradient: the first backward() met no b made with requires_grad",
    ),
    Mistake(
        "autograd",
        "callers-tensors-watched",
        ".clone().requires_grad_()",
        ".requires_grad_()",
        "train changes the w_start and the b_start that it was given",
    ),
    Mistake(
        "autograd",
        "callers-numbers-shared",
        ".clone().requires_grad_()",
        ".detach().requires_grad_()",
        "a second call would begin where the first one ended",
    ),
    Mistake(
        "autograd",
        "new-numbers",
        "w_start.clone().requires_grad_()",
        "torch.randn(len(w_start), requires_grad=True)",
        "start from the w and b you were given",
    ),
    Mistake(
        "autograd",
        "cleared-before-the-update",
        "        with torch.no_grad():\n",
        "        w.grad = None\n        b.grad = None\n        with torch.no_grad():\n",
        "The .grad of w is cleared between backward() and the update",
    ),
    Mistake(
        "autograd",
        "set-to-zero-before-the-update",
        "        with torch.no_grad():\n",
        "        w.grad.zero_()\n        b.grad.zero_()\n"
        "        with torch.no_grad():\n",
        "is .grad cleared between backward() and the update?",
    ),
    Mistake(
        "autograd",
        "cleared-before-the-first-backward",
        "        loss.backward()  # 3. gradient\n",
        "        w.grad.zero_()\n        b.grad.zero_()\n        loss.backward()\n",
        "as it is before the first backward()",
    ),
    Mistake(
        "autograd",
        "starting-values-returned",
        "return w, b, losses",
        "return w_start, b_start, losses",
        "return the tensors that the update moves",
    ),
    Mistake(
        "autograd",
        "half-a-step",
        "w -= lr * w.grad",
        "w -= lr / 2 * w.grad",
        "Are both .grad cleared, and both updated? (The check uses data of its own: "
        "20 samples of 3 features, and its own start.)",
    ),
    Mistake(
        "autograd",
        "gradient-of-the-other",
        "w -= lr * w.grad",
        "w -= lr * b.grad",
        "You move w by the gradient of b: w has a .grad of its own.",
    ),
    Mistake(
        "autograd",
        "losses-after-the-update",
        "losses.append(loss.item())",
        "losses.append(((X @ w + b - y) ** 2).mean().item())",
        "record the mean squared error of each epoch, before its update",
    ),
    Mistake(
        "autograd",
        "backward-for-show",
        "w -= lr * w.grad  # 4. update\n            b -= lr * b.grad",
        "w -= lr * 2 / len(X) * X.T @ (y_hat - y)\n"
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
        "return 2 / len(X) * X.T @ residual, 2 * residual.mean()",
        "return X.T @ residual / len(X), residual.mean()",
        "Your gradient for w is half of what autograd gets: where did the 2 go?",
    ),
    Mistake(
        "two-features",
        "no-transpose",
        "X.T @ residual",
        "X @ residual",
        "Two shapes do not fit",
    ),
    Mistake(
        "two-features",
        "mean-over-everything",
        "2 / len(X) * X.T @ residual",
        "2 * (X * residual.unsqueeze(1)).mean()",
        "but w has 3 entries: the mean runs over the samples only, not over the "
        "features. "
        "(The check uses data of its own: 7 samples of 3 features.)",
    ),
    Mistake(
        "two-features",
        "python-loop",
        "2 / len(X) * X.T @ residual",
        "2 * torch.stack([(X[:, d] * residual).mean() for d in range(X.shape[1])])",
        "`gradient` loops in Python",
    ),
    Mistake(
        "two-features",
        "another-rate",
        "lr, num_epochs = 0.1, 50",
        "lr, num_epochs = 0.5, 50",
        "leave the data, the rate 0.1 and the 50 epochs as they were",
    ),
    Mistake(
        "two-features",
        "prediction-without-b",
        "return X @ w + b",
        "return X @ w",
        "Your predictions are off by b everywhere",
    ),
    Mistake(
        "two-features",
        "features-kept-apart",
        "return X @ w + b",
        "return X * w + b",
        "X * w keeps the features apart",
    ),
    Mistake(
        "two-features",
        "prediction-as-a-column",
        "return X @ w + b",
        "return (X @ w + b).unsqueeze(1)",
        "every prediction against every target",
    ),
    Mistake(
        "two-features",
        "prediction-transposed",
        "return X @ w + b",
        "return w @ X + b",
        "say what each number counts: samples, features or targets?",
    ),
    Mistake(
        "two-features",
        "two-features-by-name",
        "return X @ w + b",
        "return w[0] * X[:, 0] + w[1] * X[:, 1] + b",
        "use the first two features only: X @ w takes them all",
    ),
    Mistake(
        "two-features",
        "two-gradients-by-name",
        "2 / len(X) * X.T @ residual",
        "2 * torch.stack([(X[:, 0] * residual).mean(), (X[:, 1] * residual).mean()])",
        "Your gradient for w has 2 entries, but w has 3: X.T @ residual gives one",
    ),
    Mistake(
        "two-features",
        "divided-by-features",
        "2 / len(X) * X.T",
        "2 / X.shape[1] * X.T",
        "divided by the 3 features, X.shape[1], in place of the samples",
    ),
    Mistake(
        "two-features",
        "samples-of-the-file",
        "2 / len(X) * X.T",
        "2 / 100 * X.T",
        ".mean(). (The check uses data of its own: 7 samples of 3 features.)",
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
        "squared, a residual of 20 pulls 20 times as hard",
    ),
    Mistake(
        "absolute-error",
        "samples-of-the-file",
        "return (sign * X).mean(), sign.mean()",
        "return (sign * X).sum() / 100, sign.sum() / 100",
        ".mean(). (The check uses data of its own: 9 samples of 1 feature.)",
    ),
    # several-targets
    Mistake(
        "several-targets",
        "no-2",
        "return 2 / R.numel() * R.T @ X, 2 / R.numel() * R.sum(dim=0)",
        "return R.T @ X / R.numel(), R.sum(dim=0) / R.numel()",
        "Your gradient for W is half of what autograd gets: where did the 2 go?",
    ),
    Mistake(
        "several-targets",
        "no-K",
        "return 2 / R.numel() * R.T @ X, 2 / R.numel() * R.sum(dim=0)",
        "return 2 / len(X) * R.T @ X, 2 * R.mean(dim=0)",
        "Your gradient for W is K times what autograd gets",
    ),
    Mistake(
        "several-targets",
        "no-K-in-b-alone",
        "2 / R.numel() * R.sum(dim=0)",
        "2 * R.mean(dim=0)",
        "Your gradient for b is K times what autograd gets",
    ),
    Mistake(
        "several-targets",
        "sum-for-mean",
        "return 2 / R.numel() * R.T @ X, 2 / R.numel() * R.sum(dim=0)",
        "return 2 * R.T @ X, 2 * R.sum(dim=0)",
        'that of reduction="sum"',
    ),
    Mistake(
        "several-targets",
        "transposed",
        "R.T @ X",
        "X.T @ R",
        "it is transposed. A gradient has the shape of its parameter",
    ),
    Mistake(
        "several-targets",
        "summed-over-the-targets",
        "R.sum(dim=0)",
        "R.sum(dim=1)",
        "Your gradient for b has 7 entries, one a sample: sum over the samples (dim=0)",
    ),
    Mistake(
        "several-targets",
        "one-bias",
        "R.sum(dim=0)",
        "R.sum()",
        "but b has 3 entries: sum over the samples (dim=0), not over the targets. (The "
        "check uses data of its own: 7 samples, 4 features and 3 targets.)",
    ),
    Mistake(
        "several-targets",
        "sizes-of-the-file",
        "2 / R.numel()",
        "2 / (N * K)",
        "divides by N * K of the starting file, 5 * 2: take N and K from the shapes",
    ),
    Mistake(
        "several-targets",
        "samples-of-the-file",
        "2 / R.numel()",
        "2 / (N * W.shape[0])",
        "divides by the 5 samples of the starting file: take N from the shapes",
    ),
    Mistake(
        "several-targets",
        "targets-of-the-file",
        "2 / R.numel()",
        "2 / (len(X) * K)",
        "divides by the 2 targets of the starting file: take K from the shapes",
    ),
    Mistake(
        "several-targets",
        "samples-of-the-file-alone",
        "2 / R.numel()",
        "2 / N",
        "the 5 samples of the starting file: nn.MSELoss divides by N and K",
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
        "X1 = torch.cat([X, torch.ones(len(X), 1)], dim=1)",
        "X1 = X",
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
    Mistake(
        "predict-and-stop",
        "limit-itself-accepted",
        "if lr >= limit(X):",
        "if lr > limit(X):",
        "fit accepts the limit itself: at that rate one error jumps for ever",
    ),
    Mistake(
        "predict-and-stop",
        "random-start",
        "torch.zeros(X.shape[1]), torch.zeros(1)",
        "torch.randn(X.shape[1]), torch.randn(1)",
        "it starts from random numbers. Start from zeros",
    ),
    Mistake(
        "predict-and-stop",
        "start-from-ones",
        "torch.zeros(X.shape[1]), torch.zeros(1)",
        "torch.ones(X.shape[1]), torch.ones(1)",
        "fit starts from [1.0, 1.0, 1.0, 1.0]: start w and b from zeros",
    ),
    Mistake(
        "predict-and-stop",
        "no-square-root",
        "torch.sqrt((grad_w**2).sum() + grad_b**2)",
        "(grad_w**2).sum() + grad_b**2",
        "It compares the square of the length: the root of the sum",
    ),
    Mistake(
        "predict-and-stop",
        "largest-entry",
        "torch.sqrt((grad_w**2).sum() + grad_b**2)",
        "torch.maximum(grad_w.abs().max(), grad_b.abs())",
        "each entry of the gradient is below 0.01, but its length is",
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


def test_function_that_stops_on_the_checks_data_is_told_their_sizes(tmp_path):
    solution = (FOLDER / "two-features" / "solution.py").read_text("utf-8")
    file = tmp_path / "attempt.py"
    by_name = "X @ torch.stack([w[0], w[1]]) + b"
    file.write_text(solution.replace("X @ w + b", by_name), "utf-8")
    told = answer("two-features", file).text
    assert "size mismatch" in told or "shapes cannot be multiplied" in told
    assert told.endswith("(The check uses data of its own: 7 samples of 3 features.)")


def test_offset_trained_by_hand_beside_a_watched_slope_is_named(tmp_path):
    solution = (FOLDER / "autograd" / "solution.py").read_text("utf-8")
    file = tmp_path / "attempt.py"
    by_hand = "b -= lr * 2 * (y_hat - y).mean()"
    solution = solution.replace("b_start.clone().requires_grad_()", "b_start.clone()")
    file.write_text(solution.replace("b -= lr * b.grad", by_hand), "utf-8")
    told = answer("autograd", file).text
    assert "b takes no part in backward(): was it made with requires_grad=True?" in told


def solved(exercise):
    """The names that a solution defines."""
    return runpy.run_path(str(FOLDER / exercise / "solution.py"))


def test_offset_jumps_and_slope_settles_at_learning_rate_one():
    names = solved("two-rates")
    start = names["w_start"], names["b_start"]
    ws, bs = names["train"](names["X"], names["y"], *start, 1.0, 50)
    assert ws[-2:] == pytest.approx([1.9971, 1.9971], abs=1e-4)
    assert bs[-2:] == pytest.approx([-1.4174, -0.5706], abs=1e-4)


def test_slope_jumps_and_offset_explodes_at_one_over_the_mean_square():
    names = solved("two-rates")
    start = names["w_start"], names["b_start"]
    rate = 1 / (names["X"] ** 2).mean().item()
    assert rate == pytest.approx(names["rate_where_w_jumps"], abs=5e-3)
    ws, bs = names["train"](names["X"], names["y"], *start, rate, 10)
    assert ws[::2] == pytest.approx([ws[0]] * 5)
    assert ws[1::2] == pytest.approx([start[0].item()] * 5)
    growth = [
        abs(late - names["b_best"]) / abs(early - names["b_best"])
        for early, late in pairwise(bs)
    ]
    assert growth == pytest.approx([2 * rate - 1] * 9)


def test_in_float32_the_exploding_offset_moves_the_slope():
    names = solved("two-rates")
    data = [names[name].float() for name in ("X", "y", "w_start", "b_start")]
    ws, _ = names["train"](*data, 1.2, 50)
    assert abs(ws[-1] - names["w_best"]) > 1e-3


def test_two_features_reach_the_values_of_the_task():
    names = solved("two-features")
    assert names["w"].tolist() == pytest.approx([1.44, -2.89], abs=5e-3)
    assert names["b"].item() == pytest.approx(0.536, abs=5e-4)


def test_autograd_reaches_the_numbers_of_two_features_by_hand():
    by_hand, by_autograd = solved("two-features"), solved("autograd")
    data = [by_autograd[name] for name in ("X", "y", "w_start", "b_start")]
    w, b, losses = by_autograd["train"](*data, 0.1, 50)
    assert w.tolist() == pytest.approx(by_hand["w"].tolist())
    assert b.item() == pytest.approx(by_hand["b"].item())
    assert losses[-1] < losses[0]


def test_words_on_a_function_come_with_the_line_where_the_file_stops(tmp_path):
    solution = (FOLDER / "several-targets" / "solution.py").read_text("utf-8")
    file = tmp_path / "attempt.py"
    file.write_text(solution.replace("R.T @ X", "X.T @ R"), "utf-8")
    first, second = answer("several-targets", file).messages
    assert "it is transposed" in first
    assert second.startswith("Your file itself stops here:\nattempt.py, line ")
    assert "RuntimeError: The size of tensor a" in second


def test_target_too_high_changes_no_step_on_the_absolute_error():
    names = solved("absolute-error")
    train, X = names["train"], names["X"]
    assert train(X, names["y_high"]) == train(X, names["y"])
    assert train(X, names["y_low"]) != train(X, names["y"])
