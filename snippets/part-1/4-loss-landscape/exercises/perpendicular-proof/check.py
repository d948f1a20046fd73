"""Compares gradient, curve and direction with autograd."""

import torch


def pair(attempt, values, words):
    attempt.must(
        isinstance(values, tuple | list | torch.Tensor) and len(values) == 2,
        f"{words} must be two numbers, one for w and one for b.",
    )
    return [attempt.number(value, words) for value in values]


def check(attempt):
    gradient = attempt.function("gradient", "w, b", "dL/dw, dL/db")
    for place in ((1.5, 0.4), (0.7, 3.0)):
        w, b = (torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in place)
        (w**2 * b).backward()
        mine = pair(attempt, gradient(w.detach(), b.detach()), "Your gradient")
        theirs = [w.grad.item(), b.grad.item()]
        attempt.must(
            mine != theirs[::-1],
            "Your two derivatives have changed places: the first is that for w.",
        )
        attempt.equal(
            mine[0],
            theirs[0],
            {
                0.5: "Your derivative for w is half of what autograd gets: the power "
                "rule brings a 2.",
            },
            "Your derivative for w is {mine}, autograd gets {theirs}: hold b fixed and "
            "differentiate w^2.",
        )
        attempt.equal(
            mine[1],
            theirs[1],
            {},
            "Your derivative for b is {mine}, autograd gets {theirs}: hold w fixed; "
            "w^2 is then a constant factor.",
        )
    curve = attempt.function("curve", "s, c", "w, b")
    direction = attempt.function("direction", "s, c", "the derivatives of w and b")
    for s, c in ((1.3, 2.0), (0.8, 5.0)):
        s = torch.tensor(s, dtype=torch.float64)
        w, b = pair(attempt, curve(s, c), "What curve returns")
        attempt.must(
            abs(w - s.item()) < 1e-6, "curve must give w = s as its first number."
        )
        attempt.must(
            abs(w**2 * b - c) < 1e-6,
            f"Your curve leaves the contour: at s = {s:.1f} the cost is "
            f"{w**2 * b:.4g}, and it should be {c:.4g}. Solve w^2 b = c for b.",
        )
        mine = pair(attempt, direction(s, c), "Your direction")
        attempt.must(
            abs(mine[0]) > 1e-9,
            "Your direction does not move in w, but w = s, and its derivative "
            "by s is 1.",
        )
        slope = mine[1] / mine[0]
        theirs = -2 * c / s.item() ** 3
        gradient_turned = abs(abs(mine[0]) - s.item() ** 2) < 1e-6
        attempt.must(
            not (gradient_turned and abs(slope - theirs) < 1e-6),
            "Your direction is the gradient turned by a right angle. That takes for "
            "granted what is to be proved: differentiate the place of curve by s.",
        )
        attempt.must(
            abs(slope + theirs) > 1e-6,
            "Your direction has the wrong sign in b: the power of s is negative, and "
            "so is its derivative.",
        )
        attempt.must(
            abs(2 * slope - theirs) > 1e-6,
            "Your direction is half as steep as the curve: the power rule for s^-2 "
            "brings a factor of -2.",
        )
        attempt.must(
            abs(slope - c / s.item() ** 3) > 1e-6,
            "Your direction leads from the origin to the place: that is the place "
            "itself. Differentiate it by s.",
        )
        attempt.must(
            abs(slope - theirs) < 1e-6,
            f"Along your direction b changes by {slope:.4g} for each unit of w; along "
            f"the contour it changes by {theirs:.4g}. Differentiate c s^-2.",
        )
        attempt.must(
            abs(mine[0] - 1) < 1e-6,
            "Your direction is a multiple of the right one. The derivative of w = s "
            "by s is 1: give the two derivatives as they are.",
        )
    return (
        "Right: the product is (2c/s) * 1 + s^2 * (-2c/s^3), which is zero for every s "
        "and every c."
    )
