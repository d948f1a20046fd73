"""Works out five numbers that can be foretold without a computer."""

import torch
from torch.utils.data import DataLoader, TensorDataset

# How much of the offset's first error three updates leave, on centred features
torch.manual_seed(5)
x = torch.linspace(-1, 1, 40, dtype=torch.float64)
y = 3 * x + 1 + 0.2 * torch.randn(40, dtype=torch.float64)
b_best = y.mean()
w, b = torch.zeros(()), torch.zeros(())
for _ in range(3):
    residual = w * x + b - y
    w, b = w - 0.2 * 2 * (residual * x).mean(), b - 0.2 * 2 * residual.mean()
print(f"part of the first error that is left: {(b - b_best) / -b_best:.3f}")

# Updates in three epochs of 500 samples, short batches dropped
loader = DataLoader(TensorDataset(torch.zeros(500, 1)), batch_size=64, drop_last=True)
print(f"updates in three epochs: {sum(1 for _ in range(3) for _ in loader)}")

# The largest rate on a bowl whose contours are five times as long as wide
flat, ratio = 0.4, 5.0
curvature = torch.tensor([flat, flat * ratio**2])
low, high = 0.0, 10.0
for _ in range(40):
    lr = (low + high) / 2
    error = torch.ones(2) * (1 - lr * curvature) ** 2000
    low, high = (lr, high) if error.norm() < 1 else (low, lr)
print(f"largest rate, found by trying: {low:.3f}")

# Perfect predictions as a column, targets without a second dimension
y_hat, target = torch.arange(4.0).unsqueeze(1), torch.arange(4.0)
print(f"loss of perfect predictions: {(y_hat - target).square().mean():.2f}")

# Noise of batches of 40 against batches of 10, drawn from 100 without replacement
g = torch.randn(100, dtype=torch.float64)
orders = torch.rand(40_000, 100, dtype=torch.float64).argsort(dim=1)
noise = {B: (g[orders[:, :B]].mean(dim=1) - g.mean()).square().mean() for B in (10, 40)}
exact = {B: g.var(correction=0) / B * (100 - B) / 99 for B in (10, 40)}
print(f"noise of 40 / noise of 10: formula {exact[40] / exact[10]:.3f}", end=", ")
print(f"measured {noise[40] / noise[10]:.2f}")
