"""Compares R, gamma and the bound with their definitions, on data of its own."""

import torch


def check_bound(attempt, bound, X1, y, theta):
    R, gamma, most = bound(X1, y, theta)
    right_R = X1.norm(dim=1).max().item()
    z = y * (X1 @ theta)
    length = theta.norm().item()
    right = z.min().item() / length

    R = attempt.number(R, "R")
    for slip, words in (
        (right_R**2, "Your R is squared already: it is a length, the root of x.T x."),
        (
            X1[:, :-1].norm(dim=1).max().item(),
            "Your R leaves out the last feature: its 1 counts, since b is in theta.",
        ),
        (X1.norm().item(), "Your R takes all samples together: one length for each."),
        (X1.abs().max().item(), "Your R is the largest entry: take whole samples."),
    ):
        attempt.must(abs(R - slip) > 1e-4, words)
    attempt.equal(R, right_R, {}, "Your R is {mine}; the longest sample has {theirs}.")

    gamma = attempt.number(gamma, "gamma")
    for slip, words in (
        (
            z.min().item(),
            "Your gamma depends on the length of theta: twice theta is the same line. "
            "Divide theta by its length first.",
        ),
        (
            z.mean().item() / length,
            "Your gamma is the mean: the margin is that of the *closest* sample.",
        ),
        (
            (X1 @ theta).min().item() / length,
            "Your gamma forgets the labels: z must be multiplied by y, so that every "
            "sample counts towards its own side.",
        ),
        (z.max().item() / length, "Your gamma is that of the furthest sample."),
        (
            z.min().item() / theta[:-1].norm().item(),
            "Your gamma is the distance in a drawing: the bias belongs to theta's "
            "length "
            "too.",
        ),
    ):
        attempt.must(abs(gamma - slip) > 1e-4, words)
    attempt.equal(gamma, right, {}, "Your gamma is {mine}, and should be {theirs}.")

    most = attempt.number(most, "The bound")
    for slip, words in (
        (right_R / right, "The square is missing"),
        (right_R**2 / right, "The square must be that of the whole quotient"),
        (right_R / right**2, "The square must be that of the whole quotient"),
    ):
        attempt.must(
            abs(most - slip) > 1e-3 * slip, f"{words}: the bound is (R / gamma)^2."
        )
    attempt.equal(
        most, (right_R / right) ** 2, {}, "Your bound is {mine}, and not {theirs}."
    )


def check(attempt):
    bound = attempt.function("bound", "X1, y, theta", "R, gamma, the bound")
    generator = torch.Generator().manual_seed(2)
    theta = torch.tensor([3.0, -1.0, 2.0, 0.5])
    X = 2 * torch.randn(60, 3, generator=generator)
    X1 = torch.cat([X, torch.ones(60, 1)], dim=1)
    X1 = X1[(X1 @ theta).abs() > 1]
    with attempt.own_data(f"{len(X1)} samples of 3 features and a 1"):
        check_bound(attempt, bound, X1, torch.sign(X1 @ theta), theta)
    return (
        "Right. Every line that separates gives a bound, and the one with the widest "
        "margin gives the best."
    )
