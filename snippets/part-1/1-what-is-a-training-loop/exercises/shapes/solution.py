"""Tries ten expressions and prints the shape of each, or that it fails."""

import torch

X = torch.ones(5, 3)
w = torch.ones(3)
W = torch.ones(2, 3)
y = torch.ones(5)
column = torch.ones(5, 1)

predicted = {
    "X @ w": (5,),
    "X @ W.T": (5, 2),
    "X @ W": "error",
    "X + w": (5, 3),
    "X + y": "error",
    "X + column": (5, 3),
    "column - y": (5, 5),
    "X.view(3, -1)": (3, 5),
    "X.T.view(15)": "error",
    "(X @ w - y).mean()": (),
}

for expression, shape in predicted.items():
    try:
        found = tuple(eval(expression).shape)
    except RuntimeError:
        found = "error"
    print(f"{expression}: {found}, as predicted: {found == shape}")
