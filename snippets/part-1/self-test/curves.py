"""Draws six loss curves of the same line, five of them with something to notice."""

import matplotlib.pyplot as plt
import torch

torch.manual_seed(7)
N, num_steps = 100, 80
X1 = torch.stack([torch.linspace(-1, 1, N), torch.ones(N)], dim=1)  # column of ones
y = X1 @ torch.tensor([2.0, -1.0]) + 0.3 * torch.randn(N)
start = torch.tensor([-0.6, 0.4])
best = torch.linalg.lstsq(X1, y[:, None]).solution[:, 0]


def cost(theta):
    return (X1 @ theta - y).square().mean().item()


def train(lr, num_steps=num_steps, batch_size=N, clear=True):
    theta, gradient, losses = start, torch.zeros(2), [cost(start)]
    for _ in range(num_steps):
        rows = torch.randperm(N)[:batch_size]
        residual = X1[rows] @ theta - y[rows]
        new = 2 / batch_size * X1[rows].T @ residual
        gradient = new if clear else gradient + new
        theta = theta - lr * gradient
        losses.append(cost(theta))
    return losses


floor = cost(best)
runs = {
    "A": train(0.1),
    "B": train(0.01),
    "C": train(1.02),
    "D": train(0.1, clear=False),
    "E": train(0.3, batch_size=3),
    "F": train(1.0),
}
print(f"floor, the loss of least squares: {floor:.4f}")
for name, losses in runs.items():
    print(f"{name}: loss at the end {losses[-1]:.4f}, lowest {min(losses):.4f}")
print(f"B after ten times the steps: loss {train(0.01, 800)[-1]:.4f}")
steep, flat = 2.0, 2 * X1[:, 0].square().mean().item()  # curvatures of b and w
print(f"C: factor of the offset {1 - 1.02 * steep:.2f}", end=", ")
print(f"factor of the slope {1 - 1.02 * flat:.2f}")
theta = start
for t in range(4):  # mean(x) is 0, so what slope and offset cost simply adds up
    slope, offset = ((theta - best) ** 2 * torch.tensor([flat, steep]) / 2).tolist()
    print(f"C, update {t}: part of the slope {slope:.2f}", end=", ")
    print(f"part of the offset {offset:.2f}, loss {runs['C'][t]:.2f}")
    theta = theta - 1.02 * 2 / N * X1.T @ (X1 @ theta - y)
torch.manual_seed(7)
for batch_size in (3, 30):
    late = torch.tensor(train(0.3, 4000, batch_size)[1000:]).mean().item()
    print(f"E with batches of {batch_size}: above the floor {late - floor:.5f}")
late = runs["F"][-10:]
print(f"F: largest change of the last ten losses {max(late) - min(late):.1e}")

fig, axes = plt.subplots(
    3, 2, num="curves", figsize=(5.4, 5.2), sharex=True, sharey=True
)
for ax, (name, losses) in zip(axes.flat, runs.items()):
    ax.axhline(floor, color="C6", linestyle="--", linewidth=1)
    ax.semilogy(losses, color="C3" if name == "E" else "C1", linewidth=1.6)
    ax.set_title(name, loc="left", fontweight="bold")
    ax.set(ylim=(0.06, 9), xlim=(0, num_steps))
    ax.tick_params(which="minor", left=False)
for ax in axes[-1]:
    ax.set_xlabel("number of updates")
for ax in axes[:, 0]:
    ax.set_ylabel("$L$, loss")
plt.show()
