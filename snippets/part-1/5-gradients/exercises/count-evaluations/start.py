"""Predict, then count: how many calls of the cost does each way to a gradient take?

1. In `predicted`, put a number for each way, for P = 1000 parameters.
2. Complete calls(way, P), the same for any P.
3. Complete directional(cost, theta, v, h): the slope of the cost along v by a central
   difference, with as few calls of the cost as possible.
A pass with dual numbers counts as one call, and so does a call that backward() follows.
"""

import torch

predicted = {
    "forward differences": ...,
    "central differences": ...,
    "dual numbers": ...,
    "backward": ...,
}


def calls(way, P):
    """Return how often the cost is called for all P slopes."""
    raise NotImplementedError("return the number of calls in calls")


def directional(cost, theta, v, h=6e-6):
    """Return the slope of the cost at theta along v."""
    raise NotImplementedError("measure the slope along v in directional")


def cost(theta):
    return (theta**2).sum() + torch.sin(theta[0])


for way in predicted:
    print(f"{way}: {calls(way, 10)} calls for 10 parameters")
theta = torch.linspace(-1, 1, 5, dtype=torch.float64)
v = torch.ones(5, dtype=torch.float64)
print(f"slope along v: {directional(cost, theta, v):.6f}")
