"""Runs the main run of chapter 1.2 with all samples, ten or one at each step."""

import matplotlib.pyplot as plt
import torch

# --8<-- [start:data]
torch.manual_seed(42)
N = 100
X = torch.linspace(-1, 1, N).unsqueeze(1)
y = 2 * X - 1 + 0.1 * torch.randn(N, 1)
w0, b0 = torch.randn(1), torch.randn(1)
# --8<-- [end:data]


# --8<-- [start:loop]
def train(batch_size, num_epochs, lr=0.1):
    w, b, path = w0, b0, [(w0.item(), b0.item())]
    for _ in range(num_epochs):
        order = torch.randperm(N)  # a new order for every epoch
        for batch in order.split(batch_size):
            y_hat = w * X[batch] + b  # 1. forward, B samples
            residual = y_hat - y[batch]  # 2. their loss: mean(residual**2)
            grad_w = 2 * (residual * X[batch]).mean()  # 3. gradient
            grad_b = 2 * residual.mean()
            w = w - lr * grad_w  # 4. update
            b = b - lr * grad_b
            path.append((w.item(), b.item()))
    return torch.tensor(path)


def cost(path):
    w, b = path[..., :1], path[..., 1:]
    return (w * X.T + b - y.T).square().mean(dim=-1)  # over all samples


# --8<-- [end:loop]
# --8<-- [start:table]
runs = {}
print("B    steps  cost after 1 epoch  after 5  after 50  w       b")
for batch_size in (100, 10, 1):
    path = train(batch_size, num_epochs=50)
    steps = N // batch_size  # of one epoch
    losses = cost(path[::steps])  # at the ends of the epochs
    runs[batch_size] = path, losses
    print(f"{batch_size:<3}  {steps:<5}  {losses[1]:<18.4f}", end="  ")
    print(f"{losses[5]:<7.4f}  {losses[50]:<8.4f}", end="  ")
    print(f"{path[-1, 0]:.4f}  {path[-1, 1]:.4f}")
# --8<-- [end:table]

best_w, best_b = (X * y).mean() / (X**2).mean(), y.mean()
best = torch.stack([best_w, best_b])
print(f"least squares: cost {cost(best).item():.4f}", end=", ")
print(f"w = {best_w:.4f}, b = {best_b:.4f}")

w, b = torch.meshgrid(
    torch.linspace(-0.9, 2.7, 100), torch.linspace(-2.4, 0.4, 80), indexing="xy"
)
heights = cost(torch.stack([w, b], dim=-1))
paths = [(f"$B$ = {B}", path) for B, (path, _) in runs.items()]
paths.append(("$B$ = 1, other batches", train(1, num_epochs=1)))
fig, axes = plt.subplots(
    2, 2, num="paths", figsize=(5.4, 4.2), sharex=True, sharey=True
)
for ax, (title, path) in zip(axes.flat, paths):
    levels = (0, 0.2, 1, 2.5, 5)
    ax.contourf(w, b, heights, levels, cmap="cividis", alpha=0.35).set_rasterized(True)
    color = "C1" if ax is axes[0, 0] else "C3"
    ax.plot(*path[:51].T, ".-", color=color, linewidth=1.2, markersize=5)
    ax.text(best_w, best_b, "+", fontsize=16, ha="center", va="center")
    ax.set(title=title, xlabel="$w$, weight", ylabel="$b$, bias", aspect="equal")
    ax.label_outer()

fig, ax = plt.subplots(num="losses", figsize=(5.4, 3.8))
places = {100: (14, 0.5), 10: (3.3, 0.04), 1: (24, 0.0145)}
for batch_size, (path, losses) in runs.items():
    color = "C1" if batch_size == N else "C3"
    ax.semilogy(losses, color=color)
    ax.annotate(f"$B$ = {batch_size}", places[batch_size], color=color)
ax.axhline(cost(best).item(), color="C6", linestyle="--", linewidth=1.2)
ax.annotate("least squares", (0.5, 0.0072), color="C6")
ax.set(xlabel="epoch", ylabel="$L$, cost", ylim=(0.0062, 3))
plt.show()
