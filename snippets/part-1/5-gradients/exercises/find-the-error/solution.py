"""Finds the wrong entry of a gradient by measuring, and mends it."""

import torch

culprit = "k"

x = torch.linspace(0, 3, 40, dtype=torch.float64)
y = 2 * torch.exp(-1.5 * x) + 0.5


def cost(theta):
    a, k, c = theta
    return ((a * torch.exp(-k * x) + c - y) ** 2).mean()


def gradient(theta):
    a, k, c = theta
    decay = torch.exp(-k * x)
    residual = a * decay + c - y
    return 2 * torch.stack(
        [
            (residual * decay).mean(),
            (residual * a * -x * decay).mean(),  # inner derivative: -x
            residual.mean(),
        ]
    )


def numerical_gradient(f, theta, h=6e-6):
    slopes = torch.zeros_like(theta)
    for j in range(len(theta)):
        step = torch.zeros_like(theta)
        step[j] = h
        slopes[j] = (f(theta + step) - f(theta - step)) / (2 * h)
    return slopes


theta = torch.tensor([1.0, 0.7, 0.2], dtype=torch.float64)
measured = numerical_gradient(cost, theta)
print("by hand: ", [f"{slope:.6f}" for slope in gradient(theta)])
print("measured:", [f"{slope:.6f}" for slope in measured])
