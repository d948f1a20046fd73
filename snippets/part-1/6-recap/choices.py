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
def many_features(N=30, D=20, N_val=30, lr=0.05, num_epochs=400):
    """Training loss, validation loss and excess of every epoch: (3, epochs, S)."""
    torch.manual_seed(1)
    S = len(SEEDS)
    X, X_val = torch.randn(S, N, D), torch.randn(S, N_val, D)
    w_true = torch.zeros(D)
    w_true[:2] = torch.tensor([1.0, -1.0])
    y, y_val = X @ w_true + torch.randn(S, N), X_val @ w_true + torch.randn(S, N_val)
    w, rows = torch.zeros(S, D), []
    for epoch in range(num_epochs):
        r = (X @ w[:, :, None])[..., 0] - y
        r_val = (X_val @ w[:, :, None])[..., 0] - y_val
        off = (w - w_true).square().sum(dim=1)
        losses = r.square().mean(dim=1), r_val.square().mean(dim=1), off
        rows.append(torch.stack(losses))
        w = w - lr * 2 / N * (X.mT @ r[:, :, None])[..., 0]
    return torch.stack(rows, dim=1)


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
