"""Tries rates around the limit on data of its own, some steep, some flat."""

import torch


def data(scale, generator):
    X = scale * (torch.rand(15, 2, generator=generator, dtype=torch.float64) + 0.5)
    y = X.sum(dim=1) / scale + torch.randn(15, generator=generator, dtype=torch.float64)
    limit = 2 / torch.linalg.eigvalsh(2 / 15 * X.T @ X)[-1].item()
    return X, y, limit


def of_the_file():
    """The data of the starting file: just above its limit the error grows slowly."""
    state = torch.random.get_rng_state()
    torch.manual_seed(1)
    X = torch.rand(30, 2, dtype=torch.float64)
    y = X @ torch.tensor([-1.0, 2.0], dtype=torch.float64)
    y = y + 0.3 * torch.randn(30, dtype=torch.float64)
    torch.random.set_rng_state(state)
    return X, y, 2 / torch.linalg.eigvalsh(2 / 30 * X.T @ X)[-1].item()


def check(attempt):
    diverges = attempt.function("diverges", "lr, X, y", "True or False")
    largest_rate = attempt.function("largest_rate", "X, y", "the rate")
    generator = torch.Generator().manual_seed(8)
    for scale in (1.0, 5.0, 0.1):
        X, y, limit = data(scale, generator)
        with attempt.own_data(f"15 samples of 2 features, of size {scale:g}"):
            attempt.must(
                bool(diverges(1e6 * limit, X, y)),
                "diverges accepts a rate a million times too large. The loss is nan "
                "there, and every comparison with nan is False: ask `not last < "
                "first`.",
            )
            attempt.must(
                bool(diverges(3 * limit, X, y)),
                "diverges accepts three times the limit, where the loss grows at every "
                "step. Does it compare the last loss with the first?",
            )
            attempt.must(
                not bool(diverges(0.5 * limit, X, y)),
                "diverges refuses half the limit, where the loss falls at every step. "
                "Compare the last loss with the first; a loss with noise in the data "
                "never reaches zero.",
            )
            mine = attempt.number(largest_rate(X, y), "What largest_rate returns")
            attempt.must(
                limit < 1.1 or abs(mine - 1) > 0.02,
                f"largest_rate stays at 1, but the limit is {limit:.4g}: double the "
                "upper end until it diverges, before you bisect.",
            )
            attempt.must(
                abs(mine / limit - 0.5) > 0.01,
                "Your rate is half of the limit: that is where the error begins to "
                "change sides, not where it grows.",
            )
            attempt.must(
                abs(mine / limit - 2) > 0.04,
                "Your rate is twice the limit: the gradient of the mean squared error "
                "has a 2.",
            )
            attempt.must(
                abs(mine / limit - 1) <= 0.01,
                f"Your largest rate is {mine:.4g}, {100 * abs(mine / limit - 1):.1f} "
                f"per cent from {limit:.4g}. Bisect longer: the interval that is left "
                "must be short against the rate itself.",
            )
    X, y, limit = of_the_file()
    with attempt.own_data("the features of the starting file, with all targets zero"):
        attempt.must(
            not bool(diverges(0.5 * limit, X, torch.zeros_like(y))),
            "With all targets zero, diverges refuses half the limit. If you start at "
            "zero, you start at the best point, where no error is left to shrink or to "
            "grow: start at random.",
        )
    with attempt.own_data("the data of the starting file"):
        mine = attempt.number(largest_rate(X, y), "What largest_rate returns")
        attempt.must(
            abs(mine / limit - 1) <= 0.01,
            f"On the data of the starting file your largest rate is {mine:.4g}, "
            f"{100 * abs(mine / limit - 1):.1f} per cent from {limit:.4g}. Just above "
            "the limit an error grows slowly: run the loop for more steps, from a "
            "start far from the best point.",
        )
    return (
        "Right, to one per cent, and without a Hessian. The loop itself knows its "
        "limit."
    )
