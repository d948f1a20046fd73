"""Cuts a path with detach, or with no_grad: half a gradient, no message."""

import torch

# --8<-- [start:mistake]
w = torch.tensor(3.0, requires_grad=True)


def loss_of(w, scale):
    return (w / scale(w) - 1) ** 2 + w**2 / 10


def whole(w):
    return 1 + w**2


def cut(w):
    return (1 + w**2).detach()  # for autograd, a plain number


def under_no_grad(w):
    with torch.no_grad():
        return 1 + w**2


for scale in (whole, cut, under_no_grad):
    w.grad = None
    loss = loss_of(w, scale)
    loss.backward()
    print(f"{scale.__name__}: loss {loss.item():.4f}", end=", ")
    print(f"slope {w.grad.item():.4f}")
# --8<-- [end:mistake]

# --8<-- [start:check]
place, h = torch.tensor(3.0, dtype=torch.float64), 6e-6
ahead, back = loss_of(place + h, cut), loss_of(place - h, cut)
print(f"cut, detach and all, by differences: {(ahead - back) / (2 * h):.4f}")
# --8<-- [end:check]
