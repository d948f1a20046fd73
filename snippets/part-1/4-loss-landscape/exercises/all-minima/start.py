"""Find every minimum of a network with two weights.

The network is y_hat = tanh(w1 x) + tanh(w2 x). Complete find_minima: let balls roll
from all the starts, then keep
- only those that came to rest: a gradient shorter than 1e-4;
- of these, only minima: both curvatures positive;
- each place once: two balls closer than 0.05 found the same minimum.
Return a tensor of shape (M, 2). Two places that predict the same, but differ in their
weights, are two minima.
"""

import torch

x = torch.linspace(-3, 3, 25, dtype=torch.float64)
y = torch.tanh(0.4 * x) + torch.tanh(1.6 * x)


def cost(theta):
    """The cost at the places theta, (..., 2)."""
    w1, w2 = theta[..., :1], theta[..., 1:]
    return ((torch.tanh(w1 * x) + torch.tanh(w2 * x) - y) ** 2).mean(dim=-1)


def find_minima(cost, starts, lr=0.2, steps=2000):
    """Return the minima that balls from the starts find, (M, 2)."""
    raise NotImplementedError("let the balls roll in find_minima")


ticks = torch.linspace(-2.5, 2.5, 6, dtype=torch.float64)
minima = find_minima(cost, torch.cartesian_prod(ticks, ticks))
for w1, w2 in minima.tolist():
    print(f"minimum at w1 = {w1:.3f}, w2 = {w2:.3f}")
