"""Compares what was read off the map with the function behind it."""

STEEP, FLAT = 4.5, 0.5  # curvatures along b and along w


def about(mine, theirs, share=0.2):
    return abs(mine / theirs - 1) <= share


def check(attempt):
    attempt.must(
        attempt.steepest != "A",
        "A is not the steepest: count the contours within one unit of it, and within "
        "one unit of B.",
    )
    attempt.must(
        attempt.steepest == "B",
        f"steepest is {attempt.steepest!r}: it is the point where evenly spaced "
        'heights lie closest together. Answer "A", "B" or "C".',
    )
    attempt.must(
        attempt.way_from_B != "up",
        "From B you go up, along the gradient: that is uphill. Descent goes "
        "against it.",
    )
    attempt.must(
        attempt.way_from_B not in ("left", "right"),
        "From B you go along the contour, where the cost stays the same. The gradient "
        "is perpendicular to it.",
    )
    attempt.must(
        attempt.way_from_B == "down",
        f"way_from_B is {attempt.way_from_B!r}: answer one of "
        '"left", "right", "up", "down".',
    )
    mine = attempt.number(attempt.gradient_at_A, "`gradient_at_A`")
    attempt.must(
        not about(mine, 0.5),
        "Your gradient at A is the spacing itself, about 0.5: the gradient is the "
        "rise divided by the spacing.",
    )
    attempt.must(
        not about(mine, 4, 0.1),
        "Your gradient at A is twice too long, or you took the height of A for it: "
        "from contour 3 to contour 5 the rise is 2, and so is the number of gaps.",
    )
    attempt.must(
        about(mine, 2),
        f"Your gradient at A is {mine:.4g}. Measure how far apart the contours next to "
        "A are along w, and divide their rise by that.",
    )
    mine = attempt.number(attempt.kappa, "`kappa`")
    attempt.must(
        not about(mine, 3),
        "Your condition number is the ratio of the axes, about 3: the axes go with the "
        "root of the curvatures, so square it.",
    )
    attempt.must(
        mine > 1,
        "Your condition number is below 1: it is the larger curvature over the "
        "smaller, and the long axis belongs to the smaller one.",
    )
    attempt.must(
        about(mine, STEEP / FLAT),
        f"Your condition number is {mine:.4g}: take one contour, divide its length by "
        "its width, and square.",
    )
    mine = attempt.number(attempt.largest_rate, "`largest_rate`")
    attempt.must(
        not about(mine, 2 / FLAT),
        "Your largest rate is that of the flat direction, w: the steep one sets the "
        "limit.",
    )
    attempt.must(
        not about(mine, 4 / STEEP, 0.1),
        "Your largest rate is twice the right one: did you take lambda = c / a^2? On "
        "the contour c = lambda a^2 / 2, so lambda = 2 c / a^2.",
    )
    attempt.must(
        not about(mine, 1 / STEEP),
        "Your largest rate is half of the right one. From c = lambda a^2 / 2 follows "
        "lambda = 2 c / a^2, and the limit is 2 / lambda.",
    )
    attempt.must(
        about(mine, 2 / STEEP),
        f"Your largest rate is {mine:.4g}: read how far B lies above the lowest point, "
        "find lambda from c = lambda a^2 / 2, and take 2 / lambda.",
    )
    return (
        "Right: direction, steepness, condition number and limit of the rate, all from "
        "a map and a ruler."
    )
