"""Prints the samples that the chapter's interactive figures start from."""

import json

import torch


def listed(values):
    return [float(f"{value:.7g}") for value in values.flatten().tolist()]


x = torch.tensor([0.5, 1.5, 2.5, 3.5, 4.5, 5.5])
y = torch.tensor([1.5, 1.0, 2.6, 2.2, 3.7, 3.4])
print("six dots:", json.dumps({"x": listed(x), "y": listed(y), "start": [0.15, 2.4]}))

torch.manual_seed(42)
N = 100
X = torch.linspace(-1, 1, N).unsqueeze(1)
Y = 2 * X - 1 + 0.1 * torch.randn(N, 1)
start = listed(torch.randn(1)) + listed(torch.randn(1))  # w, b
print("main run:", json.dumps({"x": listed(X), "y": listed(Y), "start": start}))
