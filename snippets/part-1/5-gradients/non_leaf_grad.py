"""Asks for the gradient of a result that is no leaf, and how to keep it."""

import warnings

import torch

# A warning is shown by its sentences, among the other lines.
warnings.simplefilter("always")
warnings.showwarning = lambda message, category, *_: print(
    f"{category.__name__}: {str(message).split(' (Trig')[0]}"
)

# --8<-- [start:mistake]
w = torch.tensor(3.0, requires_grad=True)
square = w**2
loss = (square - 1) ** 2
loss.backward()
print(f"square.grad: {square.grad}")
# --8<-- [end:mistake]

# --8<-- [start:cure]
square = w**2
square.retain_grad()
loss = (square - 1) ** 2
loss.backward()
print(f"kept: {square.grad.item():.1f}")
# --8<-- [end:cure]
