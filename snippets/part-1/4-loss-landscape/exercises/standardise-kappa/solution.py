"""Standardises two features and computes the condition numbers."""

import torch

torch.manual_seed(5)
height = 170 + 10 * torch.randn(200)  # centimetres
weight = 65 + 0.9 * (height - 170) + 5 * torch.randn(200)  # kilograms
X = torch.stack([height, weight], dim=1)  # (200, 2)


def standardise(X):
    return (X - X.mean(dim=0)) / X.std(dim=0, correction=0)


def kappa(X):
    X = X.double()  # the squares of raw features need many digits
    X1 = torch.cat([X, torch.ones(len(X), 1, dtype=X.dtype)], dim=1)
    eigenvalues = torch.linalg.eigvalsh(2 / len(X) * X1.T @ X1)
    return (eigenvalues[-1] / eigenvalues[0]).item()


print(f"raw: {kappa(X):.4g}")
print(f"standardised: {kappa(standardise(X)):.4g}")
correlation = standardise(X).prod(dim=1).mean().item()
print(f"correlation {correlation:.4f}")
predicted = (1 + correlation) / (1 - correlation)
print(f"(1 + correlation) / (1 - correlation): {predicted:.4g}")
