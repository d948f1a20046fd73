"""Compares three learning rates on the second run: three speeds, one minimum."""

import matplotlib.pyplot as plt
import torch
from torch import nn

torch.manual_seed(42)
N = 100
X = torch.randn(N, 1)
y = 2.5 * X + 1 + 0.5 * torch.randn(N, 1)
model = nn.Linear(1, 1)  # its random weight and bias are the start of all three runs

# --8<-- [start:loop]
# float64, so that the last tiny updates of the smallest rate are not rounded away
A = torch.cat([X, torch.ones(N, 1)], dim=1).double()  # (N, 2)
t = y[:, 0].double()  # (N,)
start = torch.tensor([model.weight.item(), model.bias.item()], dtype=torch.float64)


def train(lr, num_epochs):
    theta, path = start, [start]
    for _ in range(num_epochs):
        gradient = 2 / N * A.T @ (A @ theta - t)
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
best = torch.linalg.lstsq(A, t).solution
print(f"least squares: w = {best[0]:.4f}, b = {best[1]:.4f}")
# --8<-- [end:table]

# --8<-- [start:distance]
print("lr     distance after 100  distance after 1000  distance after 20000")
for lr, path in paths.items():
    d1, d2, d3 = (path[[100, 1000, 20_000]] - best).norm(dim=1)
    print(f"{lr:<5}  {d1:<18.4f}  {d2:<19.4f}  {d3:.4f}")
# --8<-- [end:distance]

w, b = torch.meshgrid(
    torch.linspace(0.2, 3.2, 120), torch.linspace(0.5, 1.5, 120), indexing="xy"
)
cost = (w[..., None] * X[:, 0] + b[..., None] - y[:, 0]).square().mean(dim=-1)
fig, axes = plt.subplots(1, 3, num="paths", figsize=(8, 3.0), sharey=True)
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
for (lr, path), style in zip(paths.items(), (":", "--", "-")):
    ax.semilogx(range(1, 1001), (path[:1000] @ A.T - t).square().mean(dim=1),
                style, color="C3")
    ax.annotate(rf"$\eta$ = {lr}", (0.32 / lr, 2.6), color="C3")
ax.set(xlabel="epoch", ylabel="$L$, loss")
plt.show()
