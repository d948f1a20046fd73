"""A gradient by complex steps: exact to the last digit, one evaluation a parameter.

Complete complex_gradient(f, theta, h) for theta of shape (P,) in float64. f takes a
complex vector and returns a complex number.
"""

import torch


def complex_gradient(f, theta, h=1e-30):
    """Return the gradient of f at theta, of shape (P,), in float64."""
    raise NotImplementedError("take one imaginary step a parameter in complex_gradient")


def f(theta):
    return torch.exp(theta[0]) * torch.sin(theta[1]) / theta[2]


theta = torch.tensor([0.5, 1.0, 2.0], dtype=torch.float64)
print(complex_gradient(f, theta))
