"""Clipping before backward and after the step: no message, and no effect."""

import torch
from torch import nn


# --8<-- [start:places]
def step(place):
    """One step from w = 0 with a gradient of -200; the length that it moves."""
    model = nn.Linear(1, 1, bias=False)
    nn.init.zeros_(model.weight)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)

    def clip():
        return nn.utils.clip_grad_norm_(model.parameters(), max_norm=1.0).item()

    optimizer.zero_grad()
    loss = nn.MSELoss()(model(torch.ones(1, 1)), torch.full((1, 1), 100.0))
    norm = clip() if place == "before backward" else None
    loss.backward()
    norm = clip() if place == "before the step" else norm
    optimizer.step()
    norm = clip() if place == "after the step" else norm
    return norm, model.weight.item()


for place in ("before backward", "before the step", "after the step"):
    norm, moved = step(place)
    print(f"{place}: norm returned {norm:.0f}, moved {moved:.1f}")
# --8<-- [end:places]
