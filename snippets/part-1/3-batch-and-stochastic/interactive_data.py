"""Prints the data of the interactive figure, and how it draws its batches."""

import json

import torch

torch.manual_seed(42)
N = 100
X = torch.linspace(-1, 1, N).unsqueeze(1)
Y = 2 * X - 1 + 0.1 * torch.randn(N, 1)
start = [torch.randn(1).item(), torch.randn(1).item()]  # w, b


def listed(values):
    return [float(f"{value:.7g}") for value in values]


def shuffled(seed, epochs):
    """The samples in the order in which they are used, by a generator of one line."""
    state, order = seed, []
    for _ in range(epochs):
        epoch = list(range(N))
        for i in range(N - 1, 0, -1):  # swap each place with a random one before it
            state = 48271 * state % 2147483647
            j = state % (i + 1)
            epoch[i], epoch[j] = epoch[j], epoch[i]
        order += epoch
    return order


data = {"x": listed(X[:, 0].tolist()), "y": listed(Y[:, 0].tolist())}
print("main run:", json.dumps(data | {"start": listed(start), "seed": 42}))
print("first samples:", shuffled(42, 1)[:10])
