"""Predict the shape of each result before you run it.

Replace each ... by a tuple such as (5, 2), by () for a single number, or by "error".
Then let the check try them. Nothing here is to be computed: only shapes.
"""

import torch

X = torch.ones(5, 3)
w = torch.ones(3)
W = torch.ones(2, 3)
y = torch.ones(5)
column = torch.ones(5, 1)

predicted = {
    "X @ w": ...,
    "X @ W.T": ...,
    "X @ W": ...,
    "X + w": ...,
    "X + y": ...,
    "X + column": ...,
    "column - y": ...,
    "X.view(3, -1)": ...,
    "X.T.view(15)": ...,
    "(X @ w - y).mean()": ...,
}
