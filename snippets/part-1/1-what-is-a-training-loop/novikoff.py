"""Follows the two quantities of the proof, mistake by mistake, until they meet."""

import matplotlib.pyplot as plt
import torch

# --8<-- [start:data]
torch.manual_seed(42)
N, gamma = 200, 0.05
u = torch.tensor([0.6, -0.8, 0.0])  # of length 1; b = 0: a line through (0, 0)
y = torch.where(torch.rand(N, 1) < 0.5, -1.0, 1.0)
place = 2 * torch.rand(N, 1) - 1  # along the line
x = place * torch.tensor([0.8, 0.6]) + y * gamma * u[:2]
X1 = torch.cat([x, torch.ones(N, 1)], dim=1)
band = X1, y[:, 0], u

D = 100  # as many features as samples: sample i has a one at place i
one_hot = torch.eye(D), torch.ones(D), torch.ones(D) / D**0.5
# --8<-- [end:data]


# --8<-- [start:count]
def follow(X1, y, u):
    theta = torch.zeros(X1.shape[1])
    along, length = [0.0], [0.0]  # after 0, 1, 2 … mistakes
    clean = False
    while not clean:
        clean = True
        for x_i in y.unsqueeze(1) * X1:
            if theta @ x_i <= 0:
                theta = theta + x_i
                along.append((u @ theta).item())
                length.append(theta.norm().item())
                clean = False
    return along, length


runs = {}
for name, (X1, y, u) in (("band", band), ("one-hot", one_hot)):
    R = X1.norm(dim=1).max()
    gamma = (y * (X1 @ u)).min()
    along, length = follow(X1, y, u)
    runs[name] = along, length, R, gamma
    print(f"{name}: R = {R:.4f}, gamma = {gamma:.4f}", end=", ")
    print(f"bound {(R / gamma) ** 2:.1f}, mistakes {len(along) - 1}")
# --8<-- [end:count]

fig, axes = plt.subplots(1, 2, num="squeeze", figsize=(7.2, 3.3), sharey=True)
for ax, (name, (along, length, R, gamma)) in zip(axes, runs.items()):
    k = torch.tensor([1.0, 3000.0])
    ax.loglog(k, k.sqrt() * R, "--", k, k * gamma, ":", color="C6")
    bound = (R / gamma) ** 2
    ax.loglog(bound, bound * gamma, "o", color="C6", markersize=8, fillstyle="none")
    steps = range(1, len(along))
    ax.loglog(steps, length[1:], "-", color="C1", linewidth=2.5)
    ax.loglog(steps, along[1:], "-", color="C1", linewidth=1)
    ax.set(title=name, xlim=(1, 3000), ylim=(0.04, 100))
    ax.set(xlabel="$k$, mistakes so far")
    powers = (1, 10, 100, 1000)
    ax.set_xticks(powers, labels=[f"{power:,}" for power in powers])
    powers = (0.1, 1, 10, 100)
    ax.set_yticks(powers, labels=[str(power) for power in powers])
axes[0].annotate("at most", (1.6, 9), color="C6")
axes[0].annotate("at least", (230, 4.2), color="C6")
axes[0].annotate("length", (1.3, 0.62), color="C1")
axes[0].annotate("along $u$", (7, 0.13), color="C1")
axes[0].annotate("the bound", (60, 55), color="C6")
axes[1].annotate("the bound", (22, 18), color="C6")
axes[0].set_ylabel(r"$\theta$: length, and along $u$")
plt.show()
