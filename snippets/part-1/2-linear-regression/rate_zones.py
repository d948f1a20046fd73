"""Names the zones of the learning rate from the eigenvalues of the Hessian."""

import matplotlib.pyplot as plt
import torch

torch.manual_seed(42)
N = 100
X = torch.linspace(-1, 1, N).unsqueeze(1)
y = 2 * X - 1 + 0.1 * torch.randn(N, 1)
start = torch.stack([torch.randn(1), torch.randn(1)])  # w above b: (2, 1)

# --8<-- [start:eigenvalues]
X1 = torch.cat([X, torch.ones(N, 1)], dim=1)  # X with a column of ones
H = 2 / N * X1.T @ X1
eigenvalues = torch.linalg.eigvalsh(H)
print(f"smaller eigenvalue, 2 mean(x^2): {eigenvalues[0]:.4f}")
print(f"larger eigenvalue: {eigenvalues[1]:.4f}")
print(f"first overshoot above the rate {1 / eigenvalues[1]:.2f}")
print(f"divergence above the rate {2 / eigenvalues[1]:.2f}")
# --8<-- [end:eigenvalues]

# --8<-- [start:paths]
zones = {"converge": 0.2, "oscillate": 0.9, "diverge": 1.1}
paths, losses = {}, {}
print("zone       lr   factor for w  factor for b", end="  ")
print("loss after twenty updates")
for zone, lr in zones.items():
    theta, path = start, [start]
    for _ in range(20):
        theta = theta - lr * 2 / N * X1.T @ (X1 @ theta - y)
        path.append(theta)
    paths[zone] = torch.cat(path, dim=1)  # (2, 21)
    losses[zone] = ((X1 @ paths[zone] - y) ** 2).mean(dim=0)  # (21,)
    factors = 1 - lr * eigenvalues
    print(f"{zone:<9}  {lr}  {factors[0]:<12.2f}", end="  ")
    print(f"{factors[1]:<12.2f}  {losses[zone][-1]:.4f}")
lowest = losses["diverge"].argmin()
print(f"1.1 lowest loss at step {lowest}: {losses['diverge'][lowest]:.4f}")
# --8<-- [end:paths]

best = torch.linalg.lstsq(X1, y).solution
w, b = torch.meshgrid(
    torch.linspace(-0.9, 3.1, 120), torch.linspace(-3, 1, 120), indexing="xy"
)
cost = (w[..., None] * X[:, 0] + b[..., None] - y[:, 0]).square().mean(dim=-1)
fig, axes = plt.subplots(1, 3, num="zones", figsize=(7.2, 2.8), sharey=True)
for ax, (zone, path) in zip(axes, paths.items()):
    levels = (0, 0.2, 0.6, 1.2, 2, 3, 4.5, 6.5)
    ax.contourf(w, b, cost, levels, cmap="cividis", alpha=0.35).set_rasterized(True)
    ax.plot(*path, "o-", color="C1", markersize=4, linewidth=1.2)
    ax.text(*best, "+", fontsize=16, ha="center", va="center")
    ax.set(title=rf"{zone}: $\eta$ = {zones[zone]}", xlabel="$w$, weight")
    ax.set(xlim=(-0.9, 3.1), ylim=(-3, 1), aspect="equal")
    ax.set(xticks=(0, 2), yticks=(-3, -1, 1))
axes[0].set_ylabel("$b$, bias")
plt.show()

fig, ax = plt.subplots(num="losses", figsize=(6.4, 3.6))
for (zone, values), style in zip(losses.items(), ("-", "--", ":")):
    ax.semilogy(values, style, color="C1")
    place = (20.3, 2 * values[-1] if zone == "converge" else values[-1])
    ax.annotate(rf"$\eta$ = {zones[zone]}", place, color="C1", va="center")
ax.set(xlim=(-0.5, 23.5), xticks=range(0, 21, 5))
ax.set(xlabel="number of updates", ylabel="$L$, loss")
plt.show()

fig, ax = plt.subplots(num="factor", figsize=(6.4, 3.6))
rates = torch.linspace(0, 1.4, 281)
for (low, high), zone, alpha in zip(
    ((0, 0.5), (0.5, 1), (1, 1.4)), zones, (0.05, 0.14, 0.26)
):
    ax.axvspan(low, high, color="C6", alpha=alpha, linewidth=0)
    ax.text((low + high) / 2, 1.65, zone, ha="center")
for eigenvalue, style in zip(eigenvalues, ("-", "--")):
    ax.plot(rates, (1 - rates * eigenvalue).abs(), style, color="C1")
ax.text(0.55, 0.68, r"$w$: $|1 - 0.68\,\eta|$", color="C1")
ax.text(0.03, 0.3, r"$b$: $|1 - 2\,\eta|$", color="C1")
ax.axhline(1, color="C6", linewidth=1)
ax.set(xlim=(0, 1.4), ylim=(0, 1.85), xlabel=r"$\eta$, learning rate")
ax.set_ylabel("size of the factor of the error")
plt.show()
