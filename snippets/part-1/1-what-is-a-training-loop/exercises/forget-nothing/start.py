"""Build the loop with autograd, for any loss of one number, and forget nothing.

Complete minimise. It is given a function, so there is no derivative to write down.
- Start at x_start, a float; make the watched tensor yourself.
- path is a list of floats: the start, and x after each step.
- losses is a list of floats: the loss before each step, num_steps of them.
"""

import torch


def minimise(loss_fn, x_start, lr, num_steps):
    """Return path, losses."""
    raise NotImplementedError("write the loop in minimise")


def parabola(x):
    return (x - 3) ** 2 + 2


def wavy(x):
    return torch.sin(3 * x) + 0.1 * x**2


for loss_fn, x_start in ((parabola, 5.0), (wavy, 2.0)):
    path, losses = minimise(loss_fn, x_start, lr=0.1, num_steps=20)
    name = loss_fn.__name__
    print(f"{name}: x from {path[0]:.4f} to {path[-1]:.4f}", end=", ")
    print(f"loss from {losses[0]:.4f} to {losses[-1]:.4f}")
