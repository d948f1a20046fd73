"""Finds the largest rate by trying, and compares it with 2 / lambda_max."""

import torch

torch.manual_seed(42)
N = 40
x = torch.linspace(0, 2, N)
y = 1.5 * x - 1 + 0.3 * torch.randn(N)
X1 = torch.stack([x, torch.ones(N)], dim=1).double()  # X with a column of ones
y = y.double()


# --8<-- [start:bisect]
def diverges(lr, X1, y, steps=500):
    theta = torch.full((X1.shape[1],), 5.0, dtype=torch.float64)
    first = ((X1 @ theta - y) ** 2).mean()
    for _ in range(steps):
        theta = theta - lr * 2 / len(y) * X1.T @ (X1 @ theta - y)
    last = ((X1 @ theta - y) ** 2).mean()
    return not last < first  # also true for nan, which is not less than anything


def largest_rate(X1, y):
    low, high = 0.0, 1.1  # with a bias, the limit is never above 1
    for _ in range(12):
        middle = (low + high) / 2
        low, high = (low, middle) if diverges(middle, X1, y) else (middle, high)
    return (low + high) / 2


tried = largest_rate(X1, y)
predicted = 2 / torch.linalg.eigvalsh(2 / N * X1.T @ X1)[-1]
print(f"by trying: {tried:.4f}")
print(f"2 / lambda_max: {predicted:.4f}")
print(f"difference: {100 * (tried / predicted - 1):.2f} per cent")
# --8<-- [end:bisect]
