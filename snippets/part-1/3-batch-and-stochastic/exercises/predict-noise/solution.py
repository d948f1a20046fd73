"""Foretells the noise of a batch's mean, with and without replacement."""

import torch

predicted = {
    "25": 0.04,
    "half": 32,
    "50 of 100": 0.51,
    "100 of 100": 0,
}


def noise(g, B, replacement):
    N = len(g)
    s2 = ((g - g.mean()) ** 2).mean()
    if replacement:
        return s2 / B
    return s2 / B * (N - B) / (N - 1)


torch.manual_seed(42)
g = torch.randn(100)
for B in (1, 8, 25, 32, 50, 100):
    print(f"B {B}: with {noise(g, B, True):.4f}", end=", ")
    print(f"without {noise(g, B, False):.4f}")
