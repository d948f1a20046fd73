"""Compares the reader's gradient of the mean absolute error with autograd."""

import torch


def gradients(X, y, w, b, loss):
    """Autograd's gradients for w and b, of a loss of the residuals."""
    w, b = w.clone().requires_grad_(), b.clone().requires_grad_()
    loss(w * X + b - y).backward()
    return w.grad.item(), b.grad.item()


def check_gradient(attempt, gradient, X, y, w, b):
    theirs = gradients(X, y, w, b, lambda r: r.abs().mean())
    squares = gradients(X, y, w, b, lambda r: (r**2).mean())
    results = gradient(X, y, w, b)
    mine = [
        attempt.number(value, f"Your gradient for {name}")
        for name, value in zip("wb", results, strict=True)
    ]
    for factor in (1, 0.5):
        attempt.must(
            not torch.allclose(torch.tensor(mine), factor * torch.tensor(squares)),
            "This is the gradient of a squared error. The derivative of |r| is only "
            "its sign: 1 where the prediction is too high, -1 where it is too low, "
            "however far.",
        )
    attempt.must(
        abs(mine[0] - theirs[1]) > 1e-5,
        "Your gradient for w is that for b: the chain rule brings a factor x into w's.",
    )
    for name, value, right in zip("wb", mine, theirs, strict=True):
        attempt.equal(
            value,
            right,
            {
                -1: f"Your gradient for {name} points the wrong way: take the sign "
                "of the prediction minus the target.",
                9: f"Your gradient for {name} is N times what autograd gets: it is a "
                "mean over the samples, not a sum.",
                9 / 100: f"Your gradient for {name} divides by the 100 samples of the "
                "starting file: take N from the shape, len(X), or use .mean().",
                2: f"Your gradient for {name} is twice what autograd gets: the 2 "
                "came from the square, and there is none here.",
            },
            f"Your gradient for {name} is {{mine}}, autograd gets {{theirs}}: the "
            "derivative of |r| is the sign of r.",
        )


def check(attempt):
    gradient = attempt.function("gradient", "X, y, w, b", "grad_w, grad_b")
    generator = torch.Generator().manual_seed(13)
    X = torch.randn(9, 1, generator=generator) + 0.5
    y = 3 * torch.randn(9, 1, generator=generator)
    w, b = torch.tensor([0.75]), torch.tensor([-0.5])
    with attempt.own_data("9 samples of 1 feature"):
        check_gradient(attempt, gradient, X, y, w, b)

    attempt.must(
        attempt.steadier in ("squares", "absolute"),
        '`steadier` must be "squares" or "absolute".',
    )
    attempt.must(
        attempt.steadier == "absolute",
        "Run your file and compare the slopes: squared, a residual of 20 pulls 20 "
        "times as hard as one of 1; its absolute value pulls with the sign only.",
    )
    return (
        "Right: every sample pulls with the same force, near or far, so one wild "
        "target hardly moves the line. The price is the corner at 0, where a fixed "
        "rate never quite comes to rest."
    )
