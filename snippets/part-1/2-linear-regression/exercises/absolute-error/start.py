"""Train on the mean absolute error, and see what one wild sample does to both losses.

1. Predict: which loss leaves the slope closer to 2 when the last target is 20 too high
   or too low? Replace the ... by "squares" or "absolute".
2. Complete gradient: the gradient of mean(|w x + b - y|) for w and for b. (Where a
   residual is exactly 0 there is a corner; torch.sign returns 0 there: that will do.)
"""

import torch

torch.manual_seed(42)
X = torch.linspace(-1, 1, 100).unsqueeze(1)  # (100, 1)
y = 2 * X - 1 + 0.1 * torch.randn(100, 1)  # (100, 1)
y_high, y_low = y.clone(), y.clone()
y_high[-1] += 20
y_low[-1] -= 20

steadier = ...


def gradient(X, y, w, b):
    """Return the gradient of the mean absolute error for w and for b."""
    raise NotImplementedError("work out the two mean gradients in gradient")


def train(X, y, lr=0.02, num_epochs=400):
    w, b = torch.zeros(1), torch.zeros(1)
    for _ in range(num_epochs):
        grad_w, grad_b = gradient(X, y, w, b)
        w = w - lr * grad_w
        b = b - lr * grad_b
    return w.item(), b.item()


def least_squares(X, y):
    # X1: X with a column of ones, (N, 2)
    X1 = torch.cat([X, torch.ones_like(X)], dim=1)
    w, b = torch.linalg.lstsq(X1, y).solution.flatten().tolist()
    return w, b


targets = {
    "clean": y,
    "last target too high": y_high,
    "last target too low": y_low,
}
for name, fit in (("squares", least_squares), ("absolute", train)):
    for which, y_used in targets.items():
        w, b = fit(X, y_used)
        print(f"{name}, {which}: w = {w:.3f}, b = {b:.3f}")
