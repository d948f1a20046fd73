"""Multiplies and divides the reader's dual numbers, and compares with the rules."""


def check(attempt):
    Dual = attempt.Dual
    a, b = Dual(3.0, 0.5), Dual(-2.0, 4.0)
    for sign, result, value, slope, slips in (
        (
            "*",
            a * b,
            -6.0,
            11.0,
            {
                2.0: "the slopes are multiplied with each other. Multiply out (3 + 0.5 "
                "d)(-2 + 4 d) and keep the terms with one d.",
                -1.0: "only the slope of the left factor is used: there are two terms "
                "with one d.",
                12.0: "only the slope of the right factor is used: there are two terms "
                "with one d.",
                -13.0: "the two terms are subtracted: in a product they are added.",
            },
        ),
        (
            "/",
            a / b,
            -1.5,
            -3.25,
            {
                3.25: "the sign is wrong: slope of the top times bottom, minus top "
                "times slope of the bottom.",
                2.75: "the second term is added: the quotient rule subtracts it.",
                -13.0: "divide by the square of the bottom.",
                6.5: "the bottom is not squared.",
                0.125: "the slopes are divided by each other.",
            },
        ),
    ):
        attempt.must(
            isinstance(result, Dual),
            f"a {sign} b is no Dual: return Dual(value, slope).",
        )
        attempt.equal(
            attempt.number(result.value, f"The value of a {sign} b"),
            value,
            {},
            f"The value of a {sign} b is {{mine}}, it must be {{theirs}}.",
        )
        mine = attempt.number(result.slope, f"The slope of a {sign} b")
        for wrong, words in slips.items():
            attempt.must(
                abs(mine - wrong) > 1e-9,
                f"For a = 3 + 0.5 d and b = -2 + 4 d the slope of a {sign} b is "
                f"{mine:g}: {words}",
            )
        attempt.equal(
            mine,
            slope,
            {},
            f"For a = 3 + 0.5 d and b = -2 + 4 d the slope of a {sign} b is {{mine}}, "
            "it must be {theirs}.",
        )
    try:
        plain = (a * 2.0, a / 2.0)
    except AttributeError:
        plain = None
    attempt.must(
        plain is not None and plain[0].slope == 1.0 and plain[1].slope == 0.25,
        "Right for two duals, but not for a dual and a plain number: begin with "
        "other = as_dual(other).",
    )
    return (
        "Right: product rule and quotient rule come out of d * d = 0, and you never "
        "have to look them up again."
    )
