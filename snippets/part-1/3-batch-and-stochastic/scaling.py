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
def train(start, lr, B, steps, num_runs=500):
    """Cost above the minimum after each step, a mean over many runs."""
    (w, b), excess = (part.repeat(num_runs) for part in start), []
    for _ in range(steps):
        batch = torch.randint(N, (num_runs, B))
        X, Y = x[batch], y[batch]  # (num_runs, B)
        r = w[:, None] * X + b[:, None] - Y
        w = w - lr * 2 * (r * X).mean(dim=1)
        b = b - lr * 2 * r.mean(dim=1)
        excess.append(((x**2).mean() * (w - best_w) ** 2 + (b - best_b) ** 2).mean())
    return torch.stack(excess)


# --8<-- [end:train]
sizes = (1, 2, 5, 10, 20, 50, 100)
early, floors = {}, {}
print("B    scaled rate  cost after 100 samples  floor  floor at 0.01")  # in millionths
for B in sizes:
    lr = 0.01 * B
    early[B] = train((w0, b0), lr, B, steps=100 // B)[-1].item()
    scaled = train((best_w, best_b), lr, B, steps=max(30, 1000 // B))
    constant = train((best_w, best_b), 0.01, B, steps=600, num_runs=400)
    floors[B] = [
        1e6 * run[-len(run) // 2 :].mean().item() for run in (scaled, constant)
    ]
    floor = "none" if 2 * lr >= 2 else f"{floors[B][0]:.0f}"  # the curvature of b is 2
    print(f"{B:<3}  {lr:<11.2f}  {early[B]:<22.4f}  {floor:<5}  {floors[B][1]:.3g}")

fig, ax = plt.subplots(num="scaling", figsize=(5.4, 3.8))
scaled, constant = zip(*floors.values())
ax.loglog(sizes[:-1], scaled[:-1], "o-", color="C3")  # at 100 there is no floor
ax.loglog(sizes, constant, "s--", color="C3", markersize=5)
arrow = {"arrowstyle": "->", "color": "C3", "lw": 1.6}
ax.annotate("", (92, 800), (50, scaled[-2]), arrowprops=arrow)
ax.annotate(r"$\eta = 0.01\,B$", (2, 190), color="C3")
ax.annotate(r"$\eta = 0.01$", (2, 14), color="C3")
ax.set(xlabel="$B$, batch size", ylabel="cost above the minimum, $10^{-6}$")
ax.set_ylim(0.8, 1000)
plt.show()
