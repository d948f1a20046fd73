"""Asks for the fault of each run, and compares the limit with one of its own."""

import torch

RIGHT = {
    "A": ("jumps", "it falls at once and then stands exactly still, far too high"),
    "B": ("not cleared", "it falls, rises and falls again, without an end"),
    "C": ("rate too small", "it falls at every step, smoothly, and is far from done"),
    "D": ("rate too large", "it grows, faster and faster"),
    "E": ("healthy", "it reaches about 0.01, the variance of the noise"),
    "F": ("shape", "it settles at the variance of the targets, as a level line does"),
}


def check_limit(attempt, limit):
    torch.manual_seed(3)
    X = torch.cat([3 * torch.randn(40, 2), torch.ones(40, 1)], dim=1)
    values = torch.linalg.eigvalsh(2 / 40 * X.T @ X)
    with attempt.own_data("40 samples, 2 features and a column of ones"):
        attempt.equal(
            attempt.number(limit(X), "the limit"),
            2 / values[-1],
            {
                0.5: "Half of it: the Hessian of the mean squared error has the factor "
                "2/N, or your limit has 1 in place of 2.",
                2: "Twice too large: the Hessian of the mean squared error has the "
                "factor 2/N.",
                1 / 40: "40 times too small: the Hessian of a *mean* divides by N.",
                (values[-1] / values[0]).item(): "You took the smallest eigenvalue. "
                "The steepest direction, the largest one, sets the limit.",
            },
            "Your limit is {mine}; from the largest eigenvalue of 2/N X^T X it is "
            "{theirs}.",
        )


def check(attempt):
    check_limit(attempt, attempt.function("limit", "X", "the limit"))
    for name, (right, words) in RIGHT.items():
        mine = attempt.fault.get(name, ...)
        attempt.must(mine is not ..., f"The fault of run {name} is still `...`.")
        attempt.must(
            mine == right,
            f'Run {name} is not "{mine}": {words}. Which word says that?',
        )
    return "Right: six runs, and the losses alone gave each of them away."
