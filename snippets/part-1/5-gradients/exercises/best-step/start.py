"""Find the best step for a given function, from the size of its derivatives.

1. Complete best_forward and best_central: the steps of least error.
   size is |f|, M2 and M3 are the sizes of f'' and f''', eps is machine epsilon.
2. For f(x) = sin(50 x) at x = 0.3, put |f|, M2 and M3 into `sizes`.
3. Predict: is the best step larger or smaller than for sin(x)? Set `step`.
"""

import math

import torch

sizes = (..., ..., ...)  # |f|, M2, M3 of sin(50 x) at x = 0.3
step = ...  # "larger" or "smaller"


def best_forward(size, M2, eps):
    raise NotImplementedError("return the step in best_forward")


def best_central(size, M3, eps):
    raise NotImplementedError("return the step in best_central")


def f(x):
    return torch.sin(50 * x)


size, M2, M3 = sizes
eps = torch.finfo(torch.float64).eps
x = torch.tensor(0.3, dtype=torch.float64)
exact = 50 * math.cos(15)
h = best_forward(size, M2, eps)
print(f"forward: h = {h:.1e}, error {abs((f(x + h) - f(x)) / h - exact):.0e}")
h = best_central(size, M3, eps)
slope = (f(x + h) - f(x - h)) / (2 * h)
print(f"central: h = {h:.1e}, error {abs(slope - exact):.0e}")
