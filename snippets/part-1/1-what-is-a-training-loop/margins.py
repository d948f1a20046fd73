"""Counts the mistakes of a perceptron for margins from wide to narrow."""

import matplotlib.pyplot as plt
import torch

torch.manual_seed(42)

# --8<-- [start:data]
N = 200
u = torch.tensor([0.6, -0.8, 0.0])  # of length 1; b = 0: the line goes through (0, 0)
along = torch.tensor([0.8, 0.6])  # at a right angle to u: along the line


def data(gamma):
    y = torch.where(torch.rand(N, 1) < 0.5, -1.0, 1.0)  # by chance
    place = 2 * torch.rand(N, 1) - 1
    x = place * along + y * gamma * u[:2]
    return torch.cat([x, torch.ones(N, 1)], dim=1), y  # a feature of ones added
# --8<-- [end:data]


# --8<-- [start:count]
def count(samples):  # each multiplied by its label
    theta, mistakes, clean = torch.zeros(3), 0, False
    while not clean:
        clean = True
        for sample in samples:
            if theta @ sample <= 0:
                theta, mistakes, clean = theta + sample, mistakes + 1, False
    return mistakes
# --8<-- [end:count]


# --8<-- [start:table]
rows = []
print("gamma  bound  fewest  most")
for gamma in (0.5, 0.2, 0.1, 0.05, 0.02):
    X1, y = data(gamma)
    R = X1.norm(dim=1).max()
    orders = [torch.randperm(N) for _ in range(20)]
    counts = [count((y * X1)[order]) for order in orders]
    rows.append((gamma, (R / gamma).item() ** 2, counts))
    print(f"{gamma:<5}  {rows[-1][1]:<5.0f}  {min(counts):<6}  {max(counts)}")
# --8<-- [end:table]

fig, ax = plt.subplots(num="margins", figsize=(5.4, 3.6))
gammas, bounds, counts = zip(*rows)
ax.loglog(gammas, bounds, "--", color="C6")
for gamma, number in zip(gammas, counts):
    ax.loglog([gamma] * len(number), number, "o", color="C1", markersize=4, alpha=0.5)
ax.annotate(r"the bound, $(R/\gamma)^2$", (0.052, 1300), color="C6")
ax.annotate("mistakes, 20 orders", (0.0225, 215), color="C1")
ax.set(xlabel=r"$\gamma$, margin", ylabel="mistakes until none is left", ylim=(1, 1e4))
ax.set_xticks(gammas, labels=[str(gamma) for gamma in gammas])
ax.set_xticks((), minor=True)
powers = (1, 10, 100, 1000, 10000)
ax.set_yticks(powers, labels=[f"{power:,}" for power in powers])
plt.show()
