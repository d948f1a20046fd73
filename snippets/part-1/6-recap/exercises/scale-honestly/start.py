"""Write a scaler of two functions, and use it honestly.

- fit_scaler(X): return mean and std of each column, (D,) each, as StandardScaler
  finds them (it divides by N). A column that is constant gets a std of 1.
- transform(X, mean, std): the standardised features.
- prepare(X_train, X_val): both standardised, with what the training rows say alone.
"""

import torch


def fit_scaler(X):
    """Return mean and std of the columns of X (N, D)."""
    raise NotImplementedError("find mean and std in fit_scaler")


def transform(X, mean, std):
    """Return X with each column less its mean, over its std."""
    raise NotImplementedError("standardise in transform")


def prepare(X_train, X_val):
    """Return the training and the validation features, standardised."""
    raise NotImplementedError("use the two functions in prepare")


torch.manual_seed(42)
mean, std = torch.tensor([84.0, 90.0, 3.0]), torch.tensor([10.0, 28.0, 0.0])
X = mean + std * torch.randn(30, 3)
Z_train, Z_val = prepare(X[:20], X[20:])
for name, Z in (("training", Z_train), ("validation", Z_val)):
    means = Z.mean(dim=0).tolist()
    print(f"{name}: means", [round(v, 2) + 0.0 for v in means])
