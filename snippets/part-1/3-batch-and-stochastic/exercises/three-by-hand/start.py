"""Derive the finite-population factor for three samples by hand.

Three numbers a1, a2, a3 with mean m and variance s2 = mean((a - m)^2). Draw two of
them without replacement. On paper:
1. List the three means that a batch of two can have (the order does not matter).
2. Work out the covariance of the two draws, as a multiple of s2.
3. Work out the variance of the batch's mean, as a multiple of s2.
Then complete means, covariance, ratio and factor.
"""

import torch

ratio = ...  # the variance of the mean of two out of three, divided by s2


def means(a):
    """Return the three possible means, (3,), for a (3,)."""
    raise NotImplementedError("list the three means in means")


def covariance(a):
    """Return the covariance of the two draws, for a (3,)."""
    raise NotImplementedError("work out the covariance in covariance")


def factor(N, B):
    """Return what the variance with replacement, s2 / B, is multiplied with."""
    raise NotImplementedError("work out the factor in factor")


a = torch.tensor([2.0, -8.0, -12.0])
s2 = ((a - a.mean()) ** 2).mean()
print(f"variance of one: {s2:.4f}", end=", ")
print(f"of the mean of two: {means(a).var(correction=0):.4f}")
print(f"covariance of two draws: {covariance(a):.4f}")
for B in (1, 2, 3):
    print(f"3 samples, B {B}: factor {factor(3, B):.4f}")
