"""Compares the reader's clip with PyTorch's, and names the usual slips."""

import torch
from torch import nn


def theirs(grads, c):
    parameters = [nn.Parameter(torch.zeros_like(g)) for g in grads]
    for p, g in zip(parameters, grads):
        p.grad = g.clone()
    norm = nn.utils.clip_grad_norm_(parameters, c).item()
    return [p.grad for p in parameters], norm


class Kept(list):
    """A list of tensors that differs from another one if an entry does."""

    def __ne__(self, other):
        return not all(torch.equal(a, b) for a, b in zip(self, other))


def close(mine, wanted):
    return all(torch.allclose(m, w, rtol=1e-4, atol=1e-6) for m, w in zip(mine, wanted))


def check(attempt):
    clip = attempt.function("clip", "grads, c", "clipped, norm")
    torch.manual_seed(5)
    long = [10 * torch.randn(2, 3), torch.randn(2)]
    with attempt.own_data("a weight (2, 3) and a bias (2,)"):
        given = Kept(g.clone() for g in long)
        mine, norm = clip(given, 1.5)
        attempt.must(
            not clip.changed,
            "clip changes the gradients that it is given. Return new tensors.",
        )
        attempt.must(
            isinstance(mine, list | tuple)
            and [g.shape for g in mine] == [(2, 3), (2,)],
            "The clipped gradients must be a list with the shapes that came in.",
        )
        wanted, before = theirs(long, 1.5)
        each = [min(1, 1.5 / g.norm().item()) * g for g in long]
        attempt.must(
            not close(mine, each),
            "You clip each tensor by its own norm. Then the weight shrinks and the "
            "bias does not, and the direction turns: use one norm for all.",
        )
        attempt.must(
            not close(mine, [g.clamp(-1.5, 1.5) for g in long]),
            "You bound each entry by itself, which turns the direction. Multiply all "
            "entries by the same factor.",
        )
        attempt.must(
            not close(mine, long), "Gradients longer than c come back as they were."
        )
        attempt.must(
            close(mine, wanted),
            "For long gradients the result differs from clip_grad_norm_: the factor "
            "is c over the norm of all entries together.",
        )
        norm = attempt.number(norm, "the norm")
        attempt.must(
            abs(norm - 1.5) > 1e-3,
            "The norm returned is that after clipping. Return the one before: it says "
            "how long the gradient was.",
        )
        attempt.must(
            abs(norm - before) < 1e-3 * before,
            f"The norm returned is {norm:.4f}; before clipping it was {before:.4f}.",
        )
        short = Kept(0.01 * g for g in long)
        mine, _ = clip(short, 1.5)
        attempt.must(
            close(mine, short),
            "A gradient shorter than c must stay as it is: the factor is at most 1.",
        )
        mine, _ = clip(Kept([torch.zeros(3)]), 1.5)
        attempt.must(
            not mine[0].isnan().any(),
            "A gradient of zero becomes nan: at the minimum c is divided by 0.",
        )
    return "Right: one factor for all, at most 1, and the direction stays."
