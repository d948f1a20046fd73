"""Draws one set of runs against samples seen, against steps and against time."""

import matplotlib.pyplot as plt
import torch
from kept_times import BY_HAND as seconds

torch.manual_seed(42)
N, D = 16_384, 64
scale = torch.linspace(1, 0.3, D)  # some features vary more than others
X = torch.randn(N, D) * scale
y = X @ torch.randn(D) + 0.5 * torch.randn(N)
best = torch.linalg.lstsq(X, y[:, None]).solution[:, 0]


# --8<-- [start:train]
def train(B, lr, num_steps):
    theta, excess = torch.zeros(D), []
    spread = X.T @ X / N
    while len(excess) < num_steps:
        for batch in torch.randperm(N).split(B):
            e = theta - best
            excess.append((e @ spread @ e).item())  # cost above the minimum
            grad = 2 / B * X[batch].T @ (X[batch] @ theta - y[batch])
            theta = theta - lr * grad
            if len(excess) == num_steps:
                break
    return excess


# --8<-- [end:train]
# --8<-- [start:needed]
runs = {1: (0.008, 3000), 64: (0.3, 200), 256: (0.6, 100), N: (0.8, 40)}  # rate, steps
curves = {B: train(B, *plan) for B, plan in runs.items()}
goal = 0.1
needed = {B: next(t for t, e in enumerate(c) if e < goal) for B, c in curves.items()}
print("B      rate   steps  samples  ms")  # to bring the excess below the goal
for B, steps in needed.items():
    print(f"{B:<5}  {runs[B][0]:<5}  {steps:<5}  {steps * B:<7}", end="  ")
    print(f"{1e3 * steps * seconds[B]:.3g}")
# --8<-- [end:needed]

fig, axes = plt.subplots(3, 1, num="three-axes", figsize=(5.4, 6.6), sharey=True)
for B in (1, 256, N):
    t = torch.logspace(0, 4, 300).long().unique()  # fewer points where they crowd
    t = t[t <= len(curves[B])]
    seen = torch.tensor(curves[B])[t - 1]
    color, style = ("C1", "-") if B == N else ("C3", ":" if B == 1 else "-")
    for ax, unit in zip(axes, (B, 1, 1000 * seconds[B])):
        ax.loglog(t * unit, seen, style, color=color, linewidth=1.6)
names = ("samples seen", "steps", "milliseconds")
places = (  # of the words "1", "256" and "all"
    ((0.31, 0.6), (0.6, 0.6), (0.86, 0.6)),
    ((0.88, 0.45), (0.5, 0.1), (0.12, 0.28)),
    ((0.9, 0.45), (0.1, 0.5), (0.53, 0.75)),
)
for ax, name, row in zip(axes, names, places):
    ax.axhline(goal, color="C6", linestyle="--", linewidth=1)
    ax.set(xlabel=name, ylim=(0.003, 40))
    ax.minorticks_off()
    for words, place, color in zip(("1", "256", "all"), row, ("C3", "C3", "C1")):
        ax.text(*place, words, color=color, transform=ax.transAxes)
axes[1].set_ylabel("cost above the minimum")
plt.show()
