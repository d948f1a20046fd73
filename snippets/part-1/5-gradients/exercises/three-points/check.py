"""Tries the reader's formula on powers of x, then the order and the constant."""

import torch


def check(attempt):
    three_point = attempt.function("three_point", "f, x, h", "the slope")
    x = torch.tensor(2.0, dtype=torch.float64)
    with attempt.own_data("x^2 at x = 2, h = 0.1"):
        slope = attempt.number(three_point(lambda x: x**2, x, 0.1), "Your slope")
        attempt.equal(
            slope,
            4.0,
            {
                2: "Your slope is twice what it should be: divide by 2 h.",
                -1: "Your slope has the wrong sign: the middle point counts +4.",
            },
            "Your slope is {mine}, it must be {theirs}: for a parabola the formula is "
            "exact. Are the points x, x + h and x + 2 h, the weights -3, 4 and -1?",
        )
    order = attempt.number(attempt.order, "`order`")
    attempt.must(
        order != 1,
        "The order is not 1: in 4 f(x + h) - f(x + 2 h) the terms with f'' are "
        "4/2 - 4/2 = 0.",
    )
    attempt.must(
        order != 3,
        "The term that is left has h^3, but then you divide by 2 h: what remains?",
    )
    attempt.must(order == 2, f"The order is not {order:g}: which power of h is left?")
    attempt.equal(
        attempt.number(attempt.constant, "`constant`"),
        -1 / 3,
        {
            -1: "The size of the constant is right and its sign is not: the terms with "
            "f''' are 4/6 - 8/6, which is negative.",
            2: "Your constant is twice what it should be: divide by the 2 of 2 h.",
            -0.5: "1/6 is the constant of the central difference. Here the terms with "
            "f''' are (4 - 8) h^3 / 6, divided by 2 h.",
        },
        "Your constant is {mine}: collect the terms with f''', (4 - 8) h^3 / 6, and "
        "divide by 2 h.",
    )
    return (
        "Right: order two from one side, with twice the error of the central "
        "difference and of the opposite sign."
    )
