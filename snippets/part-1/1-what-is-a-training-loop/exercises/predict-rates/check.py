"""Compares the reader's words, factor and count with the loop itself."""

import math

WORDS = ("lands", "settles", "creeps", "jumps", "explodes")
RIGHT = {
    0.02: ("creeps", "0.96: how much does 0.96**20 leave?"),
    0.3: ("settles", "0.4: how much does 0.4**20 leave?"),
    0.5: ("lands", "0: what does a single step leave?"),
    0.98: (
        "creeps",
        "-0.96. Its sign changes the side at every step, its size says how much is "
        "left: how much is 0.96**20?",
    ),
    1.0: ("jumps", "-1: the side changes, the size stays."),
    1.3: ("explodes", "-1.6: is the error larger after a step?"),
}


def check_factor(attempt, factor):
    for lr in (0.1, 0.7, 1.3):
        mine = attempt.number(factor(lr), "What factor returns")
        attempt.must(
            abs(mine - (1 - lr)) > 1e-9,
            "The 2 is missing in your factor: the slope of (x - 3)^2 is twice x - 3.",
        )
        attempt.must(
            abs(mine - (1 + 2 * lr)) > 1e-9,
            "Your factor grows with the rate: that is a step uphill. The update "
            "subtracts the slope.",
        )
        attempt.must(
            abs(mine + 2 * lr) > 1e-9,
            "Your factor is what a step takes away. Asked is what it leaves: where "
            "is the 1?",
        )
        attempt.must(
            abs(mine - abs(1 - 2 * lr)) < 1e-9 or abs(mine - (1 - 2 * lr)) < 1e-9,
            f"At rate {lr} your factor is {mine:.4f}. Write x - lr * 2 * (x - 3) - 3 "
            "as a number times (x - 3).",
        )
        attempt.must(
            abs(mine - (1 - 2 * lr)) < 1e-9,
            "Your factor has lost its sign: below zero it says that x changes sides.",
        )


def by_walking(lr, share):
    x, steps = 1.0, 0  # the error
    while abs(x) > share:
        x -= lr * 2 * x
        steps += 1
    return steps


def check_steps(attempt, steps_needed):
    for lr in (1.0, 1.3):
        attempt.must(
            attempt.number(steps_needed(lr, 0.01), "What steps_needed returns")
            == math.inf,
            f"At rate {lr} the error never becomes smaller: return float('inf').",
        )
    for lr, share in ((0.1, 0.01), (0.3, 0.1), (0.9, 0.01), (0.5, 0.01), (0.7, 0.001)):
        mine = attempt.number(steps_needed(lr, share), "What steps_needed returns")
        right = by_walking(lr, share)
        told = f"At rate {lr}, down to {share:g} of the error, you count {mine:g} steps"
        attempt.must(mine != right - 1, f"{told}: one more is needed.")
        attempt.must(mine != right + 1, f"{told}: one too many.")
        attempt.must(
            mine == right,
            f"{told}, and the loop takes {right}. The factor's *size* counts, not its "
            "sign.",
        )


def check(attempt):
    check_factor(attempt, attempt.function("factor", "lr", "a number"))
    check_steps(
        attempt, attempt.function("steps_needed", "lr, share", "a whole number")
    )
    for lr, (right, why) in RIGHT.items():
        word = attempt.predicted.get(lr, ...)
        attempt.must(
            word is not ...,
            f"What x does at rate {lr} is still `...`: put your prediction there.",
        )
        attempt.must(
            word in WORDS,
            f"What x does at rate {lr} must be one of {', '.join(map(repr, WORDS))}.",
        )
        attempt.must(
            word == right,
            f'What x does at rate {lr} is not "{word}". One step multiplies the error '
            f"by {why}",
        )
    return (
        "Right: one number foretells the whole run. Its sign tells the side, its size "
        "the pace, and 0.02 and 0.98 are equally slow."
    )
