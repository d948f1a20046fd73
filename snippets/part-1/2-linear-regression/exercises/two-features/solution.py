"""Learns two weights and a bias with the gradient in matrix form."""

import torch

torch.manual_seed(42)
X = torch.rand(100, 2) * 2 - 1  # (100, 2), each feature between -1 and 1
y = X @ torch.tensor([1.5, -3.0]) + 0.5 + 0.1 * torch.randn(100)  # (100,)
w, b = torch.randn(2), torch.randn(1)


def predict(X, w, b):
    return X @ w + b


def gradient(X, y, w, b):
    residual = predict(X, w, b) - y  # (N,)
    return 2 / len(X) * X.T @ residual, 2 * residual.mean()


lr, num_epochs = 0.1, 50
for epoch in range(1, num_epochs + 1):
    loss = ((predict(X, w, b) - y) ** 2).mean()
    grad_w, grad_b = gradient(X, y, w, b)
    w = w - lr * grad_w
    b = b - lr * grad_b
    if epoch in (1, 10, 50):
        print(f"epoch {epoch}: loss {loss:.4f}")
print(f"learned: w1 = {w[0]:.4f}, w2 = {w[1]:.4f}, b = {b.item():.4f}")

# X1: X with a column of ones, (100, 3)
X1 = torch.cat([X, torch.ones(100, 1)], dim=1)
best = torch.linalg.lstsq(X1, y.unsqueeze(1)).solution.flatten()
for name, value in zip(("w1", "w2", "b"), best, strict=True):
    print(f"least squares {name} = {value:.4f}")
factors = 1 - lr * torch.linalg.eigvalsh(2 / len(X) * X1.T @ X1)
print(f"slowest direction: factor {factors.max():.4f}", end=", ")
print(f"left after 50 epochs {factors.max() ** 50:.4f}")
