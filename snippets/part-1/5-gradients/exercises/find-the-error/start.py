"""One entry of this gradient is wrong. Find it by measuring, then mend it.

The model is a decay: y_hat = a exp(-k x) + c, with theta = (a, k, c).
1. Complete numerical_gradient: a central difference for each parameter.
2. Put the name of the wrong entry into `culprit`: "a", "k" or "c".
3. Mend gradient.
"""

import torch

culprit = ...

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
            (residual * a * -decay).mean(),
            residual.mean(),
        ]
    )


def numerical_gradient(f, theta, h=6e-6):
    raise NotImplementedError("measure every slope in numerical_gradient")


theta = torch.tensor([1.0, 0.7, 0.2], dtype=torch.float64)
print("by hand: ", gradient(theta))
print("measured:", numerical_gradient(cost, theta))
