"""Compares two ways in pairs: a factor, and its interval."""

import torch

T_95 = {3: 4.303, 5: 2.776, 10: 2.262, 20: 2.093}  # for n seeds


def compare(with_it, without):
    d = torch.log10(with_it) - torch.log10(without)
    mean = d.mean().item()
    half = T_95[len(d)] * d.std().item() / len(d) ** 0.5
    return 10**mean, 10 ** (mean - half), 10 ** (mean + half)


torch.manual_seed(42)
luck = torch.randn(20)
without = 10 ** (luck + 0.1 * torch.randn(20))
with_it = 0.8 * 10 ** (luck + 0.1 * torch.randn(20))
factor, low, high = compare(with_it, without)
print(f"in pairs: factor {factor:.2f}, from {low:.2f} to {high:.2f}")
factor, low, high = compare(with_it, without.flip(0))
print(f"paired wrongly: factor {factor:.2f}, from {low:.2f} to {high:.2f}")
