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

parameters = {w: "w", b: "b", model.weight: "weight", model.bias: "bias"}


# --8<-- [start:walk]
def walk(node, depth=0):
    """Yields every node with its depth and the nodes it passes gradients to."""
    following = [f for f, _ in node.next_functions if f is not None]
    yield node, depth, following
    for child in following:
        yield from walk(child, depth + 1)


def label(node):
    if not hasattr(node, "variable"):
        return node.name()
    name, shape = parameters[node.variable], tuple(node.variable.shape)
    return f"AccumulateGrad {name} {shape}"


losses = {"by hand": loss_by_hand, "nn.Linear and nn.MSELoss": loss_of_parts}
for title, loss in losses.items():
    print(f"{title}:")
    for node, depth, _ in walk(loss.grad_fn):
        print("  " * (depth + 1) + label(node))
# --8<-- [end:walk]

fig, ax = plt.subplots(num="graph", figsize=(8, 5))
headings = ("((w * X + b - y) ** 2).mean()", "nn.MSELoss()(model(X), y)")
for left, heading, loss in zip((0, 3.6), headings, losses.values()):
    ax.text(left - 0.65, 0.75, heading, family="monospace")
    places = {loss.grad_fn: (left, 0)}
    for node, depth, following in walk(loss.grad_fn):
        place = places[node]
        color = "C1" if hasattr(node, "variable") else "C2"
        box = {"boxstyle": "round", "edgecolor": color, "facecolor": "none"}
        text = label(node).replace(" ", "\n", 1)
        ax.text(*place, text, size="small", ha="center", va="center", bbox=box)
        for branch, child in enumerate(following):
            places[child] = (place[0] + 1.5 * branch, place[1] - 1)
            start = (place[0] + 0.5 * branch, place[1] - 0.25)
            end = (places[child][0], places[child][1] + 0.32)
            arrow = {"arrowstyle": "->", "color": "C6"}
            ax.annotate("", end, start, arrowprops=arrow)
ax.set(xlim=(-0.8, 5.9), ylim=(-5.5, 1))
ax.axis("off")
plt.show()
