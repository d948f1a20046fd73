"""Build a fit that stops by itself, and refuses a rate that cannot work.

Complete limit and fit for y_hat = X w + b with X (N, D), y (N,), w (D,), b (1,):
- limit(X) returns 2 / lambda_max, with the largest eigenvalue of the Hessian
  2/N X1^T X1, where X1 is X with a column of ones.
- fit raises a ValueError that names the limit when lr is not below it.
- It starts from zeros and stops as soon as the gradient for w and b together has a
  length (norm) below tolerance, or after max_epochs updates.
- It returns w, b and the number of updates made.
"""

import torch

torch.manual_seed(42)
X = torch.rand(100, 2) * 2 - 1  # (100, 2)
y = X @ torch.tensor([1.5, -3.0]) + 0.5 + 0.1 * torch.randn(100)  # (100,)


def limit(X):
    """Return the rate from which on descent no longer converges."""
    raise NotImplementedError("return 2 / lambda_max in limit")


def fit(X, y, lr, tolerance, max_epochs):
    """Return w, b and the number of updates."""
    raise NotImplementedError("write the loop in fit")


print(f"limit: {limit(X):.4f}")
for lr in (0.1, 0.5, 0.9, 1.1):
    try:
        w, b, epochs = fit(X, y, lr, tolerance=1e-4, max_epochs=1000)
        print(f"rate {lr}: epochs {epochs}", end=", ")
        print(f"w1 = {w[0]:.4f}, w2 = {w[1]:.4f}, b = {b.item():.4f}")
    except ValueError as error:
        print(f"rate {lr}: ValueError: {error}")
