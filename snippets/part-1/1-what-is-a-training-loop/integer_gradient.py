"""Asks for the gradient of a whole number."""

# run: expects RuntimeError
import torch

# --8<-- [start:cure]
x = torch.tensor(5.0, requires_grad=True)
print("with a point:", x.dtype, "and requires_grad is", x.requires_grad)
# --8<-- [end:cure]

# --8<-- [start:mistake]
whole = torch.tensor(5)
print("without:", whole.dtype)
x = torch.tensor(5, requires_grad=True)
# --8<-- [end:mistake]
