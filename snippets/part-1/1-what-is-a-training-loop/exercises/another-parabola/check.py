"""Compares the reader's slope with autograd, and the rates with what the loop does."""

import torch


def check_slope(attempt, slope):
    for x, a, c in ((2.0, 4.0, -1.0), (-3.0, 0.5, 2.0)):
        at = torch.tensor(x, dtype=torch.float64, requires_grad=True)
        (a * (at - c) ** 2 + 7).backward()
        attempt.equal(
            attempt.number(slope(x, a, c), "What slope returns"),
            at.grad.item(),
            {
                0.5: "Your slope is half of autograd's: the square brings a 2.",
                1 / a: "Your slope lacks the factor a: it multiplies the whole square.",
                a: "Your slope has the factor a twice: it stands outside the square.",
                -1: "Your slope points downhill. The slope itself points uphill; the "
                "minus stands in the update.",
            },
            f"At x = {x:g} with a = {a:g}, c = {c:g} your slope is {{mine}}, "
            "autograd's is {theirs}.",
        )


def check_limit(attempt, limit, best_rate):
    for a in (4.0, 0.5):
        mine = attempt.number(limit(a), "What limit returns")
        for slip, words in (
            (1.0, "1 is the limit for a = 1. Write the factor of one step with a in."),
            (
                2 / a,
                "At 2 / a the factor is 1 - 2 a (2 / a) = -3: the loop flees. Which "
                "rate makes it -1?",
            ),
            (
                1 / (2 * a),
                "At 1 / (2 a) the factor is 0: that is the best rate, not the limit.",
            ),
            (a, "A steeper parabola needs smaller steps: a stands in the denominator."),
        ):
            attempt.must(abs(mine - slip) > 1e-9, words)
        attempt.must(
            abs(mine - 1 / a) < 1e-9,
            f"For a = {a:g} your limit is {mine:g}: there the factor 1 - 2 a * rate is "
            f"{1 - 2 * a * mine:.2f}, and at the limit it is -1.",
        )
        mine = attempt.number(best_rate(a), "What best_rate returns")
        attempt.must(
            abs(mine - 1 / (2 * a)) < 1e-9,
            f"For a = {a:g} your best rate is {mine:g}: there the factor is "
            f"{1 - 2 * a * mine:.2f}, and to land in one step it must be 0.",
        )


def check_minimise(attempt, minimise):
    path = minimise(5.0, 0.5, 2.0, 0.4, 6)
    attempt.must(
        len(path) == 7,
        f"For 6 steps the path must have 7 entries, with the start; yours has "
        f"{len(path)}.",
    )
    mine = torch.tensor([float(x) for x in path], dtype=torch.float64)
    t = torch.arange(7, dtype=torch.float64)
    attempt.must(
        not torch.allclose(mine, 2 + 3 * 1.4**t),
        "Your loop walks uphill: the update subtracts the slope.",
    )
    attempt.equal(
        mine,
        2 + 3 * 0.6**t,
        {},
        "With a = 0.5, c = 2 and rate 0.4 your path is {mine}; each error must be 0.6 "
        "times the one before, which gives {theirs}.",
    )


def check(attempt):
    check_slope(attempt, attempt.function("slope", "x, a, c", "the derivative"))
    limit = attempt.function("limit", "a", "the limit of the rate")
    best_rate = attempt.function("best_rate", "a", "the best rate")
    check_limit(attempt, limit, best_rate)
    minimise = attempt.function("minimise", "x, a, c, lr, num_steps", "a list")
    with attempt.own_data("a = 0.5, c = 2, 6 steps"):
        check_minimise(attempt, minimise)
    return (
        "Right: four times as steep, a quarter of the limit. Where the minimum lies, "
        "and how low, plays no part."
    )
