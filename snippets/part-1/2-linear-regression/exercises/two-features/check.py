"""Compares the reader's gradient with autograd for two shapes, then the training."""

import ast

import torch

LOOPS = ast.For | ast.While | ast.ListComp | ast.GeneratorExp


def check_functions(attempt, predict, gradient, data):
    X, y, w, b = data
    N, D = X.shape
    y_hat = X @ w + b
    ((y_hat - y) ** 2).mean().backward()

    mine = predict(X, w.detach(), b.detach())
    shape = tuple(getattr(mine, "shape", ()))
    attempt.must(
        shape != (N, D),
        f"Your prediction has shape {(N, D)}: "
        "X * w keeps the features apart. A prediction is their sum, X @ w.",
    )
    attempt.must(
        shape != (N, 1),
        f"Your prediction has shape {(N, 1)}, not {(N,)}: "
        f"minus y it would be broadcast to {(N, N)}, every prediction against "
        "every target.",
    )
    mine = attempt.tensor(mine, (N,), "Your prediction")
    attempt.must(
        not torch.allclose(mine, (y_hat - b).detach().double(), atol=1e-4),
        "Your predictions are off by b everywhere: add it.",
    )
    first_two = X[:, :2] @ w[:2] + b
    attempt.must(
        D == 2 or not torch.allclose(mine, first_two.detach().double(), atol=1e-4),
        "Your predictions use the first two features only: "
        "X @ w takes them all, however many there are.",
    )
    attempt.equal(
        mine,
        y_hat,
        {},
        "Your predictions are {mine}, but they must be {theirs}: each is the dot "
        "product of one row of X with w, plus b.",
    )
    grad_w, grad_b = gradient(X, y, w.detach(), b.detach())
    shape = tuple(getattr(grad_w, "shape", ()))
    attempt.must(
        D == 2 or shape != (2,),
        f"Your gradient for w has 2 entries, but w has {D}: X.T @ residual gives "
        "one for each feature.",
    )
    attempt.must(
        shape not in ((), (1,)),
        f"Your gradient for w is one number, but w has {D} entries: the mean "
        "runs over the samples only, not over the features.",
    )
    grad_w = attempt.tensor(grad_w, (D,), "Your gradient for w")
    for name, mine, theirs in (
        ("w", grad_w, w.grad),
        ("b", attempt.number(grad_b, "Your gradient for b"), b.grad.item()),
    ):
        attempt.equal(
            mine,
            theirs,
            {
                0.5: f"Your gradient for {name} is half of what autograd gets: "
                "where did the 2 go?",
                -1: f"Your gradient for {name} points the wrong way: the "
                "residual is the prediction minus the target.",
                N: f"Your gradient for {name} is N times what autograd gets: the "
                "loss is a mean over the samples, so divide by N.",
                N / D: f"Your gradient for {name} is divided by the {D} features, "
                "X.shape[1], in place of the samples: their number is len(X).",
                N / 100: f"Your gradient for {name} divides by the 100 samples of "
                "the starting file: take N from the shape, len(X), or use .mean().",
                1 / D: f"Your gradient for {name} is divided by the number of "
                "features too: the mean runs over the samples only.",
            },
            f"Your gradient for {name} is {{mine}}, autograd gets {{theirs}}.",
        )


def check(attempt):
    predict = attempt.function("predict", "X, w, b", "y_hat")
    gradient = attempt.function("gradient", "X, y, w, b", "grad_w, grad_b")
    generator = torch.Generator().manual_seed(11)
    for N, D in ((7, 3), (5, 2)):
        X = torch.randn(N, D, generator=generator) + 0.5
        y = torch.randn(N, generator=generator)
        w = torch.randn(D, generator=generator, requires_grad=True)
        b = torch.randn(1, generator=generator, requires_grad=True)
        with attempt.own_data(f"{N} samples of {D} features"):
            check_functions(attempt, predict, gradient, (X, y, w, b))

    for node in ast.walk(ast.parse(attempt.source)):
        if isinstance(node, ast.FunctionDef) and node.name in ("predict", "gradient"):
            attempt.must(
                not any(isinstance(inner, LOOPS) for inner in ast.walk(node)),
                f"Right so far, but `{node.name}` loops in Python: X @ w and X.T @ "
                "residual do all samples and features at once.",
            )
    learned = torch.cat(
        [attempt.tensor(attempt.w, (2,), "w"), attempt.tensor(attempt.b, (1,), "b")]
    )
    attempt.must(
        torch.allclose(
            learned.float(), torch.tensor([1.4417, -2.8892, 0.5356]), atol=2e-3
        ),
        "Your functions are right, but the training ends at w and b = "
        f"{[round(entry, 4) for entry in learned.tolist()]} and not near (1.44, "
        "-2.89), 0.536: leave the data, the rate 0.1 and the 50 epochs as they were.",
    )
    return (
        "Right: the same two lines would train a hundred features. The weights are "
        "not at 1.5 and -3 yet because 50 epochs at 0.1 are few for features this "
        "small."
    )
