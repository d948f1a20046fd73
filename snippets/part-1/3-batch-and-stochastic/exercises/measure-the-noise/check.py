"""Compares the reader's measurement with the formula, on data of its own."""

import torch

N, M = 20, 4000


def check(attempt):
    generator = torch.Generator().manual_seed(11)
    X = torch.randn(N, 1, generator=generator) + 0.5
    y = X**2 + torch.randn(N, 1, generator=generator)
    w, b = torch.tensor([0.5]), torch.tensor([-0.2])
    r = w * X + b - y
    g = torch.cat([2 * r * X, 2 * r], dim=1)
    s2 = g.var(dim=0, correction=0)
    measured = attempt.function("measured_noise", "X, y, w, b, B, num_batches", "noise")
    torch.manual_seed(0)
    with attempt.own_data(f"{N} samples, {M} batches of 10"):
        mine = attempt.number(
            measured(X, y, w, b, 10, M), "What measured_noise returns"
        )
        finite = (N - 10) / (N - 1)
        right = (s2.sum() / 10 * finite).item()
        length = (g.mean(dim=0) ** 2).sum().item()
        whole = attempt.number(measured(X, y, w, b, N, 3), "With B = N it")
        added = torch.cat([2 * (r + 2 * y) * X, 2 * (r + 2 * y)], dim=1)
        added = (added.var(dim=0, correction=0).sum() / 10 * finite).item()

        def near(value):
            return abs(mine / value - 1) < 0.1

        for value, words in (
            (
                added,
                "Your residual adds y: it is w X + b - y.",
            ),
            (
                right / finite,
                "Your noise is that of draws with replacement: torch.randint may draw "
                "a sample twice. torch.randperm(N)[:B] does not.",
            ),
            (
                (s2[0] / 10 * finite).item(),
                "Your noise is that of w alone: add that of b.",
            ),
            (
                (s2[1] / 10 * finite).item(),
                "Your noise is that of b alone: add that of w.",
            ),
            (
                right / 2,
                "Your noise is half of the right one: the squared distance is a sum "
                "over w and b, not a mean.",
            ),
            (
                right / 4,
                "Your noise is a quarter of the right one: the gradient of a square "
                "has a 2.",
            ),
            (
                100 * right + 81 * length,
                "Your batch gradient is a sum: divide it by B.",
            ),
            (
                right + length,
                "You measure the batch gradient's own squared length: subtract the "
                "full gradient first.",
            ),
            (right * M, "Your noise is a sum over the batches: divide by num_batches."),
        ):
            if value == right / finite and whole < 1e-6:
                continue  # with replacement it would not be 0 at B = N
            if value == added and whole > 1e-6:
                continue
            attempt.must(near(right) or not near(value), words)
        attempt.must(
            not abs(mine / right**0.5 - 1) < 0.2 or near(right),
            "Your noise looks like a distance, not a squared one.",
        )
        attempt.must(
            near(right),
            f"Your noise is {mine:.3f}; the formula says {right:.3f}, and {M} batches "
            "should meet it within a tenth.",
        )
        attempt.must(
            whole < 1e-6,
            "With B = N the noise must be 0: the batch holds every sample.",
        )
    return "Right: measured, and the formula holds, its finite-population factor too."
