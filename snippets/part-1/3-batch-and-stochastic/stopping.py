"""Tries four rules for stopping, each on a run that suits it and one that fools it."""

import matplotlib.pyplot as plt
import torch

torch.manual_seed(42)
N = 100
x = torch.linspace(-1, 1, N)
y = 2 * x - 1 + 0.1 * torch.randn(N)
start = torch.stack([torch.randn(1), torch.randn(1)])[:, 0]
u = torch.stack([x, torch.ones(N)])  # (2, N)


# --8<-- [start:train]
def train(lr, B=N, num_epochs=300):
    """For each step: the cost after it, how far it went, how long its gradient was."""
    theta, log = start, []
    for _ in range(num_epochs):
        for batch in torch.randperm(N).split(B):
            residual = theta @ u[:, batch] - y[batch]
            gradient = 2 * u[:, batch] @ residual / len(batch)
            theta = theta - lr * gradient
            cost = (theta @ u - y).square().mean().item()
            length = gradient.norm().item()
            log.append((cost, lr * length, length))
    return log


# --8<-- [end:train]
# --8<-- [start:rules]
def fixed(log, steps=100):
    return steps


def plateau(log, patience=5, least=1e-4):
    best, since = float("inf"), 0
    for step, (cost, _, _) in enumerate(log, start=1):
        best, since = (cost, 0) if cost < best - least else (best, since + 1)
        if since == patience:
            return step
    return None


def small_change(log, tolerance=1e-3):
    return next((t for t, (_, way, _) in enumerate(log, 1) if way < tolerance), None)


def small_gradient(log, tolerance=1e-2):
    return next((t for t, (*_, g) in enumerate(log, 1) if g < tolerance), None)


# --8<-- [end:rules]
floor = train(0.5)[-1][0]
good = train(0.1)
fooled = {
    fixed: ("rate 0.01", train(0.01)),
    plateau: ("rate 1.0", train(1.0)),
    small_change: ("rate 0.0001", train(0.0001)),
    small_gradient: ("rate 0.0001, B = 1", train(0.0001, B=1, num_epochs=30)),
}
print("rule            stops at step  cost above the minimum")
for rule in fooled:
    step = rule(good)
    print(f"{rule.__name__:<14}  {step:<13}  {good[step - 1][0] - floor:.5f}")
print("fooled rule            stops at step  cost above minimum    run")
for rule, (name, log) in fooled.items():
    step, words = rule(log), f"fooled {rule.__name__}"
    cost = f"{log[step - 1][0] - floor:.5f}" if step else "not fooled"
    print(f"{words:<21}  {step!s:<13}  {cost:<20}  {name}")
print("tolerance 1e-4, full batch: stops at step", small_gradient(good, 1e-4))
print("tolerance 1e-4, B = 10: stops at", small_gradient(train(0.1, B=10), 1e-4))

fig, ax = plt.subplots(num="stopping", figsize=(5.4, 4.0))
for rule, (_, log) in fooled.items():
    cost = [entry[0] - floor + 1e-6 for entry in log[:1000]]
    ax.loglog(range(1, len(cost) + 1), cost, color="C3", linewidth=1.4)
    step = rule(log)
    ax.plot(step, cost[step - 1], "o", color="C6", markersize=9, zorder=3)
    words = {"ha": "left" if rule is small_change else "right", "color": "C6"}
    place = 1.15 * step if rule is small_change else 0.85 * step
    ax.annotate(rule.__name__, (place, 0.88 * cost[step - 1]), va="top", **words)
ax.set(xlabel="$t$, step", ylabel="cost above the minimum", ylim=(0.02, 6))
plt.show()
