"""Runs each expression and compares its shape with the reader's prediction."""

import torch

NAMES = {
    "X": torch.ones(5, 3),
    "w": torch.ones(3),
    "W": torch.ones(2, 3),
    "y": torch.ones(5),
    "column": torch.ones(5, 1),
}
WHY = {
    "X @ w": "A matrix (5, 3) times (3,): the inner sizes vanish, one number a row is "
    "left.",
    "X @ W.T": "W.T is (3, 2): the inner 3 meets the inner 3 and vanishes.",
    "X @ W": "(5, 3) @ (2, 3): the inner sizes are 3 and 2.",
    "X + w": "From the right 3 meets 3, and the missing size is filled with 5.",
    "X + y": "From the right: 3 meets 5.",
    "X + column": "From the right 3 meets 1, which is stretched, and 5 meets 5.",
    "column - y": "A column (5, 1) and a row of 5: each meets each.",
    "X.view(3, -1)": "15 numbers in 3 rows: how many in each?",
    "X.T.view(15)": "X.T reads memory in jumps, and view never copies.",
    "(X @ w - y).mean()": "A mean is a single number; its shape has no sizes.",
}


def shape_of(expression):
    try:
        return tuple(eval(expression, {}, NAMES).shape)
    except RuntimeError:
        return "error"


def check(attempt):
    for expression, why in WHY.items():
        mine = attempt.predicted.get(expression, ...)
        attempt.must(
            mine is not ..., f"`{expression}` is still `...`: predict its shape."
        )
        if isinstance(mine, int):
            attempt.must(
                False,
                f"For `{expression}` write a tuple, with its comma: ({mine},), not "
                f"({mine}).",
            )
        if isinstance(mine, list | torch.Size):
            mine = tuple(mine)
        attempt.must(
            isinstance(mine, tuple) or mine == "error",
            f'`{expression}` must be a tuple or "error"; yours is {mine!r}.',
        )
        right = shape_of(expression)
        attempt.must(mine == right, f"`{expression}` is not {mine}. {why}")
    return (
        "Right, all ten. The one to fear is `column - y`: no error, and 25 numbers in "
        "place of 5."
    )
