"""Practices that choose: a degree by validation, an epoch by validation, a rate by looking."""

import torch
from trials import SEEDS, excess, regions

GRID = torch.linspace(-1, 1, 201)


# --8<-- [start:degree]
def powers(x, degree):
    return torch.stack([x**k for k in range(degree + 1)], dim=-1)


def fitted(x, y, degree):
    """Where the loop would end, for every seed: least squares."""
    return torch.linalg.lstsq(powers(x, degree), y[..., None]).solution[..., 0]


def degrees(N=30, kept=10, candidates=range(1, 11), noise=0.3):
    """Losses (degrees, S): of training, of validation, and the excess of both fits."""
    torch.manual_seed(0)
    x = 2 * torch.rand(len(SEEDS), N, dtype=torch.float64) - 1
    y = torch.sin(3 * x) + noise * torch.randn_like(x)
    truth, rows = torch.sin(3 * GRID.double()), []
    for degree in candidates:
        part, whole = fitted(x[:, kept:], y[:, kept:], degree), fitted(x, y, degree)
        off = [(powers(u, degree) @ c[..., None])[..., 0] - v for u, v, c in (
            (x, y, whole), (x[:, :kept], y[:, :kept], part), (GRID.double(), truth, part),
            (GRID.double(), truth, whole))]
        rows.append(torch.stack([r.square().mean(dim=-1) for r in off]))
    return torch.stack(rows, dim=1)  # (4, degrees, S)


# --8<-- [end:degree]
# --8<-- [start:early]
def many_features(N=30, D=20, N_val=30, lr=0.05, num_epochs=400):
    """Losses of training, validation and excess for every epoch and seed: (3, epochs, S)."""
    torch.manual_seed(1)
    S = len(SEEDS)
    X, X_val = torch.randn(S, N, D), torch.randn(S, N_val, D)
    w_true = torch.zeros(D)
    w_true[:2] = torch.tensor([1.0, -1.0])
    y, y_val = X @ w_true + torch.randn(S, N), X_val @ w_true + torch.randn(S, N_val)
    w, rows = torch.zeros(S, D), []
    for epoch in range(num_epochs):
        r, r_val = ((A @ w[:, :, None])[..., 0] - t for A, t in ((X, y), (X_val, y_val)))
        off = (w - w_true).square().sum(dim=1)
        rows.append(torch.stack([r.square().mean(dim=1), r_val.square().mean(dim=1), off]))
        w = w - lr * 2 / N * (X.mT @ r[:, :, None])[..., 0]
    return torch.stack(rows, dim=1)


def stop(val, patience):
    """Best epoch so far when it is `patience` epochs old, and the epoch of stopping."""
    best = 0
    for epoch, loss in enumerate(val.tolist()):
        if loss < val[best]:
            best = epoch
        elif epoch - best >= patience:
            return best, epoch
    return best, len(val) - 1


# --8<-- [end:early]


# --8<-- [start:look]
def looking(looks=10):
    """Excess after 100 epochs at a guessed rate, and with a look every 10 epochs."""
    z, y = regions()
    torch.manual_seed(1)
    guess = 10 ** (4 * torch.rand(len(SEEDS), 1) - 3.5)  # from 0.0003 to 3
    X1 = torch.cat([z, torch.ones_like(z[..., :1])], dim=2)

    def ten_epochs(theta, lr):
        for _ in range(10):
            r = (X1 @ theta[:, :, None])[..., 0] - y
            theta = theta - lr * 2 / z.shape[1] * (X1.mT @ r[:, :, None])[..., 0]
        r = (X1 @ theta[:, :, None])[..., 0] - y
        return theta, r.square().mean(dim=1, keepdim=True)

    blind = seen = torch.zeros(len(SEEDS), 4)
    lr, last = guess, y.square().mean(dim=1, keepdim=True)
    for _ in range(looks):
        blind, _ = ten_epochs(blind, guess)
        new, loss = ten_epochs(seen, lr)
        rose = ~(loss <= last)  # also true of nan
        seen, loss = torch.where(rose, seen, new), torch.where(rose, last, loss)
        lr = torch.where(rose, lr / 5, torch.where(loss > last / 4, lr * 3, lr))
        last = loss
    return excess(seen), excess(blind), guess[:, 0]


# --8<-- [end:look]
