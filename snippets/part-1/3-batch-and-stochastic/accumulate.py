"""Adds up the gradients of three micro-batches, and forgets to divide."""

import torch
from torch import nn

torch.manual_seed(42)
X, y = torch.randn(12, 2), torch.randn(12, 1)
model, loss_fn = nn.Linear(2, 1), nn.MSELoss()


# --8<-- [start:accumulate]
def accumulated(micro_batches, weight):
    model.zero_grad()
    for batch in micro_batches:
        loss = loss_fn(model(X[batch]), y[batch])
        (weight(batch) * loss).backward()  # adds to .grad
    return model.weight.grad[0].clone()


model.zero_grad()
loss_fn(model(X), y).backward()
whole = model.weight.grad[0].clone()

equal = torch.arange(12).split(4)
wrong = accumulated(equal, weight=lambda batch: 1)
right = accumulated(equal, weight=lambda batch: 1 / 3)
print(f"not divided / whole: first {wrong[0] / whole[0]:.4f}", end=", ")
print(f"second {wrong[1] / whole[1]:.4f}")
print(f"divided by 3 / whole: first {right[0] / whole[0]:.4f}", end=", ")
print(f"second {right[1] / whole[1]:.4f}")
# --8<-- [end:accumulate]

# --8<-- [start:unequal]
unequal = torch.arange(12).split([6, 5, 1])
wrong = accumulated(unequal, weight=lambda batch: 1 / 3)
right = accumulated(unequal, weight=lambda batch: len(batch) / 12)
print(f"6, 5 and 1, a third each / whole: first {wrong[0] / whole[0]:.4f}", end=", ")
print(f"second {wrong[1] / whole[1]:.4f}")
print(f"6, 5 and 1, by size / whole: first {right[0] / whole[0]:.4f}", end=", ")
print(f"second {right[1] / whole[1]:.4f}")
# --8<-- [end:unequal]
