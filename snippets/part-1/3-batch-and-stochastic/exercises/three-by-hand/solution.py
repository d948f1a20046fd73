"""Lists the batches of two out of three, and compares with the factor."""

import torch

ratio = 0.25


def means(a):
    return torch.stack([a[0] + a[1], a[0] + a[2], a[1] + a[2]]) / 2


def covariance(a):
    s2 = ((a - a.mean()) ** 2).mean()
    return -s2 / 2


def factor(N, B):
    return (N - B) / (N - 1)


a = torch.tensor([2.0, -8.0, -12.0])
s2 = ((a - a.mean()) ** 2).mean()
print(f"variance of one: {s2:.4f}", end=", ")
print(f"of the mean of two: {means(a).var(correction=0):.4f}")
print(f"covariance of two draws: {covariance(a):.4f}")
for B in (1, 2, 3):
    print(f"3 samples, B {B}: factor {factor(3, B):.4f}")
