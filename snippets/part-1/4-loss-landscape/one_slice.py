"""Judges a point by slices along the axes, then along the diagonals."""

import matplotlib.pyplot as plt
import torch

half = torch.linspace(0.5, 3, 11)
x = torch.cat([-half.flip(0), half])
y = 1.5 * torch.tanh(1.2 * x)


def cost(theta):  # (..., 2) -> (...)
    w, u = theta[..., :1], theta[..., 1:]
    return ((u * torch.tanh(w * x) - y) ** 2).mean(dim=-1)


# --8<-- [start:mistake]
s = torch.linspace(-1, 1, 201).unsqueeze(1)  # (201, 1)
directions = {
    "w": (1.0, 0.0),
    "u": (0.0, 1.0),
    "(1, 1)": (1.0, 1.0),
    "(1, -1)": (1.0, -1.0),
}
heights = {name: cost(s * torch.tensor(d)) for name, d in directions.items()}
for name in ("w", "u"):
    print(f"along {name}: lowest {heights[name].min():.4f}", end=", ")
    print(f"highest {heights[name].max():.4f}")
# --8<-- [end:mistake]

# --8<-- [start:cure]
for name in ("(1, 1)", "(1, -1)"):
    print(f"along {name}: lowest {heights[name].min():.4f}", end=", ")
    print(f"highest {heights[name].max():.4f}")
# --8<-- [end:cure]

fig, ax = plt.subplots(num="four-slices", figsize=(5.4, 3.4))
for (name, height), style in zip(heights.items(), ("-", "-", "--", ":")):
    ax.plot(s, height, style, color="C1" if name in "wu" else "C3")
ax.annotate("along $w$, and along $u$", (-0.95, 1.95), color="C1")
ax.annotate("along (1, −1)", (0, 4.1), color="C3", ha="center")
ax.annotate("along (1, 1)", (0, 0.6), color="C3", ha="center")
ax.set(xlabel="$s$, distance from the origin along the direction", ylabel="$L$, cost")
plt.show()
