"""What the comparisons share: twenty data sets, the excess loss, an interval."""

import torch

SEEDS = range(20)
MEAN = torch.tensor([84.0, 90.0, 54.0])  # °F, mm, %: the regions of Lab 1
STD = torch.tensor([10.0, 28.0, 10.0])
TRUE = torch.tensor([-4.0, 22.4, 7.0, 112.0])  # three weights for z, and the bias
NOISE = 4.0  # tons
T_95 = 2.093  # 97.5 % of a t distribution with 19 degrees of freedom lie below it


# --8<-- [start:data]
def regions(N=100):
    """Features z (S, N, 3), standardised, and yields y (S, N), for each seed."""
    z, y = [], []
    for seed in SEEDS:
        generator = torch.Generator().manual_seed(seed)
        z.append(torch.randn(N, 3, generator=generator))
        noise = NOISE * torch.randn(N, generator=generator)
        y.append(z[-1] @ TRUE[:3] + TRUE[3] + noise)
    return torch.stack(z), torch.stack(y)


def excess(theta):
    """Loss on new regions minus the noise; exact, for z has mean 0, variance 1."""
    return (theta - TRUE).square().sum(dim=-1)


# --8<-- [end:data]
# --8<-- [start:effect]
def interval(d):
    """Mean of paired differences and half the width of its 95 % interval."""
    return d.mean().item(), T_95 * d.std().item() / len(d) ** 0.5


def effect(with_it, without, worst=None):
    """The factor that a practice multiplies the excess with, and its interval."""
    if worst is not None:  # above its start, or nan: as if it had never begun
        pair = with_it, without
        with_it, without = (torch.where(e <= worst, e, worst) for e in pair)
    mean, half = interval(torch.log10(with_it / without))
    return 10**mean, 10 ** (mean - half), 10 ** (mean + half)


# --8<-- [end:effect]
def say(name, factor, low, high):
    print(f"{name}: factor {factor:.3g}, from {low:.3g} to {high:.3g}")
