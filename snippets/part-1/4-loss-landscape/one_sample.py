"""Draws the cost of a single sample: lines through the origin, and a parabola in w."""

import matplotlib.pyplot as plt
import torch

# --8<-- [start:cost]
x, y = torch.tensor(-2.0), torch.tensor(4.0)


def cost(w):
    return (w * x - y) ** 2


for w in (-4.0, -2.0, 1.0):
    w = torch.tensor(w, requires_grad=True)
    cost(w).backward()
    print(f"w = {w.item():4.1f}: y_hat {w * x:5.1f}, cost {cost(w):5.1f}", end=", ")
    print(f"slope {w.grad + 0.0:6.1f}, a step goes {-w.grad.sign() + 0.0:+.0f}")
# --8<-- [end:cost]

fig, (left, right) = plt.subplots(1, 2, num="parabola", figsize=(7.2, 3.4))
left.plot(x, y, "o", color="C0", zorder=3)
ends = torch.tensor([-2.6, 2.6])
for w, name in ((-4.0, "A"), (-2.0, "B"), (1.0, "C")):
    left.plot(ends, w * ends, color="C1")
    left.annotate(name, (-2.2, -2.2 * w), color="C1", va="bottom", weight="bold")
left.annotate("the sample", (-1.7, 4.1), color="C0")
left.set(xlabel="$x$, feature", ylabel="$y$, target", title="data space")
left.set(xlim=(-2.8, 2.8), ylim=(-4, 10.5))
ws = torch.linspace(-5.2, 2.2, 100)
right.plot(ws, cost(ws), color="C6")
for w, name in ((-4.0, "A"), (-2.0, "B"), (1.0, "C")):
    slope = 2 * (w * x - y) * x
    near = torch.tensor([w - 0.7, w + 0.7])
    right.plot(near, cost(torch.tensor(w)) + slope * (near - w), color="C1")
    right.plot(w, cost(torch.tensor(w)), "o", color="C1")
    right.annotate(
        name, (w + 0.25, cost(torch.tensor(w)) + 1), color="C1", weight="bold"
    )
right.set(xlabel="$w$, weight", ylabel="$L$, cost", title="parameter space")
plt.show()
