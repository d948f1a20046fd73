"""Prints the samples that the chapter's interactive figure trains on."""

import json

import torch

torch.manual_seed(4)
D, most, kept = 10, 80, 40
w_true = torch.zeros(D)
w_true[:2] = torch.tensor([1.0, -1.0])
X, X_val = torch.randn(most, D), torch.randn(kept, D)
y = X @ w_true + torch.randn(most)
y_val = X_val @ w_true + torch.randn(kept)


def short(values):
    return [short(v) if isinstance(v, list) else round(v, 3) for v in values]


data = {"X": X, "y": y, "X_val": X_val, "y_val": y_val}
print("early:", json.dumps({k: short(v.tolist()) for k, v in data.items()}))
