"""Cut a slice through a network's loss, with a direction of the right length.

1. Complete normalise: give each row of the direction the length of the same row of
   the weights. Leave its direction as it is.
2. Complete slice_losses: the losses at weight + t * direction, one for each t.
"""

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
    """Return the direction with rows as long as those of the weights."""
    raise NotImplementedError("scale the rows in normalise")


def slice_losses(loss, weights, direction, ts):
    """Return the losses at weights + t * direction, shape (len(ts),)."""
    raise NotImplementedError("walk along the direction in slice_losses")


direction = normalise(torch.randn(8, 1), first)
ts = torch.linspace(-1, 1, 5)
losses = slice_losses(loss, first, direction, ts)
for t, value in zip(ts.tolist(), losses.tolist()):
    print(f"t = {t:4.1f}: loss {value:.4f}")
