"""Trains on the mean absolute error, with and without one wild target."""

import torch

torch.manual_seed(42)
X = torch.linspace(-1, 1, 100).unsqueeze(1)  # (100, 1)
y = 2 * X - 1 + 0.1 * torch.randn(100, 1)  # (100, 1)
y_high, y_low = y.clone(), y.clone()
y_high[-1] += 20
y_low[-1] -= 20

steadier = "absolute"


def gradient(X, y, w, b):
    sign = torch.sign(w * X + b - y)  # (N, 1), each -1, 0 or 1
    return (sign * X).mean(), sign.mean()


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
