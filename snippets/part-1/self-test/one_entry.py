"""Finds one wrong entry of a gradient by two evaluations along a random direction."""

import torch

torch.manual_seed(4)
A = torch.randn(50, 20_000, dtype=torch.float64) / 140
theta = torch.randn(20_000, dtype=torch.float64, requires_grad=True)
v = torch.randn(20_000, dtype=torch.float64)


def cost(theta):
    return (A @ theta).sin().square().sum()


(right,) = torch.autograd.grad(cost(theta), theta)
wrong = right.clone()
wrong[right.abs().argmax()] *= 2
with torch.no_grad():
    slope = (cost(theta + 1e-5 * v) - cost(theta - 1e-5 * v)) / 2e-5
for name, gradient in (("right", right), ("largest entry doubled", wrong)):
    print(f"gradient {name}: gap of the slope {(v @ gradient - slope).abs():.1e}")
