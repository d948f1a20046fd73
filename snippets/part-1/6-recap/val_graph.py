"""Validation without no_grad: the numbers are right, and every graph is kept."""

import torch
from torch import nn

torch.manual_seed(42)
model, loss_fn = nn.Linear(3, 1), nn.MSELoss()
X_val, y_val = torch.randn(40, 3), torch.randn(40, 1)


def nodes(tensor):
    """How many operations the record behind a tensor holds."""
    seen, todo = set(), [tensor.grad_fn]
    while todo:
        node = todo.pop()
        if node is not None and node not in seen:
            seen.add(node)
            todo += [parent for parent, _ in node.next_functions]
    return len(seen)


# --8<-- [start:mistake]
total = 0.0
for epoch in range(1000):
    total = total + loss_fn(model(X_val), y_val)
print(f"summed as tensors: mean {total.item() / 1000:.4f}", end=", ")
print(f"record of {nodes(total)} nodes")
# --8<-- [end:mistake]
# --8<-- [start:cure]
total = 0.0
model.eval()  # nothing changes for a line; it does where layers behave in two ways
with torch.no_grad():
    for epoch in range(1000):
        total = total + loss_fn(model(X_val), y_val)
model.train()
print(f"under no_grad: mean {total.item() / 1000:.4f}", end=", ")
print(f"record of {nodes(total)} nodes")
# --8<-- [end:cure]
