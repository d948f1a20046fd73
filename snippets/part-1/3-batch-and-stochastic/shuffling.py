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

x = torch.linspace(-1, 1, N)
y = 2 * x - 1 + 0.1 * torch.randn(N)
best_w, best_b = (x * y).mean() / (x**2).mean(), y.mean()


# --8<-- [start:orders]
def orders(kind, chains):
    if kind == "shuffled":
        return torch.rand(chains, N).argsort(dim=1)
    return torch.randint(N, (chains, N))


def train(kind, lr, B=10, num_epochs=25, chains=400):
    w, b = best_w.repeat(chains), best_b.repeat(chains)
    excess = []
    for _ in range(num_epochs):
        for batch in orders(kind, chains).split(B, dim=1):
            X, Y = x[batch], y[batch]
            r = w[:, None] * X + b[:, None] - Y
            w = w - lr * 2 * (r * X).mean(dim=1)
            b = b - lr * 2 * r.mean(dim=1)
            e_w, e_b = w - best_w, b - best_b
            excess.append(((x**2).mean() * e_w**2 + e_b**2).mean())
    return torch.stack(excess).reshape(num_epochs, -1)[10:].mean(dim=0)


# --8<-- [end:orders]
rates = (0.02, 0.05, 0.1, 0.2)
ends = {kind: [train(kind, lr) for lr in rates] for kind in ("shuffled", "drawn")}
print("rate  drawn, end of epoch  shuffled, end of epoch  drawn / shuffled")
for k, lr in enumerate(rates):
    with_, without = ends["drawn"][k][-1], ends["shuffled"][k][-1]
    print(f"{lr:<4}  {with_:<19.7f}  {without:<22.7f}  {with_ / without:.1f}")

fig, ax = plt.subplots(num="shuffled", figsize=(6.4, 3.8))
for kind, style in (("drawn", "s--"), ("shuffled", "o-")):
    ax.semilogy(range(1, 11), ends[kind][1], style, color="C3", markersize=5)
ax.annotate("drawn with replacement", (1, 0.8 * ends["drawn"][1][0]), color="C3")
ax.annotate("shuffled once an epoch", (3.2, 0.1 * ends["drawn"][1][0]), color="C3")
ax.set(xlabel="step within the epoch", ylabel="cost above the minimum")
plt.show()
