"""Compares the reader's steps with the derived ones, for other numbers."""

import math


def check(attempt):
    functions = {
        "best_forward": attempt.function("best_forward", "size, M2, eps", "h"),
        "best_central": attempt.function("best_central", "size, M3, eps", "h"),
    }
    for size, M, eps in ((1.0, 1.0, 1e-10), (3.0, 0.2, 1e-7)):
        right = math.sqrt(2 * eps * size / M)
        mine = attempt.number(functions["best_forward"](size, M, eps), "best_forward")
        attempt.equal(
            mine,
            right,
            {
                0.5**0.5: "Your forward step lacks the 2: the bend is M2 h / 2.",
                math.sqrt(2): "Your forward step has a 2 too many: eps |f| / h is the "
                "round-off of both heights together.",
                M: "Your forward step has M2 upside down: where f bends more, the "
                "step must be shorter.",
            },
            "Your forward step is {mine}, it must be {theirs}: set the derivative of "
            "M2 h / 2 + eps |f| / h to zero.",
        )
        right = (3 * eps * size / (2 * M)) ** (1 / 3)
        mine = attempt.number(functions["best_central"](size, M, eps), "best_central")
        root = math.sqrt(3 * eps * size / (2 * M))
        attempt.must(
            not math.isclose(mine, root, rel_tol=1e-3),
            "Your central step takes a square root: the bend grows with h squared, so "
            "h to the power 3 stands alone.",
        )
        attempt.equal(
            mine,
            right,
            {
                (2 / 3) ** (1 / 3): "Your central step lacks the 3/2: the bend is "
                "M3 h^2 / 6 and the round-off eps |f| / (2 h).",
                2 ** (1 / 3): "Your central step forgets that the two ends are 2 h "
                "apart: the round-off is eps |f| / (2 h).",
            },
            "Your central step is {mine}, it must be {theirs}: set the derivative of "
            "M3 h^2 / 6 + eps |f| / (2 h) to zero.",
        )
    right = (abs(math.sin(15)), 2500 * abs(math.sin(15)), 125_000 * abs(math.cos(15)))
    attempt.must(len(attempt.sizes) == 3, "`sizes` must hold three numbers.")
    outside = (math.sin(0.3), 2500 * math.sin(0.3), 125_000 * math.cos(0.3))
    for name, factor, mine, theirs, slip in zip(
        ("|f|", "M2", "M3"),
        (1, 2500, 125_000),
        attempt.sizes,
        right,
        outside,
        strict=True,
    ):
        mine = attempt.number(mine, f"{name} in `sizes`")
        attempt.must(
            mine > 0, f"{name} is a size: take the absolute value, not {mine:.4g}."
        )
        attempt.must(
            not any(math.isclose(mine, s, rel_tol=1e-3) for s in (slip, slip / factor)),
            f"Your {name} is {mine:.4g}: is the 50 inside the sine? "
            "50 times 0.3 is 15.",
        )
        attempt.equal(
            mine,
            theirs,
            {1 / factor: f"Your {name} lacks the inner derivative: each "
                "differentiation of sin(50 x) brings a factor 50."},
            f"Your {name} is {{mine}}, at x = 0.3 it is {{theirs}}.",
        )
    attempt.must(
        attempt.step == "smaller",
        '`step` must be "smaller": what bends fifty times as fast must be measured '
        "with a shorter stride.",
    )
    return (
        "Right: the best step is a property of the function as well as of the float. "
        "Where f changes on a length of 1/50, so must the step."
    )
