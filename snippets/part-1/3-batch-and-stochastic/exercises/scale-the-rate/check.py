"""Compares the reader's rules with the recursion of the cloud."""


def at_rest(lr, B, curvature, v):
    V = 0.0
    for _ in range(20_000):
        V = (1 - lr * curvature) ** 2 * V + lr**2 * v / B
    return V


def check(attempt):
    scaled = attempt.function("scaled", "lr, B, new_B", "the rate")
    attempt.equal(
        attempt.number(scaled(0.02, 8, 72), "scaled(0.02, 8, 72)"),
        0.18,
        {
            1 / 3: "Your rate grows with the root of the batch. The cloud goes with "
            "lr / B: keep that quotient.",
            1
            / 81: "Your rate falls as the batch grows: it is the other way round, less "
            "noise allows a larger rate.",
            1 / 9: "Your rate does not change.",
            8: "Your rate is multiplied by the new batch, not by the quotient.",
        },
        "scaled(0.02, 8, 72) is {mine}, and should be {theirs}.",
    )
    cloud = attempt.function("cloud", "lr, B, curvature, v", "the variance")
    lr, B, curvature, v = 0.3, 5, 1.6, 0.7
    right = at_rest(lr, B, curvature, v)
    attempt.equal(
        attempt.number(cloud(lr, B, curvature, v), "What cloud returns"),
        right,
        {
            B: "Your cloud does not become smaller with B.",
            (2 - lr * curvature) / 2: "Your cloud has a 2 where 2 - lr * curvature "
            "belongs: that is right for small rates alone.",
            right**-0.5: "Your cloud is the width. The variance is its square.",
            lr: "Your cloud has lr squared: one lr is cancelled when you divide by "
            "1 - (1 - lr * curvature)^2.",
            curvature: "The curvature is missing below the line of your cloud.",
        },
        "The cloud is {mine}, but iterating the recursion ends at {theirs}.",
    )
    largest = attempt.function("largest_batch", "lr, B, steepest", "a whole number")
    for (lr, B, steepest), right in (((0.01, 4, 2.0), 200), ((0.03, 8, 1.7), 156)):
        words = f"largest_batch({lr}, {B}, {steepest})"
        mine = attempt.number(largest(lr, B, steepest), words)
        twice = int(2 * B / (lr * steepest) * (1 + 1e-9))
        attempt.must(
            abs(mine - twice) > 1,
            f"{words} is {mine:g}: that goes to the limit itself, not to half of it.",
        )
        attempt.must(
            mine == int(mine), f"{words} is {mine:g}: a batch is a whole number."
        )
        attempt.must(
            mine != right + 1,
            f"{words} is {mine:g}: rounded up, its rate is above half of the limit.",
        )
        attempt.must(mine == right, f"{words} is {mine:g}, and should be {right}.")
    return "Right: lr / B stays, until the rate meets the curvature."
