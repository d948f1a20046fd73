"""Counts the mistakes of a perceptron for margins from wide to narrow."""

import matplotlib.pyplot as plt
import torch

torch.manual_seed(42)
N = 200
u = torch.tensor([0.6, -0.8, 0.0])


# --8<-- [start:count]
def data(gamma):
    y = torch.where(torch.rand(N, 1) < 0.5, -1.0, 1.0)
    place = 2 * torch.rand(N, 1) - 1
    x = place * torch.tensor([0.8, 0.6]) + y * gamma * u[:2]
    return torch.cat([x, torch.ones(N, 1)], dim=1), y


def count(samples):  # each multiplied by its label
    theta, mistakes, i = torch.zeros(3), 0, 0
    while True:
        ahead = samples.roll(-i, dims=0)  # one epoch, from sample i on
        wrong = (ahead @ theta <= 0).nonzero()
        if len(wrong) == 0:
            return mistakes
        skip = wrong[0].item()  # right until there: nothing changes
        theta = theta + ahead[skip]
        mistakes += 1
        i += skip + 1
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

fig, ax = plt.subplots(num="margins", figsize=(6.4, 3.8))
gammas, bounds, counts = zip(*rows)
ax.loglog(gammas, bounds, "--", color="C6")
for gamma, number in zip(gammas, counts):
    ax.loglog([gamma] * len(number), number, "o", color="C1", markersize=4, alpha=0.5)
ax.annotate(r"$(R/\gamma)^2$", (0.058, 1100), color="C6")
ax.annotate("mistakes, 20 orders", (0.0212, 330), color="C1")
ax.set(xlabel=r"$\gamma$, margin", ylabel="mistakes until none is left", ylim=(1, 1e4))
ax.set_xticks(gammas, labels=[str(gamma) for gamma in gammas])
ax.set_xticks((), minor=True)
plt.show()
