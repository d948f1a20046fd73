"""Finds the best steps for sin(50 x) from the size of its derivatives."""

import math

import torch

# Each derivative of sin(50 x) brings a factor 50.
sine, cosine = abs(math.sin(15)), abs(math.cos(15))
sizes = (sine, 2500 * sine, 125_000 * cosine)
step = "smaller"


def best_forward(size, M2, eps):
    return (2 * eps * size / M2) ** (1 / 2)


def best_central(size, M3, eps):
    return (3 * eps * size / (2 * M3)) ** (1 / 3)


size, M2, M3 = sizes
eps = torch.finfo(torch.float64).eps
s, c = math.sin(0.3), math.cos(0.3)  # for sin(x): |f| = M2 = s, M3 = c
h = best_forward(size, M2, eps)
print(f"forward: h = {h:.1e}, for sin(x) {best_forward(s, s, eps):.1e}")
h = best_central(size, M3, eps)
print(f"central: h = {h:.1e}, for sin(x) {best_central(s, c, eps):.1e}")

x = torch.linspace(0.29, 0.31, 1001, dtype=torch.float64)
exact = 50 * torch.cos(50 * x)
for name, h in (("rule of thumb", eps ** (1 / 3)), ("derived", h)):
    slope = (torch.sin(50 * (x + h)) - torch.sin(50 * (x - h))) / (2 * h)
    error = (slope - exact).abs().mean()
    print(f"{name}: mean error below 1e-8: {(error < 1e-8).item()}")
