"""Walks the graph that backward() will walk, from the loss to the parameters."""

import matplotlib.pyplot as plt
import torch
from torch import nn

torch.manual_seed(42)
X = torch.linspace(-1, 1, 100).unsqueeze(1)
y = 2 * X - 1 + 0.1 * torch.randn(100, 1)

# --8<-- [start:loss]
w = torch.randn(1, requires_grad=True)
b = torch.randn(1, requires_grad=True)
loss_by_hand = ((w * X + b - y) ** 2).mean()

model = nn.Linear(1, 1)
loss_of_parts = nn.MSELoss()(model(X), y)
# --8<-- [end:loss]


# --8<-- [start:walk]
def walk(node, depth=0):
    """Yields every node, its depth and the nodes it passes gradients to."""
    following = [f for f, _ in node.next_functions if f is not None]
    yield node, depth, following
    for child in following:
        yield from walk(child, depth + 1)


parameters = {w: "w", b: "b", model.weight: "weight", model.bias: "bias"}


def label(node):
    if not hasattr(node, "variable"):
        return node.name()
    name, shape = parameters[node.variable], tuple(node.variable.shape)
    return f"AccumulateGrad {name} {shape}"


losses = {"by hand": loss_by_hand}
losses["nn.Linear and nn.MSELoss"] = loss_of_parts
for title, loss in losses.items():
    print(f"{title}:")
    for node, depth, _ in walk(loss.grad_fn):
        print("  " * (depth + 1) + label(node))
# --8<-- [end:walk]

fig, axes = plt.subplots(2, 1, num="graph", figsize=(3.7, 7.0), height_ratios=(6, 4))
headings = ("((w * X + b - y) ** 2).mean()", "nn.MSELoss()(model(X), y)")
for ax, heading, loss in zip(axes, headings, losses.values()):
    ax.text(-0.62, 0.75, heading, family="monospace")
    places = {loss.grad_fn: (0, 0)}
    for node, _, following in walk(loss.grad_fn):
        x, level = places[node]
        color = "C1" if hasattr(node, "variable") else "C2"
        box = {"boxstyle": "round", "edgecolor": color, "facecolor": "none"}
        text = label(node).replace(" ", "\n", 1)
        ax.text(x, level, text, ha="center", va="center", bbox=box)
        for branch, child in enumerate(following):
            places[child] = (x + 1.15 * branch, level - 1)
            start = (x + 0.45 * branch, level - 0.25)
            end = (places[child][0], level - 1 + 0.34)
            arrow = {"arrowstyle": "->", "color": "C6"}
            ax.annotate("", end, start, arrowprops=arrow)
    deepest = min(level for _, level in places.values())
    ax.set(xlim=(-0.7, 1.65), ylim=(deepest - 0.5, 1))
    ax.axis("off")
plt.show()
