"""A first look at autograd: requires_grad, backward, .grad, gradients that add up."""

import torch

# --8<-- [start:first]
x = torch.tensor(5.0, requires_grad=True)
loss = (x - 3) ** 2 + 2
print("loss:", loss.item(), "made by", loss.grad_fn.name())
print("x.grad before backward:", x.grad)
loss.backward()
print("x.grad after backward:", x.grad.item())
# --8<-- [end:first]


# --8<-- [start:any]
def odd(v):
    return torch.sin(v**2) / (1 + v)


v = torch.tensor(0.5, requires_grad=True)
odd(v).backward()
with torch.no_grad():
    rise = odd(v + 0.001) - odd(v - 0.001)
print(f"autograd: {v.grad.item():.3f}")
print(f"rise over run: {rise.item() / 0.002:.3f}")
# --8<-- [end:any]

# --8<-- [start:again]
for call in (2, 3):
    loss = (x - 3) ** 2 + 2  # x has not moved
    loss.backward()
    print(f"x.grad after backward number {call}: {x.grad.item()}")
x.grad = None
loss = (x - 3) ** 2 + 2
loss.backward()
print("x.grad after clearing and one more:", x.grad.item())
# --8<-- [end:again]
