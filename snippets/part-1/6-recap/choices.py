"""Choosing by validation: the degree of a polynomial, and the epoch to stop at."""

import torch
from trials import SEEDS

GRID = torch.linspace(-1, 1, 201, dtype=torch.float64)


# --8<-- [start:degree]
def powers(x, degree):
    return torch.stack([x**k for k in range(degree + 1)], dim=-1)


def fitted(x, y, degree):
    """Where the loop would end, for every seed: least squares."""
    return torch.linalg.lstsq(powers(x, degree), y[..., None]).solution[..., 0]


def degrees(N=30, kept=10, candidates=range(1, 11), noise=0.3):
    """Losses (4, degrees, S): training, validation, excess of both fits."""
    torch.manual_seed(0)
    x = 2 * torch.rand(len(SEEDS), N, dtype=torch.float64) - 1
    y = torch.sin(3 * x) + noise * torch.randn_like(x)
    truth, rows = torch.sin(3 * GRID), []
    for degree in candidates:
        part, whole = fitted(x[:, kept:], y[:, kept:], degree), fitted(x, y, degree)
        pairs = (x, y, whole), (x[:, :kept], y[:, :kept], part)
        pairs += (GRID, truth, part), (GRID, truth, whole)
        off = [(powers(u, degree) @ c[..., None])[..., 0] - v for u, v, c in pairs]
        rows.append(torch.stack([r.square().mean(dim=-1) for r in off]))
    return torch.stack(rows, dim=1)  # (4, degrees, S)


# --8<-- [end:degree]
# --8<-- [start:early]
def descent(X, y, lr=0.05, num_epochs=400):
    """The weights at the beginning of every epoch, for every seed: (epochs, S, D)."""
    H, c = X.mT @ X / X.shape[1], X.mT @ y[..., None] / X.shape[1]  # sums made once
    w, history = torch.zeros_like(c), []
    for _ in range(num_epochs):
        history.append(w[..., 0])
        w = w - lr * 2 * (H @ w - c)  # the gradient of the mean squared error
    return torch.stack(history)


def many_features(N=30, N_val=10, D=30, num_epochs=400):
    """Training and validation loss, excess, excess with all rows: (4, epochs, S)."""
    torch.manual_seed(1)
    X, w_true = torch.randn(len(SEEDS), N + N_val, D), torch.zeros(D)
    w_true[:2] = torch.tensor([1.0, -1.0])
    y = X @ w_true + torch.randn(len(SEEDS), N + N_val)
    part = descent(X[:, :N], y[:, :N], num_epochs=num_epochs)
    whole = descent(X, y, num_epochs=num_epochs)
    squares = (X @ part.permute(1, 2, 0) - y[..., None]).square()  # (S, rows, epochs)
    losses = squares[:, :N].mean(dim=1).T, squares[:, N:].mean(dim=1).T
    off = [(w - w_true).square().sum(dim=2) for w in (part, whole)]
    return torch.stack([*losses, *off])


def stop(val, patience):
    """The best epoch once it is `patience` epochs old, and the epoch of the stop."""
    best = 0
    for epoch, loss in enumerate(val.tolist()):
        if loss < val[best]:
            best = epoch
        elif epoch - best >= patience:
            return best, epoch
    return best, len(val) - 1


# --8<-- [end:early]
