"""Measure the noise of the batch gradient.

measured_noise(X, y, w, b, B, num_batches) draws num_batches batches of B samples
without replacement, and returns the mean of |g_B - g|^2: the squared distance of the
batch's gradient from the full one, for w and b together.

Everything has one feature: X (N, 1), y (N, 1), w (1,), b (1,).
"""

import torch


def measured_noise(X, y, w, b, B, num_batches):
    """Return a number."""
    raise NotImplementedError("measure the noise in measured_noise")


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
