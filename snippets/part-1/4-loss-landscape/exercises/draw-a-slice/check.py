"""Compares the reader's direction and slice with its own, for several rows."""

import torch


def check(attempt):
    normalise = attempt.function("normalise", "direction, weights", "a direction")
    generator = torch.Generator().manual_seed(21)
    direction = torch.randn(4, 3, generator=generator)
    weights = torch.randn(4, 3, generator=generator) * torch.tensor(
        [[0.1], [1.0], [5.0], [2.0]]
    )
    lengths, rows = (t.norm(dim=1, keepdim=True) for t in (weights, direction))
    with attempt.own_data("weights of 4 neurons with 3 inputs each"):
        mine = attempt.tensor(
            normalise(direction, weights), (4, 3), "What normalise returns"
        )
        attempt.must(
            not normalise.changed,
            "normalise changes the direction that it was given: return a new tensor.",
        )
        others = {
            "Your direction has rows of length 1: multiply each by the length of the "
            "neuron's weights.": direction / rows,
            "Your rows were never divided by their own length: a row is now as long as "
            "the product of both lengths.": direction * lengths,
            "You scaled the direction as a whole: its length is that of all weights "
            "together, but a neuron with small weights still gets a large step. Take "
            "the norm with dim=1.": direction / direction.norm() * weights.norm(),
            "You scaled the columns: a neuron is a row of the weights, so the "
            "norm runs "
            "over dim=1.": direction
            / direction.norm(dim=0, keepdim=True)
            * weights.norm(dim=0, keepdim=True),
        }
        for words, other in others.items():
            attempt.must(not torch.allclose(mine, other.double(), atol=1e-5), words)
        attempt.equal(
            mine,
            direction / rows * lengths,
            {-1: "Your direction points the other way."},
            "Your direction is {mine}, but it should be {theirs}.",
        )
    slice_losses = attempt.function(
        "slice_losses", "loss, weights, direction, ts", "the losses"
    )
    ts = torch.tensor([-0.5, 0.0, 0.25, 1.0])

    def loss(weights):
        return (weights**2).sum() + weights[0, 0]

    theirs = torch.stack([loss(weights + t * direction) for t in ts])
    with attempt.own_data("a loss of its own, at four places"):
        mine = attempt.tensor(
            slice_losses(loss, weights, direction, ts), (4,), "Your slice"
        )
        attempt.must(
            not slice_losses.changed,
            "slice_losses changes the weights that it was given: from one t to the "
            "next the walk no longer starts at the same place.",
        )
        blend = torch.stack([loss((1 - t) * weights + t * direction) for t in ts])
        attempt.must(
            not torch.allclose(mine, blend.double(), atol=1e-5),
            "Your slice goes from the weights to the direction, as if that were a "
            "place: walk weights + t * direction.",
        )
        attempt.equal(
            mine,
            theirs,
            {},
            "Your losses are {mine}, but they should be {theirs}: for each t, the loss "
            "at weights + t * direction.",
        )
    return (
        "Right: a step of 1 is now as long, for each neuron, as the neuron's own "
        "weights."
    )
