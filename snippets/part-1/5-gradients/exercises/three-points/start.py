"""Derive the order of a one-sided formula with three points.

At the edge of a table there is no x - h. Still, three points ahead do better than two:
    (-3 f(x) + 4 f(x + h) - f(x + 2 h)) / (2 h)
1. Complete three_point.
2. Derive its error with Taylor's theorem: error = constant * h^order * f'''(x) + ...
   Put both numbers into `order` and `constant`.
"""

import torch

order = ...
constant = ...


def three_point(f, x, h):
    raise NotImplementedError("return the quotient in three_point")


x = torch.tensor(1.0, dtype=torch.float64)
for h in (1e-2, 1e-3):
    error = three_point(torch.exp, x, h) - torch.exp(x)
    print(f"h = {h:.0e}: error {error:.1e}, predicted", end=" ")
    print(f"{constant * h**order * torch.exp(x):.1e}")
