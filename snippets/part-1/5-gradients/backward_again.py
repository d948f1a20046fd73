"""Calls backward() twice: why it fails, when it does not, and what adds up."""

import torch

# --8<-- [start:mistake]
w = torch.tensor(3.0, requires_grad=True)
loss = w**2
loss.backward()
try:
    loss.backward()
except RuntimeError as error:
    print(f"{type(error).__name__}: {error}")
# --8<-- [end:mistake]

# --8<-- [start:why]
w.grad = None
total = w + 1  # saves nothing, so nothing is freed
total.backward()
total.backward()
print(f"a sum, twice: {w.grad.item():.0f}")

w.grad = None
loss = w**2
loss.backward(retain_graph=True)
loss.backward()
print(f"kept for the second time: {w.grad.item():.0f}, one slope is 6")
# --8<-- [end:why]
