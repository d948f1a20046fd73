"""Lists every batch of two that three dots allow, with and without replacement."""

from itertools import permutations, product

import torch

# --8<-- [start:samples]
x = torch.tensor([1.0, 2.0, 3.0])
y = torch.tensor([1.0, 5.0, 6.0])
r = 1 * x + 1 - y  # the line w = 1, b = 1 of chapter 1.2
g = 2 * r * x  # gradient for w of each sample alone
mean, variance = g.mean(), g.var(correction=0)  # 0: divide by N
print(f"sample gradients: first {g[0]:.0f}, second {g[1]:.0f}, third {g[2]:.0f}")
print(f"all three: mean {mean:.0f}, variance {variance:.4f}")
# --8<-- [end:samples]

# --8<-- [start:batches]
kinds = {"with": product(range(3), repeat=2), "without": permutations(range(3), 2)}
print("replacement  batches  mean  variance  variance / that of one")
for kind, batches in kinds.items():
    means = torch.stack([g[list(batch)].mean() for batch in batches])
    spread = means.var(correction=0)
    print(f"{kind:<11}  {len(means):7d}  {means.mean():4.0f}", end="  ")
    print(f"{spread:8.4f}  {spread / variance:.4f}")
# --8<-- [end:batches]
