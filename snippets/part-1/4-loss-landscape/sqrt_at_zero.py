"""Differentiates a distance where it is zero, under torch.where."""

import warnings

import torch


# --8<-- [start:mistake]
def height(theta):  # the distance from the origin, a cone
    squared = (theta**2).sum(dim=-1)
    return torch.where(squared > 0, torch.sqrt(squared), torch.zeros(()))


ticks = torch.linspace(-1, 1, 5)
grid = torch.cartesian_prod(ticks, ticks).requires_grad_()  # its middle is the origin
heights = height(grid)
heights.sum().backward()
broken = grid.grad.isnan().any(dim=-1)
print(f"heights that are nan: {heights.isnan().sum()}")
print(f"gradients that are nan: {broken.sum()}, at {grid[broken].tolist()}")
# --8<-- [end:mistake]

# --8<-- [start:anomaly]
warnings.simplefilter("ignore")  # the warning repeats the forward call
try:
    with torch.autograd.detect_anomaly():
        height(grid).sum().backward()
except RuntimeError as error:
    print(f"RuntimeError: {error}")
# --8<-- [end:anomaly]


# --8<-- [start:cure]
def safe_height(theta):
    squared = (theta**2).sum(dim=-1)
    positive = squared > 0
    inside = torch.where(positive, squared, torch.ones(()))  # sqrt never sees the 0
    return torch.where(positive, torch.sqrt(inside), torch.zeros(()))


grid.grad = None
safe_height(grid).sum().backward()
print(f"safe: gradients that are nan: {grid.grad.isnan().sum()}", end=", ")
print(f"in the middle {grid.grad[12].tolist()}")
# --8<-- [end:cure]
