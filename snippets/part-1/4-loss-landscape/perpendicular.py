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
    """Walk round each point, and note where the cost is that of the point."""
    turn = torch.linspace(0, 2 * torch.pi, 721, dtype=torch.float64)
    ring = around(points[:, None], turn.expand(len(points), -1), h)
    higher = L(ring) > L(points)[:, None]
    crossings = []
    for change in (higher[:, :-1] & ~higher[:, 1:], ~higher[:, :-1] & higher[:, 1:]):
        low = turn[change.double().argmax(dim=1)]
        high = low + turn[1]
        before = L(around(points, low, h)) > L(points)
        for _ in range(40):  # bisect the angle
            middle = (low + high) / 2
            same = (L(around(points, middle, h)) > L(points)) == before
            low, high = torch.where(same, middle, low), torch.where(same, high, middle)
        crossings.append(around(points, low, h))
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
ax.clabel(rings, levels[1::2], fontsize="small", fmt="%g")
starts = grid[torch.arange(0, 400).reshape(20, 20)[1::4, 1::4].flatten()]
starts.requires_grad_()
bowl(starts).sum().backward()
arrows = -starts.grad / starts.grad.norm(dim=-1, keepdim=True) * 0.6
ax.quiver(
    *starts.detach().T, *arrows.T, color="C2", angles="xy", scale_units="xy", scale=1
)
ax.set(xlabel="$w$, slope", ylabel="$b$, offset", aspect="equal")
plt.show()
