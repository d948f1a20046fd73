"""Lets the rate 1.1 run on until the numbers end."""

import torch

# --8<-- [start:run]
x, lr = torch.tensor(5.0), 1.1
first = {}  # when it was first seen
for step in range(1, 501):
    loss = (x - 3) ** 2 + 2
    x = x - lr * 2 * (x - 3)
    if step in (1, 2, 3, 10, 50):
        print(f"step {step}: loss {loss.item():.4g}, then x = {x.item():.4g}")
    for name, value in (("loss", loss), ("x", x)):
        if not value.isfinite():
            first.setdefault(f"{name} is {value.abs().item()}", step)
for event, step in first.items():
    print(f"{event} for the first time at step {step}")
# --8<-- [end:run]
