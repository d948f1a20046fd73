"""Diagnose six runs by their losses alone.

1. Run this file and look at the six rows of losses.
2. Replace each ... in fault by one of the words in WORDS; each is used once.
3. Complete limit(X): the largest rate that converges, 2 over the largest eigenvalue
   of the Hessian; X (N, D) has its column of ones already.
"""

import torch

WORDS = ("healthy", "rate too small", "rate too large")
WORDS += ("jumps", "not cleared", "shape")

fault = {"A": ..., "B": ..., "C": ..., "D": ..., "E": ..., "F": ...}


def limit(X):
    """Return the limit of the rate for the mean squared error."""
    raise NotImplementedError("find the largest eigenvalue in limit")


def losses(lr, clear=True, wrong_shape=False):
    torch.manual_seed(42)
    X = torch.linspace(-1, 1, 100).unsqueeze(1)
    y = 2 * X - 1 + 0.1 * torch.randn(100, 1)
    target = y[:, 0] if wrong_shape else y
    w = torch.zeros(1, requires_grad=True)
    b = torch.ones(1, requires_grad=True)
    for epoch in range(1, 41):
        loss = ((w * X + b - target) ** 2).mean()
        loss.backward()
        with torch.no_grad():
            w -= lr * w.grad
            b -= lr * b.grad
            if clear:
                w.grad = b.grad = None
        if epoch in (1, 2, 3, 10, 11, 20, 39, 40):
            yield loss.item()


runs = {
    "A": losses(1.0), "B": losses(0.1, clear=False), "C": losses(0.003),
    "D": losses(1.1), "E": losses(0.3), "F": losses(0.3, wrong_shape=True),
}  # fmt: skip
for name, run in runs.items():
    print(name, *(f"{loss:8.3f}" for loss in run))
