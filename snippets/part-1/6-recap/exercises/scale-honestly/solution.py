"""A scaler of two functions that learns from the training rows alone."""

import torch


def fit_scaler(X):
    std = X.std(dim=0, correction=0)
    return X.mean(dim=0), torch.where(std > 0, std, 1.0)


def transform(X, mean, std):
    return (X - mean) / std


def prepare(X_train, X_val):
    mean, std = fit_scaler(X_train)
    return transform(X_train, mean, std), transform(X_val, mean, std)


torch.manual_seed(42)
mean, std = torch.tensor([84.0, 90.0, 3.0]), torch.tensor([10.0, 28.0, 0.0])
X = mean + std * torch.randn(30, 3)
Z_train, Z_val = prepare(X[:20], X[20:])
for name, Z in (("training", Z_train), ("validation", Z_val)):
    means = Z.mean(dim=0).tolist()
    print(f"{name}: means", [round(v, 2) + 0.0 for v in means])
