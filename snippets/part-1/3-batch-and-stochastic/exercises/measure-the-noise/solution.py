"""Measures the noise of the batch gradient, and compares it."""

import torch


def measured_noise(X, y, w, b, B, num_batches):
    r = w * X + b - y
    g = torch.cat([2 * r * X, 2 * r], dim=1)  # (N, 2)
    full = g.mean(dim=0)
    total = 0.0
    for _ in range(num_batches):
        batch = torch.randperm(len(X))[:B]
        total += (g[batch].mean(dim=0) - full).square().sum().item()
    return total / num_batches


torch.manual_seed(42)
N = 100
X = torch.linspace(-1, 1, N).unsqueeze(1)
y = 2 * X - 1 + 0.1 * torch.randn(N, 1)
w, b = torch.randn(1), torch.randn(1)
r = w * X + b - y
g = torch.cat([2 * r * X, 2 * r], dim=1)  # (N, 2): one row a sample
one = g.var(dim=0, correction=0).sum()
for B in (2, 10, 50):
    formula = one / B * (N - B) / (N - 1)
    noise = measured_noise(X, y, w, b, B, num_batches=2000)
    print(f"B {B}: formula {formula:.3f}, measured {noise:.3f}")
