"""Measures slopes where there is none: at a corner, and where a root meets zero."""

import matplotlib.pyplot as plt
import torch

# --8<-- [start:corner]
h = 1e-3
for place in (0.0, 4e-4):
    x = torch.tensor(place, dtype=torch.float64, requires_grad=True)
    x.abs().backward()
    forward = ((x + h).abs() - x.abs()).item() / h
    central = ((x + h).abs() - (x - h).abs()).item() / (2 * h)
    print(f"|x| at {place:.0e}: forward {forward:.1f}", end=", ")
    print(f"central {central:.1f}, autograd {x.grad.item():.1f}")
# --8<-- [end:corner]

# --8<-- [start:where]
x = torch.tensor([0.0, 4.0], requires_grad=True)
safe = torch.where(x > 0, torch.sqrt(x), 0.0)
safe.sum().backward()
print(f"values {safe.tolist()}, slopes {x.grad.tolist()}")

x.grad = None
inner = torch.where(x > 0, x, 1.0)  # no zero goes into the root
safe = torch.where(x > 0, torch.sqrt(inner), 0.0)
safe.sum().backward()
print(f"guarded inside: slopes {x.grad.tolist()}")
# --8<-- [end:where]

fig, ax = plt.subplots(num="corner", figsize=(5.4, 3.4))
x = torch.linspace(-3, 3, 601, dtype=torch.float64) * h
central = ((x + h).abs() - (x - h).abs()) / (2 * h)
ax.plot(x / h, torch.sign(x), color="C2", drawstyle="steps-mid")
ax.plot(x / h, central, color="C1")
ax.annotate("autograd", (-2.9, -0.85), color="C2")
ax.annotate("central difference", (0.72, 0.4), color="C1")
ax.set(xlabel="$x$, in steps $h$", ylabel="slope of $|x|$")
plt.show()
