"""Sends numbers through the reader's tanh and back, and compares with torch."""

import math

import torch


def check(attempt):
    Scalar = attempt.Scalar
    tanh = attempt.function("tanh", "x", "a Scalar")  # gets copies
    for value in (0.6, -1.5):
        x = Scalar(value)
        result = tanh(x)
        attempt.must(
            isinstance(result, Scalar),
            "Your tanh must return a Scalar: Scalar(value, ((x, slope),)).",
        )
        attempt.equal(
            attempt.number(result.value, "The value of your tanh"),
            math.tanh(value),
            {},
            f"Your tanh of {value} is {{mine}}, it must be {{theirs}}: math.tanh.",
        )
        attempt.must(
            result.links,
            "Your tanh has no link to x, so backward() ends there: pass ((x, slope),) "
            "as the second argument.",
        )
        slope = attempt.number(result.links[0][1], "The slope in your link")
        right = 1 - math.tanh(value) ** 2
        for wrong, words in (
            (1 - value**2, "you square x itself, not the result."),
            (1 - math.tanh(value), "the square is missing: 1 - tanh^2."),
            (-math.tanh(value) ** 2, "the 1 is missing: 1 - tanh^2."),
            (1 + math.tanh(value) ** 2, "the sign is wrong: 1 - tanh^2."),
            (
                1 - math.tanh(math.tanh(value)) ** 2,
                "tanh is applied twice: `value` is the tanh already.",
            ),
        ):
            attempt.must(
                abs(slope - wrong) > 1e-6,
                f"The slope at {value} is {slope:.4f}: {words}",
            )
        attempt.equal(
            slope,
            right,
            {},
            f"The slope at {value} is {{mine}}, it must be {{theirs}}: 1 - tanh^2.",
        )
    w = Scalar(0.7)
    attempt.backward(attempt.tanh(w * w + w))
    attempt.must(
        w.grad is not None,
        "Nothing arrives at w: the link of your tanh leads to another number than x.",
    )
    theirs = torch.tensor(0.7, dtype=torch.float64, requires_grad=True)
    torch.tanh(theirs * theirs + theirs).backward()
    attempt.equal(
        attempt.number(w.grad, "The gradient for w"),
        theirs.grad.item(),
        {},
        "For tanh(w * w + w) at 0.7 your engine gets {mine}, torch gets {theirs}: was "
        "backward changed?",
    )
    return (
        "Right: one value, one link, one slope. Every operation that an engine knows "
        "is written this way, and none of them knows of the others."
    )
