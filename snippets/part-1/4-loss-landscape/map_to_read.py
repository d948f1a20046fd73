"""Draws the contour map of the first exercise."""

import matplotlib.pyplot as plt
import torch

w, b = torch.meshgrid(
    torch.linspace(-4, 6, 121), torch.linspace(-0.5, 4.5, 121), indexing="xy"
)
height = 0.25 * (w - 1) ** 2 + 2.25 * (b - 2) ** 2
levels = [float(level) for level in range(1, 13)]
places = {"A": (5.0, 2.0), "B": (1.0, 2 + 4 / 3), "C": (1 - 8**0.5, 2.0)}

fig, ax = plt.subplots(num="map", figsize=(7.2, 4.0))
rings = ax.contour(w, b, height, levels, colors="C6", linewidths=0.9)
ax.clabel(rings, [2, 4, 6, 8, 10], fmt="%g")
for name, (w_at, b_at) in places.items():
    ax.plot(w_at, b_at, "o", color="C1")
    ax.annotate(name, (w_at + 0.08, b_at + 0.1), color="C1", weight="bold")
ax.plot(1, 2, "+", color="C1", markersize=11)
ax.set(xlabel="$w$, slope", ylabel="$b$, offset", aspect="equal")
ax.set_xticks(range(-4, 7))
ax.set_yticks([0, 1, 2, 3, 4])
ax.grid(linewidth=0.4)
plt.show()
print(
    "contours from", levels[0], "to", levels[-1], "in steps of", levels[1] - levels[0]
)
