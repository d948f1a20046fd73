"""Measures and predicts the error of a one-sided formula."""

import torch

order = 2
constant = -1 / 3


def three_point(f, x, h):
    return (-3 * f(x) + 4 * f(x + h) - f(x + 2 * h)) / (2 * h)


x = torch.tensor(1.0, dtype=torch.float64)
for h in (1e-2, 1e-3):
    error = three_point(torch.exp, x, h) - torch.exp(x)
    print(f"h = {h:.0e}: error {error:.3e}, predicted", end=" ")
    print(f"{constant * h**order * torch.exp(x):.3e}")
