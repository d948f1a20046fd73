"""Runs the reader's loop on a loss of the check's own and compares the path."""

import math

import torch


def quartic(x):
    return 0.25 * x**4 - x  # minimum at 1


def walk(lr, num_steps, kept=0.0):
    """The path by hand; kept is the share of the old gradient that stays."""
    x, gradient, path = 1.8, 0.0, [1.8]
    for _ in range(num_steps):
        gradient = kept * gradient + x**3 - 1
        x = x - lr * gradient
        path.append(x)
    return path


def close(mine, theirs):
    return len(mine) == len(theirs) and all(
        math.isclose(a, b, rel_tol=1e-3, abs_tol=1e-4)
        for a, b in zip(mine, theirs, strict=True)
    )


def check_minimise(attempt, minimise):
    try:
        path, losses = minimise(quartic, 1.8, 0.05, 8)
    except (RuntimeError, TypeError) as error:
        for sign, words in (
            (
                "does not require grad",
                "backward() finds nothing that is watched. In the first step: was x "
                "made with requires_grad=True, and the loss from x itself? In the "
                "second step: `x = x - ...` makes a new tensor that is not watched; "
                "write `x -= ...`.",
            ),
            (
                "in-place operation",
                "The update is recorded as if it were part of the loss: put it under "
                "`with torch.no_grad():`.",
            ),
            (
                "NoneType",
                "x.grad is None in the second step: `x = x - ...` makes a new tensor "
                "that is not watched. Write `x -= ...`, under torch.no_grad().",
            ),
        ):
            attempt.must(sign not in str(error), words)
        raise
    attempt.must(
        all(isinstance(value, float) for value in [*path, *losses]),
        "path and losses must hold floats; yours hold tensors, which keep their graph "
        "or change later: append x.item() and loss.item().",
    )
    right = walk(0.05, 8)
    for slip, words in (
        (
            walk(0.05, 8, kept=1.0),
            "Your gradients pile up: backward() adds to x.grad. "
            "Clear it in every step.",
        ),
        (walk(-0.05, 8), "Your loop walks uphill: the update subtracts the gradient."),
        (right[1:], "Your path lacks the start: append x.item() before the loop too."),
        (right[:-1], "Your path lacks the last x: append after the update."),
        ([1.8] * 9, "Your x never moves: is x.grad cleared before the update?"),
    ):
        attempt.must(not close(path, slip), words)
    attempt.must(
        close(path, right),
        f"On x^4 / 4 - x from 1.8 your path begins {[round(x, 4) for x in path[:3]]}, "
        f"and should begin {[round(x, 4) for x in right[:3]]}.",
    )
    values = [0.25 * x**4 - x for x in right]
    attempt.must(
        not close(losses, values[1:]),
        "Your losses are those after each step: record the loss that backward() saw.",
    )
    attempt.must(
        close(losses, values[:-1]),
        f"For 8 steps losses must hold the 8 losses before each update; yours begin "
        f"{[round(x, 4) for x in losses[:3]]}.",
    )
    again, _ = minimise(quartic, 1.8, 0.05, 8)
    attempt.must(
        close(again, right),
        "A second call does not take the same path: does the watched tensor, or its "
        "gradient, live outside minimise?",
    )


def check(attempt):
    minimise = attempt.function(
        "minimise", "loss_fn, x_start, lr, num_steps", "path, losses"
    )
    calls = []
    original = torch.Tensor.backward

    def watched(self, *args, **kwargs):
        calls.append(1)
        return original(self, *args, **kwargs)

    torch.Tensor.backward = watched
    try:
        with attempt.own_data("the loss x^4 / 4 - x, 8 steps"):
            check_minimise(attempt, minimise)
    finally:
        torch.Tensor.backward = original
    attempt.must(
        calls, "Your loop never calls backward(): let autograd find the slope."
    )
    return (
        "Right: a new loss, and not a line of the loop had to change. Nothing is "
        "forgotten, and the old gradient is."
    )
