"""Sends one sample through the engine, and draws values and gradients on its graph."""

import matplotlib.pyplot as plt
from engine import Scalar, backward

# --8<-- [start:one]
w, b = Scalar(1.0), Scalar(1.0)
x, y = 2.0, 5.0

product = w * x
y_hat = product + b
r = y_hat - y
loss = r**2

grads = backward(loss)
print(f"loss {loss.value:.1f}, r {r.value:.1f}")
print(f"for r: {grads[r]:.1f}, for y_hat: {grads[y_hat]:.1f}")
print(f"for w: {w.grad:.1f}, for b: {b.grad:.1f}")
# --8<-- [end:one]

# --8<-- [start:twice]
w = Scalar(3.0)
backward(w * w + w)  # w goes into three places
print(f"of w * w + w at 3: {w.grad:.1f}")
# --8<-- [end:twice]

boxes = {  # name: node, place, what it is made of
    "$w$": (product.links[0][0], (0, 2.2)),
    "$x$": (product.links[1][0], (0, 1.1)),
    "$b$": (b, (0, 0)),
    "$wx$": (product, (1.25, 1.65)),
    "$ŷ$": (y_hat, (2.5, 0.85)),
    "$-y$": (r.links[1][0], (2.5, -0.25)),
    "$r$": (r, (3.75, 0.3)),
    r"$\ell$": (loss, (5.0, 0.3)),
}
place = {node: where for node, where in boxes.values()}
fig, ax = plt.subplots(num="graph", figsize=(7.2, 3.9))
for name, (node, (left, height)) in boxes.items():
    edge = "C1" if name in ("$w$", "$b$") else "C6"
    box = {"boxstyle": "round", "edgecolor": edge, "facecolor": "none"}
    text = f"{name} = {node.value:g}".replace("= -", "= \u2212")
    ax.text(left, height, text, ha="center", va="center", bbox=box)
    if name not in ("$x$", "$-y$"):
        grad = f"{grads[node]:g}".replace("-", "\u2212")
        ax.text(left, height - 0.42, grad, color="C2", ha="center", va="center")
    for part, slope in node.links:
        if part in place:
            arrow = {"arrowstyle": "->", "color": "C6", "shrinkA": 24, "shrinkB": 24}
            ax.annotate("", (left, height), place[part], arrowprops=arrow)
ax.set(xlim=(-0.6, 5.5), ylim=(-0.85, 2.6))
ax.axis("off")
plt.show()
