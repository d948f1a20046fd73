"""Scales the rate with the batch size: same pace, same cloud, up to a limit."""

import matplotlib.pyplot as plt
import torch

torch.manual_seed(42)
N = 100
x = torch.linspace(-1, 1, N)
y = 2 * x - 1 + 0.1 * torch.randn(N)
w0, b0 = torch.randn(1), torch.randn(1)
best_w, best_b = (x * y).mean() / (x**2).mean(), y.mean()


# --8<-- [start:train]
def train(start, lr, B, steps, chains=500):
    """Cost above the minimum after each step, a mean over many runs."""
    (w, b), excess = (part.repeat(chains) for part in start), []
    for _ in range(steps):
        batch = torch.randint(N, (chains, B))
        X, Y = x[batch], y[batch]  # (chains, B)
        r = w[:, None] * X + b[:, None] - Y
        w = w - lr * 2 * (r * X).mean(dim=1)
        b = b - lr * 2 * r.mean(dim=1)
        excess.append(((x**2).mean() * (w - best_w) ** 2 + (b - best_b) ** 2).mean())
    return torch.stack(excess)


# --8<-- [end:train]
sizes = (1, 2, 5, 10, 20, 50, 100)
early, floors = {}, {}
print("B    scaled rate  cost after 100 samples  floor  floor at 0.01")
for B in sizes:
    early[B] = train((w0, b0), 0.01 * B, B, steps=100 // B)[-1].item()
    scaled = train((best_w, best_b), 0.01 * B, B, steps=max(30, 1000 // B))
    constant = train((best_w, best_b), 0.01, B, steps=600, chains=2 + 300 // B)
    floors[B] = [run[-len(run) // 2 :].mean().item() for run in (scaled, constant)]
    print(f"{B:<3}  {0.01 * B:<11.2f}  {early[B]:<22.4f}", end="  ")
    print(f"{floors[B][0]:<9.6f}  {floors[B][1]:.7f}")

fig, ax = plt.subplots(num="scaling", figsize=(6.4, 3.8))
scaled, constant = zip(*floors.values())
ax.loglog(sizes, scaled, "o-", color="C3")
ax.loglog(sizes, constant, "s--", color="C3", markersize=5)
ax.annotate(r"$\eta = 0.01\,B$", (2, 2e-4), color="C3")
ax.annotate(r"$\eta = 0.01$", (2, 1.2e-5), color="C3")
ax.set(xlabel="$B$, batch size", ylabel="cost above the minimum, at the end")
plt.show()
