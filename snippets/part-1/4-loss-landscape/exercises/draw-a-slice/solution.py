"""Cuts a slice, along a direction of the right length."""

import torch

torch.manual_seed(3)
X = torch.linspace(-2, 2, 40).unsqueeze(1)  # (40, 1)
y = torch.sin(2 * X)
first = torch.randn(8, 1)  # weights into eight neurons
weight = torch.randn(1, 8) * 0.3  # and out of them, one row


def loss(first):
    """The loss as a function of the weights into the neurons, (8, 1)."""
    return ((torch.relu(X @ first.T) @ weight.T - y) ** 2).mean()


def normalise(direction, weights):
    unit = direction / direction.norm(dim=1, keepdim=True)
    return unit * weights.norm(dim=1, keepdim=True)


def slice_losses(loss, weights, direction, ts):
    return torch.stack([loss(weights + t * direction) for t in ts])


direction = normalise(torch.randn(8, 1), first)
ts = torch.linspace(-1, 1, 5)
losses = slice_losses(loss, first, direction, ts)
for t, value in zip(ts.tolist(), losses.tolist()):
    print(f"t = {t:4.1f}: loss {value:.4f}")
