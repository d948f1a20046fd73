"""Calls backward() on a loss that is a vector, with the row of weights it wants."""

import torch

torch.manual_seed(42)
X = torch.linspace(-1, 1, 5)
y = 2 * X - 1 + 0.1 * torch.randn(5)

# --8<-- [start:cure]
w = torch.tensor(0.0, requires_grad=True)
losses = (w * X - y) ** 2  # one for each sample
losses.backward(gradient=torch.full((5,), 1 / 5))  # weights: those of a mean
print(f"weighted: {w.grad.item():.4f}")

w.grad = None
((w * X - y) ** 2).mean().backward()
print(f"of the mean: {w.grad.item():.4f}")
# --8<-- [end:cure]

# --8<-- [start:jacobian]
jacobian = torch.func.jacrev(lambda w: (w * X - y) ** 2)(w.detach())
print(f"one slope a sample: {[round(s, 4) for s in jacobian.tolist()]}")
# --8<-- [end:jacobian]
