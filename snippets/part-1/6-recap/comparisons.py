"""Each practice as two runs that differ in one thing: the excess with and without."""

import torch
from loop import train
from torch.optim.lr_scheduler import CosineAnnealingLR
from trials import MEAN, STD, excess, regions

START = excess(torch.zeros(4)).item()


# --8<-- [start:rate]
def rate(lr=0.1, other=0.003, num_epochs=30):
    z, y = regions()
    return [excess(train(z, y, lr, num_epochs)) for lr in (lr, other)]


# --8<-- [end:rate]
# --8<-- [start:schedule]
def schedule(batch_size=5, lr=0.2, num_epochs=20):
    def cosine(optimizer):
        return CosineAnnealingLR(optimizer, T_max=num_epochs)

    z, y = regions()
    runs = [train(z, y, lr, num_epochs, batch_size, s) for s in (cosine, None)]
    return [excess(run) for run in runs]


# --8<-- [end:schedule]
# --8<-- [start:scale]
def for_z(theta, mean, std):
    """A line in inputs mean + std * z, written as the same line in z."""
    w, b = theta[..., :3], theta[..., 3:]
    return torch.cat([w * std, b + (w * mean).sum(dim=-1, keepdim=True)], dim=-1)


def scale(mean=MEAN, std=STD, raw_lr=4e-5):
    z, y = regions()
    X = mean + std * z  # as measured: °F, mm, %
    m, s = X.mean(dim=1), X.std(dim=1, correction=0)  # (S, 3)
    standardised = train((X - m[:, None]) / s[:, None], y, 0.1, 100)
    raw = train(X, y, raw_lr, 100)
    standardised = for_z(standardised, (mean - m) / s, std / s)
    return [excess(standardised), excess(for_z(raw, mean, std))]


# --8<-- [end:scale]
# --8<-- [start:clipping]
def clipping(c=20.0, lr=0.1, num_epochs=20, wild=50.0):
    z, y = regions()
    z[:, 0] = wild * z[:, 0]  # one row of a hundred, written down in the wrong unit
    return [excess(train(z, y, lr, num_epochs, 5, clip=clip)) for clip in (c, None)]


# --8<-- [end:clipping]
