"""Compares the reader's gradient for W and b with autograd's for nn.MSELoss."""

import torch
from torch import nn


def check_gradients(attempt, gradient, X, Y, W, b):
    (N, D), K = X.shape, len(b)
    grad_W, grad_b = gradient(X, Y, W.detach(), b.detach())
    attempt.must(
        tuple(getattr(grad_W, "shape", ())) != (D, K),
        f"Your gradient for W has shape {(D, K)}, but W has {(K, D)}: it is "
        "transposed. A gradient has the shape of its parameter: R.T @ X, not "
        "X.T @ R.",
    )
    attempt.must(
        tuple(getattr(grad_b, "shape", ())) not in ((), (1,)),
        f"Your gradient for b is one number, but b has {K} entries: sum over the "
        "samples (dim=0), not over the targets.",
    )
    attempt.must(
        tuple(getattr(grad_b, "shape", ())) != (N,),
        f"Your gradient for b has {N} entries, one a sample: sum over the samples "
        "(dim=0), not over the targets.",
    )
    for name, mine, theirs in (
        ("W", attempt.tensor(grad_W, (K, D), "Your gradient for W"), W.grad),
        ("b", attempt.tensor(grad_b, (K,), "Your gradient for b"), b.grad),
    ):
        attempt.equal(
            mine,
            theirs,
            {
                0.5: f"Your gradient for {name} is half of what autograd gets: "
                "where did the 2 go?",
                K: f"Your gradient for {name} is K times what autograd gets: "
                "nn.MSELoss divides by all N * K entries, not by the N samples "
                "alone.",
                N: f"Your gradient for {name} is N times what autograd gets: "
                "nn.MSELoss divides by all N * K entries, not by the K targets "
                "alone.",
                N * K: f"Your gradient for {name} is N * K times what autograd gets: "
                'that of reduction="sum". nn.MSELoss takes the mean.',
                N * K / (5 * 2): f"Your gradient for {name} divides by N * K of "
                "the starting file, 5 * 2: take N and K from the shapes, or "
                "R.numel() for both.",
                N / 5: f"Your gradient for {name} divides by the 5 samples of the "
                "starting file: take N from the shapes.",
                K / 2: f"Your gradient for {name} divides by the 2 targets of the "
                "starting file: take K from the shapes.",
                N * K / 5: f"Your gradient for {name} divides by the 5 samples of "
                "the starting file: nn.MSELoss divides by N and K, both taken from "
                "the shapes.",
                -1: f"Your gradient for {name} points the wrong way: the "
                "residual is the prediction minus the target.",
            },
            f"Your gradient for {name} is {{mine}}, autograd gets {{theirs}}. "
            "Write out one entry as a sum over i, and differentiate that.",
        )


def check(attempt):
    gradient = attempt.function("gradient", "X, Y, W, b", "grad_W, grad_b")
    generator = torch.Generator().manual_seed(17)
    for N, D, K in ((7, 4, 3), (11, 2, 5)):
        X = torch.randn(N, D, generator=generator)
        Y = torch.randn(N, K, generator=generator)
        W = torch.randn(K, D, generator=generator, requires_grad=True)
        b = torch.randn(K, generator=generator, requires_grad=True)
        nn.MSELoss()(X @ W.T + b, Y).backward()
        with attempt.own_data(f"{N} samples, {D} features and {K} targets"):
            check_gradients(attempt, gradient, X, Y, W, b)
    return (
        "Right: residuals transposed times inputs, as in every linear layer of this "
        "book. nn.MSELoss divides by N * K, so with more targets the same rate "
        "takes shorter steps."
    )
