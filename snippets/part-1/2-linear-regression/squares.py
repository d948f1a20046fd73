"""Draws squared errors as squares: the cost of a line is their mean area."""

import matplotlib.pyplot as plt
import torch
from matplotlib.patches import Rectangle

x = torch.tensor([0.5, 1.5, 2.5, 3.5, 4.5, 5.5])
y = torch.tensor([1.5, 1.0, 2.6, 2.2, 3.7, 3.4])


def squared_errors(w, b):
    return (w * x + b - y) ** 2


guess = (0.15, 2.4)
X1 = torch.stack([x, torch.ones(6)], dim=1)  # X with a column of ones
best = torch.linalg.lstsq(X1, y).solution.tolist()
for name, (w, b) in ("guess", guess), ("best", best):
    squares = squared_errors(w, b)
    print(f"{name}: cost {squares.mean():.4f}, w = {w:.3f}, b = {b:.3f}")
    print(f"  squares of the {name}:", *(f"{area:.2f}" for area in squares))

fig, axes = plt.subplots(1, 2, num="squares", figsize=(7.2, 3.0), sharey=True)
for ax, (name, (w, b)) in zip(axes, (("some line", guess), ("the best line", best))):
    ends = torch.tensor([0.0, 6.0])
    ax.plot(ends, w * ends + b, color="C1")
    for x_i, y_i in zip(x.tolist(), y.tolist()):
        residual = w * x_i + b - y_i
        # The square lies on the side of the sample where it does not cross the line.
        left = x_i - abs(residual) if residual * w < 0 else x_i
        side = abs(residual)
        square = Rectangle((left, min(y_i, y_i + residual)), side, side)
        square.set(facecolor="C1", alpha=0.25)
        ax.add_patch(square)
        ax.plot([x_i, x_i], [y_i, y_i + residual], color="C1", linewidth=1)
    ax.plot(x, y, "o", color="C0")
    cost = squared_errors(w, b).mean()
    ax.annotate(f"{name}: $L$ = {cost:.2f}", (0.1, 4.4), color="C1")
    ax.set(aspect="equal", xlim=(-0.2, 6.4), ylim=(0, 4.9), xlabel="$x$, feature")
axes[0].set(ylabel="$y$, target")
plt.show()
