"""Changes a saved result through .data: no message, and a wrong gradient."""

import matplotlib.pyplot as plt
import torch


# --8<-- [start:mistake]
def row(values):
    return [round(value, 4) for value in values.tolist()]


def total(w):
    s = torch.sigmoid(w)
    s.data *= 2  # backward() will not notice
    return s.sum()


w = torch.tensor([0.5, -1.0, 2.0], requires_grad=True)
total(w).backward()
print(f"with .data: {row(w.grad)}")
# --8<-- [end:mistake]

# --8<-- [start:check]
place, h = w.detach().double(), 6e-6
measured = torch.zeros_like(place)
for j in range(3):
    step = torch.zeros_like(place)
    step[j] = h
    measured[j] = (total(place + step) - total(place - step)) / (2 * h)
print(f"the same function by differences: {row(measured)}")
# --8<-- [end:check]

# --8<-- [start:cure]
s = torch.sigmoid(w)
s.detach().mul_(2)  # the same change, but it is noticed
try:
    s.sum().backward()
except RuntimeError as error:
    print(f"with detach(): {str(error)[:74]}")
# --8<-- [end:cure]

fig, ax = plt.subplots(num="silent", figsize=(5.4, 3.2))
for j in range(3):
    ax.bar(j - 0.18, measured[j].item(), 0.32, color="C1")
    ax.bar(j + 0.18, w.grad[j].item(), 0.32, color="C2")
ax.axhline(0, color="C6", linewidth=1)
ax.annotate("by differences", (-0.33, 0.53), color="C1")
ax.annotate("by backward(),\nafter .data", (0.36, -1.1), color="C2")
ax.set_xticks(range(3), [f"$w_{j}$ = {w[j].item():g}" for j in range(3)])
ax.set(ylabel="slope", ylim=(-1.9, 0.75))
plt.show()
