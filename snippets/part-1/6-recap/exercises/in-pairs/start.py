"""Complete compare(with_it, without), for the results of n seeds each.

Return three numbers: the factor between the two, as the mean of the log10 of each
seed's quotient says it, and the ends of its 95 % interval, as factors again.
Before you run: will the interval of the twenty pairs below hold 1?
"""

import torch

T_95 = {3: 4.303, 5: 2.776, 10: 2.262, 20: 2.093}  # for n seeds


def compare(with_it, without):
    """Return factor, low, high; with_it and without are (n,), one entry a seed."""
    raise NotImplementedError("take the differences of the logarithms in compare")


torch.manual_seed(42)
luck = torch.randn(20)
without = 10 ** (luck + 0.1 * torch.randn(20))
with_it = 0.8 * 10 ** (luck + 0.1 * torch.randn(20))
factor, low, high = compare(with_it, without)
print(f"in pairs: factor {factor:.2f}, from {low:.2f} to {high:.2f}")
factor, low, high = compare(with_it, without.flip(0))
print(f"paired wrongly: factor {factor:.2f}, from {low:.2f} to {high:.2f}")
