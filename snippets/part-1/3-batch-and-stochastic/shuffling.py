"""Draws batches with replacement or shuffles: who is seen, and where the runs end."""

import matplotlib.pyplot as plt
import torch
from torch.utils.data import DataLoader, RandomSampler, TensorDataset

# --8<-- [start:coverage]
torch.manual_seed(42)
rows = TensorDataset(torch.arange(10))
shuffled = DataLoader(rows, batch_size=4, shuffle=True)
drawn = DataLoader(rows, batch_size=4, sampler=RandomSampler(rows, replacement=True))
for name, loader in {"shuffled": shuffled, "with replacement": drawn}.items():
    print(f"{name}:", [batch.tolist() for (batch,) in loader])

N = 100
missed = [N - len(torch.randint(N, (N,)).unique()) for _ in range(2000)]
print(f"with replacement, missed in an epoch: {sum(missed) / 2000:.1f}", end=", ")
print(f"foretold {N * (1 - 1 / N) ** N:.1f}")
# --8<-- [end:coverage]

torch.manual_seed(42)
x = torch.linspace(-1, 1, N)
y = 2 * x - 1 + 0.1 * torch.randn(N)  # the data of the main run
best_w, best_b = (x * y).mean() / (x**2).mean(), y.mean()


# --8<-- [start:orders]
def orders(kind, num_runs):
    if kind == "shuffled":
        return torch.rand(num_runs, N).argsort(dim=1)
    return torch.randint(N, (num_runs, N))


def train(kind, lr, B=10, num_epochs=40, num_runs=400):
    """For each step of an epoch: cost above the minimum, and the pull back on b."""
    w, b = best_w.repeat(num_runs), best_b.repeat(num_runs)
    excess, pulls = [], []
    for _ in range(num_epochs):
        for batch in orders(kind, num_runs).split(B, dim=1):
            X, Y = x[batch], y[batch]
            r = w[:, None] * X + b[:, None] - Y
            grad_b, e_b = 2 * r.mean(dim=1), b - best_b  # the full gradient is 2 e_b
            pulls.append(torch.stack([(grad_b * e_b).mean(), (2 * e_b * e_b).mean()]))
            w = w - lr * 2 * (r * X).mean(dim=1)
            b = b - lr * grad_b
            e_w, e_b = w - best_w, b - best_b
            excess.append(((x**2).mean() * e_w**2 + e_b**2).mean())
    late = torch.stack(pulls).reshape(num_epochs, -1, 2)[20:].sum(dim=0)
    late_excess = torch.stack(excess).reshape(num_epochs, -1)[20:]
    return late_excess.mean(dim=0), late[:, 0] / late[:, 1]


# --8<-- [end:orders]
u = torch.stack([x, torch.ones(N)])
curvature = 2 * u.square().mean(dim=1)
v = (2 * (best_w * x + best_b - y) * u).square().mean(dim=1)
rates = (0.02, 0.05, 0.1, 0.2)
runs = {kind: [train(kind, lr) for lr in rates] for kind in ("shuffled", "drawn")}
print("rate  formula  drawn  shuffled  drawn / shuffled")  # in millionths
for k, lr in enumerate(rates):
    formula = (lr * v / 10 / (2 - lr * curvature)).sum() / 2
    with_, without = (runs[kind][k][0][-1] for kind in ("drawn", "shuffled"))
    print(f"{lr:<4}  {1e6 * formula:<7.1f}  {1e6 * with_:<5.1f}", end="  ")
    print(f"{1e6 * without:<8.3g}  {with_ / without:.1f}")
print("the batch's pull / that of all:", end=" ")
pull = runs["shuffled"][2][1]
print(", ".join(f"batch {m} {pull[m - 1]:.1f}" for m in (1, 2, 5, 10)))

fig, ax = plt.subplots(num="shuffled", figsize=(5.4, 3.6))
level = 1e6 * runs["drawn"][1][0][0]
for kind, style in (("drawn", "s--"), ("shuffled", "o-")):
    curve = 1e6 * runs[kind][1][0]
    ax.semilogy(range(1, 11), curve, style, color="C3", markersize=5)
ax.annotate("drawn with replacement", (1, 0.75 * level), color="C3")
ax.annotate("shuffled once an epoch", (2.5, 0.1 * level), color="C3")
ax.set(xlabel="step within the epoch", ylabel="cost above the minimum, $10^{-6}$")
plt.show()
