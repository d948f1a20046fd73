"""Fits until the gradient is small, and refuses a rate over the limit."""

import torch

torch.manual_seed(42)
X = torch.rand(100, 2) * 2 - 1  # (100, 2)
y = X @ torch.tensor([1.5, -3.0]) + 0.5 + 0.1 * torch.randn(100)  # (100,)


def limit(X):
    # X1: X with a column of ones, (N, D + 1)
    X1 = torch.cat([X, torch.ones(len(X), 1)], dim=1)
    hessian = 2 / len(X) * X1.T @ X1
    return 2 / torch.linalg.eigvalsh(hessian)[-1].item()


def fit(X, y, lr, tolerance, max_epochs):
    if lr >= limit(X):
        words = f"the rate must be below {limit(X):.4f}, and {lr} is not"
        raise ValueError(words)
    w, b = torch.zeros(X.shape[1]), torch.zeros(1)
    for epochs in range(max_epochs + 1):
        residual = X @ w + b - y  # (N,)
        grad_w = 2 / len(X) * X.T @ residual
        grad_b = 2 * residual.mean()
        length = torch.sqrt((grad_w**2).sum() + grad_b**2)
        if length < tolerance or epochs == max_epochs:
            return w, b, epochs
        w = w - lr * grad_w
        b = b - lr * grad_b


print(f"limit: {limit(X):.4f}")
for lr in (0.1, 0.5, 0.9, 1.1):
    try:
        w, b, epochs = fit(X, y, lr, tolerance=1e-4, max_epochs=1000)
        print(f"rate {lr}: epochs {epochs}", end=", ")
        print(f"w1 = {w[0]:.4f}, w2 = {w[1]:.4f}, b = {b.item():.4f}")
    except ValueError as error:
        print(f"rate {lr}: ValueError: {error}")
