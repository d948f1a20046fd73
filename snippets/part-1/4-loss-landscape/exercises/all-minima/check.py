"""Lets the reader's search loose on a net with two minima and a saddle between them."""

import torch

A, B = 0.3, 1.8  # the weights that make the data


def land(theta):
    x = torch.linspace(-2.5, 2.5, 21, dtype=torch.float64)
    y = torch.tanh(A * x) + torch.tanh(B * x)
    w1, w2 = theta[..., :1], theta[..., 1:]
    return ((torch.tanh(w1 * x) + torch.tanh(w2 * x) - y) ** 2).mean(dim=-1)


def check(attempt):
    find = attempt.function("find_minima", "cost, starts", "the minima")
    starts = torch.tensor(
        [[0.5, 0.5], [2.0, 2.0], [-1.0, -1.0]]  # on the diagonal: to the saddle
        + [[1.0, 0.2], [1.5, -0.5], [2.4, 1.0], [0.1, 1.2], [-1.0, 2.0]]
        + [[40.0, -60.0]],  # level ground
        dtype=torch.float64,
    )
    with attempt.own_data("9 starts, three of them on the diagonal w1 = w2"):
        found = find(land, starts)
        attempt.must(
            not find.changed,
            "find_minima moves the starts that it was given: work on a copy.",
        )
        attempt.must(
            isinstance(found, torch.Tensor)
            and found.dim() == 2
            and found.shape[1] == 2,
            "find_minima must return one tensor of shape (M, 2): torch.stack makes it "
            "from a list of places.",
        )
        found = found.detach().double()
        attempt.must(
            len(found) > 0, "find_minima finds nothing: is the gradient at rest?"
        )
        places = found.clone().requires_grad_()
        land(places).sum().backward()
        far = (found.abs() > 20).any(dim=1)
        attempt.must(
            not far.any(),
            "One of your minima lies on level ground, at "
            f"{[round(v, 1) for v in found[far.int().argmax()].tolist()]}: the "
            f"gradient "
            "is nearly zero there, but the curvatures are not positive.",
        )
        attempt.must(
            bool((places.grad.norm(dim=1) < 1e-3).all()),
            "One of your minima is not at rest: its gradient is longer than 1e-3.",
        )
        diagonal = (found[:, 0] - found[:, 1]).abs() < 0.05
        attempt.must(
            not diagonal.any(),
            "You count a place on the diagonal w1 = w2 as a minimum. The gradient is "
            "zero there, but one curvature is negative: it is a saddle.",
        )
        apart = torch.cdist(found, found) + torch.eye(len(found), dtype=torch.float64)
        attempt.must(
            bool((apart > 0.05).all()),
            f"You return {len(found)} minima, and some are one place found twice: "
            "keep a place only if no earlier one is within 0.05.",
        )
        expected = torch.tensor([[A, B], [B, A]], dtype=torch.float64)
        near = torch.cdist(expected, found).min(dim=1).values < 0.05
        attempt.must(
            len(found) != 1 or not near.any(),
            "You find one minimum, but its twin with the two weights exchanged is "
            "another place. (Do not sort the weights, and do not compare costs.)",
        )
        attempt.must(
            bool(near.all()) and len(found) == 2,
            f"You find {found.tolist()}; there are two minima, near "
            f"{expected.tolist()}.",
        )
    return (
        "Right: two minima that predict the same, and a saddle between them that only "
        "starts on the diagonal reach."
    )
