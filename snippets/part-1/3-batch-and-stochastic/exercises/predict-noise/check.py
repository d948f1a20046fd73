"""Compares the reader's noise with a list of all batches, then the predictions."""

from itertools import permutations, product

import torch

RIGHT = {
    "25": (0.04, 1e-3, {
        0.2: "0.2 is the width, the root. The variance falls by the factor B itself.",
        25.0: "The noise of a larger batch is smaller, not larger.",
    }),
    "half": (32, 1e-6, {
        16.0: "Twice the batch halves the variance. Half the width is a quarter of it.",
        4.0: "A smaller batch is noisier.",
        2.0: "A smaller batch is noisier.",
    }),
    "50 of 100": (50 / 99, 6e-3, {
        1.0: "Without replacement there is one more factor, (N - B) / (N - 1).",
        0.5: "That factor is (N - B) / N. At B = 1 it must be 1, so it divides by "
        "N - 1.",
    }),
    "100 of 100": (0, 1e-9, {
        0.01: "Who asks all 100 without replacement gets the full mean, whatever the "
        "order.",
    }),
}  # fmt: skip


def spread(g, batches):
    means = torch.stack([g[list(batch)].mean() for batch in batches])
    return means.var(correction=0)


def check_noise(attempt, noise):
    g = torch.tensor([2.0, -8, -12, 5, 1])
    sample = g.var() / g.var(correction=0)
    with attempt.own_data("5 gradients, batches of 2"):
        attempt.equal(
            noise(g, 2, True),
            spread(g, product(range(5), repeat=2)),
            {
                sample: "Your s^2 divides by N - 1. The samples are all there is: it "
                "divides by N: correction=0.",
                2: "Your noise does not become smaller with B.",
                0.5: "You divide by B squared: B variances add up, and the factor 1/B "
                "comes out squared, so B / B^2 = 1 / B is left.",
                0.75: "With replacement there is no finite-population factor.",
            },
            "With replacement yours is {mine}; over all 25 batches it is {theirs}.",
        )
        attempt.equal(
            noise(g, 2, False),
            spread(g, permutations(range(5), 2)),
            {
                4 / 3: "Without replacement your noise lacks the factor "
                "(N - B) / (N - 1).",
                0.8: "Your factor is (N - B) / N. At B = 1 it must be 1, since a batch "
                "of one cannot know whether others would be put back.",
                sample: "Your s^2 divides by N - 1. The samples are all there is: it "
                "divides by N: correction=0.",
            },
            "Without replacement your noise is {mine}; over all 20 batches it is "
            "{theirs}.",
        )


def check(attempt):
    check_noise(attempt, attempt.function("noise", "g, B, replacement", "the noise"))
    for name, (right, tolerance, slips) in RIGHT.items():
        words = f'Your prediction "{name}"'
        attempt.must(name in attempt.predicted, f'`predicted` has no "{name}".')
        mine = attempt.number(attempt.predicted[name], words)
        for value, why in slips.items():
            attempt.must(abs(mine - value) > 1e-6, f"{words} is {mine:g}. {why}")
        attempt.must(
            abs(mine - right) <= tolerance,
            f"{words} is {mine:g}: what does your own function say?",
        )
    return (
        "Right: the noise goes with 1/B, its width with the root, and 100 of 100 is 0."
    )
