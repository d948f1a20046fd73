"""Compares factor and interval with the formula, and names the usual slips."""

import math

import torch


def check(attempt):
    compare = attempt.function("compare", "with_it, without", "factor, low, high")
    torch.manual_seed(8)
    luck = torch.randn(10)
    b = 10**luck
    a = 0.5 * 10 ** (luck + 0.2 * torch.randn(10))
    d = (a / b).log10()
    n, mean, s = len(d), d.mean().item(), d.std().item()
    half = 2.262 * s / math.sqrt(n)
    with attempt.own_data("10 seeds"):
        factor, low, high = (attempt.number(v, "a result") for v in compare(a, b))
        attempt.equal(
            factor,
            10**mean,
            {
                10 ** (-2 * mean): "Your factor is turned round: it is the result "
                "*with* over the result *without*.",
                mean / 10**mean: "Your factor is still a logarithm: raise 10 to it.",
                ((a / b).mean() / 10**mean).item(): "You averaged the quotients. "
                "Average their logarithms, so that halving and doubling cancel.",
                (a.mean() / b.mean() / 10**mean).item(): "That is the quotient of the "
                "two means, in which the largest results speak alone.",
            },
            "Your factor is {mine}; the mean of the logarithms gives {theirs}.",
        )
        attempt.must(
            low < factor < high, "The factor must lie between its two ends, low first."
        )
        mine = math.log10(high / low) / 2
        apart = 2.262 * math.sqrt((a.log10().var() + b.log10().var()).item() / n)
        slips = {
            apart: "Your interval is that of two groups apart. Take the spread of the "
            "*differences*, in which the seeds' luck cancels.",
            half * math.sqrt(n): "Your interval shows how far single seeds spread. "
            "That of their mean is shorter by the root of n.",
            half / math.sqrt(n): "You divided by n. The width falls with its root.",
            1.96 * s / math.sqrt(n): "1.96 is for a spread that is known. With the "
            "spread of ten differences it is 2.262: T_95[n].",
            half * math.sqrt((n - 1) / n): "Your spread divides by n. With a mean "
            "taken from the same differences it divides by n - 1.",
        }
        for width, words in slips.items():
            attempt.must(abs(mine - width) > 1e-4 * width, words)
        attempt.must(
            abs(mine - half) < 1e-3 * half,
            f"On the logarithm your interval reaches {mine:.4f} to each side; it "
            f"should be {half:.4f}.",
        )
    return "Right: the luck of the seeds cancels, and the interval is that of the rest."
