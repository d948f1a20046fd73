"""Cuts a slice, along a direction of the right length."""

import torch

torch.manual_seed(3)
X = torch.linspace(-2, 2, 40).unsqueeze(1)  # (40, 1)
y = torch.sin(2 * X)
first = torch.randn(8, 1)  # weights into eight neurons
second = torch.randn(8, 8) * 0.3  # from these to eight more, a row for each
third = torch.randn(1, 8) * 0.3  # and out of them


def loss(second):
    """The loss as a function of the weights in the middle, (8, 8)."""
    hidden = torch.relu(torch.relu(X @ first.T) @ second.T)
    return ((hidden @ third.T - y) ** 2).mean()


def normalise(direction, weights):
    unit = direction / direction.norm(dim=1, keepdim=True)
    return unit * weights.norm(dim=1, keepdim=True)


def slice_losses(loss, weights, direction, ts):
    return torch.stack([loss(weights + t * direction) for t in ts])


direction = normalise(torch.randn(8, 8), second)
ts = torch.linspace(-1, 1, 5)
losses = slice_losses(loss, second, direction, ts)
for t, value in zip(ts.tolist(), losses.tolist()):
    print(f"t = {t:4.1f}: loss {value:.4f}")
