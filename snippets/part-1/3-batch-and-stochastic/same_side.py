"""Compares the gradients of single samples: they add up, or they cancel."""

import matplotlib.pyplot as plt
import torch

torch.manual_seed(42)
N = 100
x = torch.linspace(-1, 1, N)
y = 2 * x - 1 + 0.1 * torch.randn(N)
w0, b0 = torch.randn(1).item(), torch.randn(1).item()
best_w, best_b = ((x * y).mean() / (x**2).mean()).item(), y.mean().item()


# --8<-- [start:samples]
def sample_gradients(w, b):
    residual = w * x + b - y
    return 2 * residual * x, 2 * residual  # for w and for b, each (N,)


lines = {
    "lifted": (best_w, best_b + 0.4),
    "first guess": (w0, b0),
    "best": (best_w, best_b),
}
print("line         below it  mean gradient for b  mean size  share that adds up")
for name, (w, b) in lines.items():
    _, for_b = sample_gradients(w, b)
    mean, size = for_b.mean().abs(), for_b.abs().mean()
    print(f"{name:<11}  {(for_b > 0).sum():8d}  {mean:19.3f}", end="  ")
    print(f"{size:9.3f}  {mean / size:.3f}")
# --8<-- [end:samples]

# --8<-- [start:noise]
print("line         squared slope  noise of one sample  batch where they are equal")
for name, (w, b) in lines.items():
    g = torch.stack(sample_gradients(w, b))  # (2, N)
    slope = g.mean(dim=1).square().sum()
    noise = g.var(dim=1, correction=0).sum()
    equal = f"{noise / slope:.2f}" if slope > 1e-6 else "none"
    print(f"{name:<11}  {slope:13.4f}  {noise:19.4f}  {equal}")
# --8<-- [end:noise]

fig, axes = plt.subplots(2, 2, num="same-side", figsize=(5.4, 4.8), sharex=True)
for column, name in zip(axes.T, ("lifted", "best")):
    w, b = lines[name]
    column[0].plot(x, y, "o", color="C0", markersize=3, rasterized=True)
    column[0].plot(x, w * x + b, color="C1")
    column[0].set_title(f"the {name} line")
    _, for_b = sample_gradients(w, b)
    column[1].vlines(x, 0, for_b, color="C3", linewidth=1.2, rasterized=True)
    column[1].axhline(for_b.mean(), color="C6", linestyle="--")
    column[1].set(xlabel="$x$, feature", ylim=(-0.75, 1.55))
    words = f"their mean: {for_b.mean().abs():.1f}"
    column[1].annotate(words, (-0.95, 1.25), color="C6")
axes[0, 0].set_ylabel("$y$, target")
axes[1, 0].set_ylabel("gradient for $b$")
plt.show()
