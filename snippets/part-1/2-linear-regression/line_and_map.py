"""Shows three lines twice: through the dots, and as points on the map of the cost."""

import matplotlib.pyplot as plt
import torch

x = torch.tensor([0.5, 1.5, 2.5, 3.5, 4.5, 5.5])
y = torch.tensor([1.5, 1.0, 2.6, 2.2, 3.7, 3.4])


def cost(w, b):
    return ((w * x + b - y) ** 2).mean(dim=-1)


lines = {"A": (0.15, 2.4), "B": (0.9, 0.6), "C": (0.6, 0.3)}
for name, (w, b) in lines.items():
    print(f"{name}: w {w:.2f}, b {b:.2f}, cost {cost(w, b):.2f}")
X1 = torch.stack([x, torch.ones(6)], dim=1)  # X with a column of ones
w_best, b_best = torch.linalg.lstsq(X1, y).solution.tolist()
print(f"lowest: w {w_best:.2f}, b {b_best:.2f}, cost {cost(w_best, b_best):.2f}")

fig, (left, right) = plt.subplots(1, 2, num="map", figsize=(7.2, 3.4))
left.plot(x, y, "o", color="C0", zorder=3)
ends = torch.tensor([0.0, 6.0])
for name, (w, b) in lines.items():
    left.plot(ends, w * ends + b, color="C1")
    left.annotate(name, (6.1, w * 6 + b), color="C1", va="center", weight="bold")
left.set(xlim=(-0.2, 6.6), ylim=(0, 6.4), xlabel="$x$, feature", ylabel="$y$, target")

w, b = torch.linspace(-0.1, 1.1, 120), torch.linspace(-1, 3.2, 120)
height = cost(w[:, None], b[:, None, None])  # (b, w): one cost for every pair
levels = (0.2, 0.5, 1, 2, 4, 8, 32)
filled = right.contourf(w, b, height, levels, norm="log", cmap="cividis", alpha=0.35)
filled.set_rasterized(True)
rings = right.contour(w, b, height, levels[1:-1], colors="C6", linewidths=0.8)
right.clabel(rings, levels[2:-1], fontsize="small", fmt="%g")
for name, (w_k, b_k) in lines.items():
    right.plot(w_k, b_k, "o", color="C1")
    right.annotate(name, (w_k - 0.03, b_k + 0.1), ha="right", color="C1", weight="bold")
right.text(w_best, b_best, "+", fontsize=16, ha="center", va="center")
right.set(xlabel="$w$, slope", ylabel="$b$, offset")
plt.show()
