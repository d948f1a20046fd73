"""Draws the cost over slope and offset: as a surface, as a map and in slices."""

import matplotlib.pyplot as plt
import torch

# --8<-- [start:data]
torch.manual_seed(42)

N = 40
x = torch.linspace(0, 2, N)
y = 1.5 * x - 1 + 0.3 * torch.randn(N)


def cost(w, b):
    return ((w[..., None] * x + b[..., None] - y) ** 2).mean(dim=-1)


w, b = torch.meshgrid(
    torch.linspace(-1.5, 4.5, 61), torch.linspace(-4, 2, 61), indexing="xy"
)
height = cost(w, b)  # (61, 61): one cost for every pair
print(f"a grid of {height.numel()} points, each the cost of a line")
X1 = torch.stack([x, torch.ones(N)], dim=1)
w_best, b_best = torch.linalg.lstsq(X1, y).solution
print(f"lowest: w {w_best:.3f}, b {b_best:.3f}, cost {cost(w_best, b_best):.4f}")
# --8<-- [end:data]

# --8<-- [start:slices]
ws = torch.linspace(-1.5, 4.5, 601)
print("b fixed at  lowest at w  cost there")
for fixed in (-2.0, b_best.item(), 1.0):
    along = cost(ws, torch.full_like(ws, fixed))
    k = along.argmin()
    print(f"{fixed:10.2f}  {ws[k]:11.2f}  {along[k]:10.4f}")
# --8<-- [end:slices]

fig, ax = plt.subplots(
    num="surface", figsize=(5.2, 4.2), subplot_kw={"projection": "3d"}
)
surface = ax.plot_surface(
    w.numpy(), b.numpy(), height.numpy(), cmap="cividis", rcount=40, ccount=40
)
surface.set_rasterized(True)
ax.view_init(elev=32, azim=-62)
ax.set(xlabel="$w$, slope", ylabel="$b$, offset", zlabel="$L$, cost")
ax.set_box_aspect(None, zoom=0.88)
plt.show()

fig, (above, below) = plt.subplots(
    2, 1, num="slices", figsize=(4.6, 7), sharex=True, height_ratios=(2, 1)
)
levels = (0.2, 0.6, 1.5, 3, 6, 12, 24, 48)
rings = above.contour(w, b, height, levels, colors="C6", linewidths=0.8)
above.clabel(rings, levels[1:6:2], fmt="%g")
for fixed, style in ((-2.0, "-"), (b_best.item(), "--"), (1.0, ":")):
    along = cost(ws, torch.full_like(ws, fixed))
    k = along.argmin()
    above.axhline(fixed, color="C1", linestyle=style)
    above.plot(ws[k], fixed, "o", color="C1")
    below.plot(ws, along, color="C1", linestyle=style)
    below.plot(ws[k], along[k], "o", color="C1")
above.text(w_best, b_best, "+", fontsize=16, ha="center", va="center")
above.set(ylabel="$b$, offset", aspect="equal")
words = {"$b$ = 1": (-1.45, 1), "best $b$": (0.25, 0), "$b$ = −2": (3.2, 0.7)}
for words, spot in words.items():
    below.annotate(words, spot, color="C1")
below.set(xlabel="$w$, slope", ylabel="$L$, cost", ylim=(-0.2, 5))
plt.show()
