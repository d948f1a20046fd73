"""Draws one set of runs against samples seen, against steps and against time."""

import matplotlib.pyplot as plt
import torch
from kept_times import SECONDS as seconds

torch.manual_seed(42)
N, D = 16_384, 64
scale = torch.linspace(1, 0.3, D)  # some features vary more than others
X = torch.randn(N, D) * scale
y = X @ torch.randn(D) + 0.5 * torch.randn(N)
best = torch.linalg.lstsq(X, y[:, None]).solution[:, 0]
floor = (X @ best - y).square().mean()


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
runs = {1: (0.005, 3000), 64: (0.2, 200), N: (0.8, 40)}  # B: rate, steps
curves = {B: train(B, *plan) for B, plan in runs.items()}
goal = 0.1
print("B      rate  steps  samples  time")  # to bring the excess below the goal
needed = {B: next(t for t, e in enumerate(c) if e < goal) for B, c in curves.items()}
least = min(needed[B] * seconds[B] for B in runs)
for B, steps in needed.items():
    time = steps * seconds[B] / least
    print(f"{B:<5}  {runs[B][0]:<4}  {steps:<5}  {steps * B:<7}  {time:.1f}")
# --8<-- [end:needed]

fig, axes = plt.subplots(1, 3, num="three-axes", figsize=(7.2, 3.0), sharey=True)
for B, curve in curves.items():
    t = torch.logspace(0, 4, 300).long().unique()  # fewer points where they crowd
    t = t[t <= len(curve)]
    seen = torch.tensor(curve)[t - 1]
    color, style = ("C1", "-") if B == N else ("C3", "-" if B == 64 else ":")
    for ax, unit in zip(axes, (B, 1, 1000 * seconds[B])):
        ax.loglog(t * unit, seen, style, color=color, linewidth=1.6)
for ax, name in zip(axes, ("samples seen", "steps", "milliseconds")):
    ax.axhline(goal, color="C6", linestyle="--", linewidth=1)
    ax.set(xlabel=name, ylim=(0.003, 40))
    ax.minorticks_off()
for words, place, color in (
    ("all", (0.02, 0.1), "C1"),
    ("$B$ = 64", (0.47, 0.08), "C3"),
    ("1", (0.9, 0.45), "C3"),
):
    axes[1].text(*place, words, color=color, transform=axes[1].transAxes)
axes[0].set_ylabel("cost above the minimum")
plt.show()
