"""Changes a saved result through .data: no message, and a wrong gradient."""

import matplotlib.pyplot as plt
import torch


def row(values):
    return [round(value, 4) for value in values.tolist()]


# --8<-- [start:mistake]
w = torch.tensor([0.5, -1.0, 2.0], requires_grad=True)
h = torch.sigmoid(w)
h.data *= 2  # backward() will not notice
h.sum().backward()
wrong = w.grad
print(f"with .data: {row(wrong)}")
# --8<-- [end:mistake]

# --8<-- [start:check]
def total(w):
    return 2 * torch.sigmoid(w).sum()


right = torch.zeros(3, dtype=torch.float64)
for j in range(3):
    step = torch.zeros(3, dtype=torch.float64)
    step[j] = 6e-6
    place = w.detach().double()
    right[j] = (total(place + step) - total(place - step)) / 1.2e-5
print(f"by differences: {row(right)}")
# --8<-- [end:check]

# --8<-- [start:cure]
h = torch.sigmoid(w)
h.detach().mul_(2)  # the same change, but it is noticed
try:
    h.sum().backward()
except RuntimeError as error:
    print(f"with detach(): {str(error)[:74]}")
# --8<-- [end:cure]

fig, ax = plt.subplots(num="silent", figsize=(6.4, 3.2))
for j in range(3):
    ax.bar(j - 0.18, right[j].item(), 0.32, color="C1")
    ax.bar(j + 0.18, wrong[j].item(), 0.32, color="C2")
ax.axhline(0, color="C6", linewidth=1)
ax.annotate("by differences", (-0.33, 0.53), color="C1")
ax.annotate("by backward(), after .data", (0.36, -0.9), color="C2")
ax.set_xticks(range(3), [f"$w_{j}$ = {w[j].item():g}" for j in range(3)])
ax.set(ylabel="slope", ylim=(-1.9, 0.75))
plt.show()
