"""Tries the reader's fit on data of its own: limit, refusal, stopping, counting."""

import torch


def eigenvalues(X):
    return torch.linalg.eigvalsh(2 / len(X) * X.T @ X)


def gradient(X, y, w, b):
    residual = X @ w + b - y
    return 2 / len(X) * X.T @ residual, 2 * residual.mean().reshape(1)


def updates(X, y, lr, tolerance):
    """How many updates the reference makes."""
    w, b = torch.zeros(X.shape[1]), torch.zeros(1)
    for epochs in range(5000):
        grad_w, grad_b = gradient(X, y, w, b)
        if torch.cat([grad_w, grad_b]).norm() < tolerance:
            return epochs
        w, b = w - lr * grad_w, b - lr * grad_b
    raise AssertionError("the reference does not converge")


def check_limit(attempt, limit, X):
    mine = attempt.number(limit(X), "What limit returns")
    values = eigenvalues(torch.cat([X, torch.ones(len(X), 1)], dim=1))
    attempt.must(
        abs(mine * eigenvalues(X)[-1] / 2 - 1) > 1e-3,
        "Your limit leaves out the bias: the Hessian is that of w and b together, "
        "so take X1, X with a column of ones.",
    )
    attempt.must(
        abs(mine * values[0] / 2 - 1) > 1e-3,
        "Your limit uses the smallest eigenvalue: the steepest direction is the "
        "first to overshoot, and that is the largest.",
    )
    attempt.equal(
        mine,
        2 / values[-1],
        {
            0.5: "Your limit is half of the right one: 1 - lr * lambda stays above "
            "-1 up to lr = 2 / lambda_max.",
            2: "Your limit is twice the right one: the Hessian of the mean squared "
            "error is 2/N X1^T X1, with a 2.",
            1
            / len(
                X
            ): "Your limit is N times too small: the loss is a mean, so its Hessian "
            "is divided by N.",
        },
        "Your limit is {mine}, but 2 / lambda_max is {theirs}.",
    )
    return 2 / values[-1].item()


def check_refusal(attempt, fit, X, y, itself, limit):
    try:
        fit(X, y, 0.99 * limit, 1e-3, 5)
    except ValueError:
        attempt.must(False, "fit refuses 0.99 times the limit: that rate converges.")
    for factor in (1.0001, 1.5):
        try:
            fit(X, y, factor * limit, 1e-3, 5)
        except ValueError as error:
            attempt.must(
                any(f"{limit:.{digits}f}" in str(error) for digits in (2, 3, 4)),
                f'Your ValueError says "{error}". Let it name the limit '
                f"({limit:.4f}), so that whoever reads it knows which rate would do.",
            )
        else:
            attempt.must(
                False,
                f"fit accepts {factor} times the limit: raise ValueError(...) before "
                "the loop when lr is not below limit(X).",
            )
    try:
        fit(X, y, itself, 1e-3, 5)
    except ValueError:
        return
    attempt.must(
        False,
        "fit accepts the limit itself: at that rate one error jumps for ever. Refuse "
        "every lr >= limit(X), not only those above it.",
    )


def check_start(attempt, fit, X, y, lr):
    ends = []
    for seed in (1, 2):
        torch.manual_seed(seed)
        w, b, _ = fit(X, y, lr, 0.0, 3)
        w = attempt.tensor(w, (X.shape[1],), "w")
        ends.append([*w.tolist(), attempt.number(b, "b")])
    attempt.must(
        ends[0] == ends[1],
        "Two calls of fit with the same data give two results: it starts from random "
        "numbers. Start from zeros, so that the count of updates means something.",
    )
    w, b, epochs = fit(X, y, lr, 1e9, 5)
    start = [*w.tolist(), attempt.number(b, "b")]
    attempt.must(
        epochs != 0 or not any(start),
        f"fit starts from {[round(entry, 4) for entry in start]}: start w and b from "
        "zeros.",
    )


def check_stop(attempt, fit, X, y, lr):
    tolerance = 1e-2
    wanted = updates(X, y, lr, tolerance)
    w, b, epochs = fit(X, y, lr, tolerance, 5000)
    w = attempt.tensor(w, (X.shape[1],), "w").float()
    b = torch.tensor([attempt.number(b, "b")])
    epochs = attempt.number(epochs, "The number of updates")
    grad_w, grad_b = gradient(X, y, w, b)
    found = torch.cat([grad_w, grad_b]).norm().item()
    attempt.must(
        epochs < 5000,
        f"fit never stops early: after {wanted} updates the gradient is shorter than "
        "the tolerance.",
    )
    attempt.must(
        not (found >= tolerance and epochs == updates(X, y, lr, tolerance**0.5)),
        f"fit stops too early: the gradient still has length {found:.4f}, with a "
        f"tolerance of {tolerance}. It compares the square of the length: the root of "
        "the sum of squares is missing.",
    )
    attempt.must(
        found < tolerance or torch.cat([grad_w, grad_b]).abs().max() >= tolerance,
        f"fit stops too early: each entry of the gradient is below {tolerance}, but "
        f"its length is {found:.4f}. Take the root of the sum of squares.",
    )
    attempt.must(
        found < tolerance or not grad_w.norm() < tolerance,
        f"fit looks at the gradient for w only: when it stops, that for b is still "
        f"{grad_b.item():.4f}.",
    )
    attempt.must(
        found < 1.001 * tolerance,
        f"fit stops too early: the gradient still has length {found:.4f}, with a "
        f"tolerance of {tolerance}. A negative entry is below any tolerance: take "
        "the norm, which squares the entries.",
    )
    attempt.must(
        abs(epochs - wanted) != 1,
        f"Your count is {epochs:.0f}, but {wanted} updates were made: test the "
        "gradient before the update, and count updates.",
    )
    attempt.must(
        epochs == wanted,
        f"fit stops after {epochs:.0f} updates, but {wanted} are enough: is the "
        "length that of the gradient for w and b together, sqrt(sum of squares)?",
    )
    _, _, epochs = fit(X, y, lr, 0.0, 7)
    attempt.must(
        epochs == 7,
        f"With max_epochs=7 and a tolerance of 0, fit must return after 7 updates; "
        f"yours says {epochs}.",
    )


def check(attempt):
    generator = torch.Generator().manual_seed(19)
    X = torch.randn(40, 3, generator=generator) + torch.tensor([1.0, -0.5, 0.5])
    y = X @ torch.tensor([1.0, -2.0, 0.5]) + 5 + torch.randn(40, generator=generator)
    limit = attempt.function("limit", "X", "the limit")
    with attempt.own_data("40 samples of 3 features"):
        right = check_limit(attempt, limit, X)
    fit = attempt.function("fit", "X, y, lr, tolerance, max_epochs", "w, b, epochs")
    with attempt.own_data("40 samples of 3 features"):
        check_refusal(attempt, fit, X, y, limit(X), right)
        check_start(attempt, fit, X, y, 0.5 * right)
        check_stop(attempt, fit, X, y, 0.5 * right)
    return (
        "Right: a fit that knows when to stop and when not to start. For a model whose "
        "Hessian one cannot write down, only the first half remains."
    )
