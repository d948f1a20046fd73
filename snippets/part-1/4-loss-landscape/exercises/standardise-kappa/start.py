"""Standardise two features and compute the condition number, before and after.

1. Complete standardise: each column with mean 0 and standard deviation 1 (divide the
   squares by N, as NumPy does).
2. Complete kappa: the condition number of the Hessian of the mean squared error, for
   a linear model with a bias. X comes without its column of ones.
Before you run: will it be 1 after standardising?
"""

import torch

torch.manual_seed(5)
height = 170 + 10 * torch.randn(200)  # centimetres
weight = 65 + 0.9 * (height - 170) + 5 * torch.randn(200)  # kilograms
X = torch.stack([height, weight], dim=1)  # (200, 2)


def standardise(X):
    """Return X with columns of mean 0 and standard deviation 1."""
    raise NotImplementedError("scale the columns in standardise")


def kappa(X):
    """Return the condition number of the Hessian, bias included."""
    raise NotImplementedError("compute the eigenvalues in kappa")


print(f"raw: {kappa(X):.4g}")
print(f"standardised: {kappa(standardise(X)):.4g}")
