"""Finds the largest learning rate by trying."""

import torch

torch.manual_seed(1)
X = torch.rand(30, 2, dtype=torch.float64)  # two features, no bias
y = X @ torch.tensor([-1.0, 2.0], dtype=torch.float64)
y = y + 0.3 * torch.randn(30, dtype=torch.float64)


def diverges(lr, X, y):
    torch.manual_seed(0)
    theta = 10 * torch.randn(X.shape[1], dtype=X.dtype)
    first = ((X @ theta - y) ** 2).mean()
    for _ in range(300):
        theta = theta - lr * 2 / len(y) * X.T @ (X @ theta - y)
    last = ((X @ theta - y) ** 2).mean()
    return not last < first  # nan is not less than anything


def largest_rate(X, y):
    low, high = 0.0, 1.0
    for _ in range(20):
        if diverges(high, X, y):
            break
        high = 2 * high
    while high - low > 0.002 * high:
        middle = (low + high) / 2
        if diverges(middle, X, y):
            high = middle
        else:
            low = middle
    return (low + high) / 2


print(f"largest rate, by trying: {largest_rate(X, y):.4f}")
limit = 2 / torch.linalg.eigvalsh(2 / len(y) * X.T @ X)[-1]
print(f"2 / lambda_max: {limit:.4f}")
