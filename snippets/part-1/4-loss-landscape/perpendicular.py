"""Measures the angle between contours, found without derivatives, and gradients."""

import matplotlib.pyplot as plt
import torch

torch.manual_seed(42)
N = 40
x = torch.linspace(0, 2, N)
y = (1.5 * x - 1 + 0.3 * torch.randn(N)).double()
x = x.double()


def bowl(points):  # (..., 2) -> (...)
    w, b = points[..., :1], points[..., 1:]
    return ((w * x + b - y) ** 2).mean(dim=-1)


# --8<-- [start:tangent]
def around(points, angle, h):
    """The points at distance h, in the direction of an angle."""
    return points + h * torch.stack([angle.cos(), angle.sin()], dim=-1)


def contour_direction(L, points, h=1e-4):
    """From the top of a tiny circle round to its foot: where is the middle's height?"""
    turn = torch.linspace(0, 2 * torch.pi, 361, dtype=torch.float64)
    ring = around(points[:, None], turn.expand(len(points), -1), h)
    top = turn[L(ring).argmax(dim=1)]
    crossings = []
    for half_turn in (-torch.pi, torch.pi):
        high, low = top, top + half_turn
        for _ in range(50):  # bisect the angle
            middle = (high + low) / 2
            higher = L(around(points, middle, h)) > L(points)
            high = torch.where(higher, middle, high)
            low = torch.where(higher, low, middle)
        crossings.append(around(points, high, h))
    return torch.nn.functional.normalize(crossings[1] - crossings[0], dim=-1)


# --8<-- [end:tangent]


# --8<-- [start:angle]
def deviations(L, points):
    """How many degrees each gradient is off the perpendicular."""
    points = points.clone().requires_grad_()
    L(points).sum().backward()  # each point's cost depends on that point alone
    along = contour_direction(L, points.detach())
    cosine = (torch.nn.functional.normalize(points.grad, dim=-1) * along).sum(dim=-1)
    return torch.rad2deg(torch.asin(cosine)).abs()


grid = torch.cartesian_prod(
    torch.linspace(-1.5, 4.5, 20, dtype=torch.float64),
    torch.linspace(-4, 2, 20, dtype=torch.float64),
)
off = deviations(bowl, grid)
print(f"points: {len(grid)}, largest deviation from 90 degrees: {off.max():.1e}")
# --8<-- [end:angle]

fig, ax = plt.subplots(num="arrows", figsize=(5.2, 4.8))
fine = [torch.linspace(-1.5, 4.5, 80), torch.linspace(-4, 2, 80)]
w, b = torch.meshgrid(*fine, indexing="xy")
height = bowl(torch.stack([w, b], dim=-1).double())
levels = (0.2, 0.6, 1.5, 3, 6, 12, 24, 48)
ax.contourf(w, b, height, (0, *levels), cmap="cividis", alpha=0.3).set_rasterized(True)
rings = ax.contour(w, b, height, levels, colors="C6", linewidths=0.8)
ax.clabel(rings, levels[1::2], fmt="%g")
starts = grid[torch.arange(0, 400).reshape(20, 20)[1::4, 1::4].flatten()]
starts.requires_grad_()
bowl(starts).sum().backward()
arrows = -starts.grad / starts.grad.norm(dim=-1, keepdim=True) * 0.6
ax.quiver(
    *starts.detach().T, *arrows.T, color="C2", angles="xy", scale_units="xy", scale=1
)
ax.set(xlabel="$w$, slope", ylabel="$b$, offset", aspect="equal")
plt.show()
