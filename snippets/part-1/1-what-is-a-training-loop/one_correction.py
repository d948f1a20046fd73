"""Shows one correction of the perceptron, in numbers and as a line that turns."""

import matplotlib.pyplot as plt
import torch

# --8<-- [start:correct]
w, b = torch.tensor([1.0, -1.0]), torch.tensor(0.5)
x, y = torch.tensor([1.0, 2.0]), 1.0  # this sample belongs above zero

z = w @ x + b
print(f"before: z = {z:.1f}, so y * z = {y * z:.1f}")
w_new, b_new = w + y * x, b + y
z_new = w_new @ x + b_new
print(f"after: w = ({w_new[0]:.0f}, {w_new[1]:.0f}), b = {b_new:.1f}", end=", ")
print(f"z = {z_new:.1f}")
# --8<-- [end:correct]
print(f"gain in z: {z_new - z:.1f}, squared length and one: {x @ x + 1:.1f}")


def border(w, b, across):  # where w1 x1 + w2 x2 + b = 0
    return -(w[0] * across + b) / w[1]


fig, axes = plt.subplots(1, 2, num="correction", figsize=(7.2, 3.3), sharey=True)
across = torch.tensor([-3.0, 3.0])
for ax, name, (v, c) in zip(axes, ("before", "after"), ((w, b), (w_new, b_new))):
    ax.plot(across, border(v, c, across), color="C1")
    above, below = (3, -3) if v[1] > 0 else (-3, 3)
    line = border(v, c, across)
    ax.fill_between(across, line, torch.full((2,), 1.0 * above), color="C0", alpha=0.12)
    ax.annotate("", v, (0, 0), arrowprops={"arrowstyle": "->", "color": "C1"})
    ax.annotate("$w$", (v[0] + 0.12, v[1] + 0.05), color="C1", fontsize=13)
    ax.plot(*x, "o", color="C0", markersize=10)
    ax.annotate("$y$ = +1", (x[0] - 0.25, x[1] + 0.1), color="C0", ha="right")
    ax.set(title=name, aspect="equal", xlim=(-3, 3), ylim=(-3, 3), xlabel="$x_1$")
axes[0].set_ylabel("$x_2$")
plt.show()
