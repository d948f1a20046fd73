"""Lets 3,600 balls roll, and counts in which valley each comes to rest."""

import matplotlib.pyplot as plt
import torch
from sine_land import cost, gradient, roll

# --8<-- [start:basins]
starts = torch.cartesian_prod(
    torch.linspace(0, 4, 60), torch.linspace(-torch.pi, torch.pi, 60)
)
ends = roll(starts)
depth = cost(ends)
print(f"largest gradient at the end {gradient(ends).norm(dim=-1).max():.1e}")
print("valley: cost  balls  share   one end: w, b   curvatures")
values, valley = depth.mul(100).round().unique(return_inverse=True)
for k in range(len(values)):
    inside = valley == k
    (w, b), count = ends[inside][0], inside.sum()
    H = torch.autograd.functional.hessian(cost, ends[inside][0])
    small, large = torch.linalg.eigvalsh(H)
    print(f"{depth[inside].mean():12.4f}  {count:5d}  {count / 36:4.1f} %", end="  ")
    print(f"{w:.3f}, {b:6.3f}   {small:.3f}, {large:.3f}")
share = (valley == 0).double().mean()
print(f"share of the deepest valley: {100 * share:.1f} per cent")
# --8<-- [end:basins]

fig, ax = plt.subplots(num="basins", figsize=(4.2, 5))
look = {"extent": (0, 4, -torch.pi, torch.pi), "vmin": 0, "vmax": 1.1}
image = ax.imshow(
    depth.reshape(60, 60).T.numpy(), origin="lower", cmap="cividis", **look
)
image.set_rasterized(True)
for place in (
    (1.75, -0.6),
    (0.2, 2.3),
    (0.2, -2.4),
    (3.1, -2.4),
    (3.1, 2.8),
    (3.45, 1.4),
):
    there = cost(roll(torch.tensor(place)))
    ax.annotate(f"{there:.2f}", place, color="white" if there < 0.6 else "#101010")
ax.plot(2, 0.5, "+", color="white", markersize=11, markeredgewidth=2)
ax.set(xlabel="$w$, weight at the start", ylabel="$b$, bias at the start")
plt.show()
