"""Compares three learning rates on the second run: three speeds, one minimum."""

import math

import matplotlib.pyplot as plt
import torch
from torch import nn

torch.manual_seed(42)
N = 100
X = torch.randn(N, 1)
y = 2.5 * X + 1 + 0.5 * torch.randn(N, 1)
model = nn.Linear(1, 1)  # its random weight and bias are the start of all three runs

# --8<-- [start:loop]
X1 = torch.cat([X, torch.ones(N, 1)], dim=1)  # X with a column of ones
start = torch.cat([model.weight[0], model.bias]).detach()  # (2,): w and b
# float64, so that the last tiny updates are not rounded away
X1, y, start = X1.double(), y[:, 0].double(), start.double()


def train(lr, num_epochs):
    theta, path = start, [start]
    for _ in range(num_epochs):
        gradient = 2 / N * X1.T @ (X1 @ theta - y)
        theta = theta - lr * gradient
        path.append(theta)
    return torch.stack(path)  # row k: (w, b) after k updates


paths = {lr: train(lr, num_epochs=20_000) for lr in (0.001, 0.01, 0.1)}
# --8<-- [end:loop]

# --8<-- [start:table]
print("lr     w after 100  b after 100  w after 1000  b after 1000")
for lr, path in paths.items():
    (w1, b1), (w2, b2) = path[100], path[1000]
    print(f"{lr:<5}  {w1:<11.4f}  {b1:<11.4f}  {w2:<12.4f}  {b2:.4f}")
best = torch.linalg.lstsq(X1, y).solution
print(f"least squares: w = {best[0]:.4f}, b = {best[1]:.4f}")
# --8<-- [end:table]

# --8<-- [start:distance]
print("lr     distance after 100  distance after 1000", end="  ")
print("distance after 20000")
for lr, path in paths.items():
    d1, d2, d3 = (path[[100, 1000, 20_000]] - best).norm(dim=1)
    print(f"{lr:<5}  {d1:<18.4f}  {d2:<19.4f}  {d3:.4f}")
# --8<-- [end:distance]

eigenvalues = torch.linalg.eigvalsh(2 / N * X1.T @ X1)  # of the Hessian
print(f"smaller eigenvalue: {eigenvalues[0]:.4f}")
print(f"larger eigenvalue: {eigenvalues[1]:.4f}")
print(f"limit of the rate: {2 / eigenvalues[1]:.4f}")

w, b = torch.meshgrid(
    torch.linspace(0.2, 3.2, 120), torch.linspace(0.5, 1.5, 120), indexing="xy"
)
cost = (w[..., None] * X[:, 0] + b[..., None] - y).square().mean(dim=-1)
fig, axes = plt.subplots(1, 3, num="paths", figsize=(7.2, 3.0), sharey=True)
for ax, (lr, path) in zip(axes, paths.items()):
    levels = (0.15, 0.25, 0.5, 1, 1.5, 2, 3, 4, 5, 6)
    ax.contourf(w, b, cost, levels, cmap="cividis", alpha=0.35).set_rasterized(True)
    ax.plot(*path[:1001].T, color="C3")
    for epoch, height in ((0, 10), (100, 10), (1000, -20)):
        ax.plot(*path[epoch], "o", color="C3")
        ax.annotate(epoch, path[epoch], xytext=(0, height),
                    textcoords="offset points", ha="center")
    ax.text(*best, "+", fontsize=16, ha="center", va="center")
    ax.set(title=rf"$\eta$ = {lr}", xlabel="$w$, weight")
axes[0].set_ylabel("$b$, bias")
plt.show()

fig, ax = plt.subplots(num="losses", figsize=(6.4, 3.2))
updates = torch.logspace(0, math.log10(20_000), 200).round().long().unique()
for (lr, path), style in zip(paths.items(), (":", "--", "-")):
    losses = (path[updates] @ X1.T - y).square().mean(dim=1)
    ax.semilogx(updates, losses, style, color="C3")
    ax.annotate(rf"$\eta$ = {lr}", (0.17 / lr, 2.6), color="C3")
floor = (X1 @ best - y).square().mean()
ax.axhline(floor, color="C6", linestyle="--", linewidth=1)
ax.annotate("loss of least squares", (20_000, floor + 0.12), color="C6",
            ha="right")
ax.set(xlabel="number of updates", ylabel="$L$, loss", ylim=(0, None))
plt.show()
