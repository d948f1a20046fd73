"""Lets three balls roll on the land of the sine neuron, and draws their curves."""

import matplotlib.pyplot as plt
import torch
from sine_land import cost, gradient, roll, x, y

w, b = torch.meshgrid(
    torch.linspace(0, 4, 80), torch.linspace(-torch.pi, torch.pi, 80), indexing="xy"
)
height = cost(torch.stack([w, b], dim=-1))

# --8<-- [start:balls]
balls = {"A": (0.9, -0.4), "B": (0.9, -1.7), "C": (2.9, -2.1)}
paths = {}
for name, start in balls.items():
    path = [torch.tensor(start)]
    for _ in range(200):
        path.append(roll(path[-1], lr=0.05, steps=5))
    paths[name] = torch.stack(path)
    end = path[-1]
    print(f"ball {name}: ends at w = {end[0]:.3f}, b = {end[1]:.3f}", end=", ")
    print(f"cost {cost(end):.4f}, gradient {gradient(end).norm():.4f}")
# --8<-- [end:balls]

fig, (left, right) = plt.subplots(1, 2, num="balls", figsize=(7.2, 4.2))
levels = torch.linspace(0, 2, 9)
left.contourf(w, b, height, levels, cmap="cividis", alpha=0.5).set_rasterized(True)
left.contour(w, b, height, levels, colors="C6", linewidths=0.5).set_rasterized(True)
right.plot(x, y, "o", color="C0", zorder=3)
fine = torch.linspace(-3, 3, 200)
for (name, path), style in zip(paths.items(), ("-", "--", ":")):
    start, end = path[0], path[-1]
    left.plot(*path.T, "-", color="C1", linewidth=1.5)
    left.plot(*start, "o", color="C1", markersize=4)
    left.annotate(name, start, color="C1", ha="right", va="top", weight="bold")
    right.plot(fine, torch.sin(end[0] * fine + end[1]), style, color="C1", label=name)
left.plot(2, 0.5, "+", color="C3", markersize=11, markeredgewidth=2)
left.set(xlabel="$w$, weight", ylabel="$b$, bias", xlim=(0, 4), aspect="equal")
right.set(xlabel="$x$, feature", ylabel="$y$, target", ylim=(-1.2, 1.9))
right.legend(ncols=3, loc="upper center")
plt.show()
