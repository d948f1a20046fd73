"""Adds gradients up on purpose: three small batches in place of a large one."""

import torch

torch.manual_seed(42)
X = torch.linspace(-1, 1, 99, dtype=torch.float64).unsqueeze(1)
y = 2 * X - 1 + 0.1 * torch.randn(99, 1, dtype=torch.float64)
w = torch.zeros(1, dtype=torch.float64, requires_grad=True)


# --8<-- [start:micro]
def cost(X, y):
    return ((w * X - y) ** 2).mean()


cost(X, y).backward()
whole = w.grad.item()

w.grad = None
for part in range(3):
    chosen = slice(33 * part, 33 * part + 33)
    cost(X[chosen], y[chosen]).backward()  # adds to w.grad
print(f"three parts, added up: {w.grad.item() / whole:.4f} times the whole")

w.grad = None
for part in range(3):
    chosen = slice(33 * part, 33 * part + 33)
    (cost(X[chosen], y[chosen]) / 3).backward()
print(f"each divided by three: {w.grad.item() / whole:.4f} times the whole")
# --8<-- [end:micro]
