"""Draws one gradient on two maps, and measures its angle on the paper."""

import matplotlib.pyplot as plt
import torch

torch.manual_seed(42)
x = torch.linspace(0, 2, 40)
y = 1.5 * x - 1 + 0.3 * torch.randn(40)


def cost(w, b):
    return ((w[..., None] * x + b[..., None] - y) ** 2).mean(dim=-1)


# --8<-- [start:mistake]
w, b = torch.tensor(3.0, requires_grad=True), torch.tensor(-0.5, requires_grad=True)
cost(w, b).backward()
arrow = -torch.stack([w.grad, b.grad])
along = torch.stack([b.grad, -w.grad])  # the gradient turned by 90 degrees: the contour


def angle_on_paper(ax):
    ax.figure.canvas.draw()
    here = torch.stack([w, b]).detach()
    places = torch.stack([here, here + 0.01 * arrow, here + 0.01 * along])
    p = torch.tensor(ax.transData.transform(places.numpy()))  # in pixels
    one, two = p[1] - p[0], p[2] - p[0]
    return torch.rad2deg(torch.acos(one @ two / one.norm() / two.norm()))


fig, axes = plt.subplots(1, 2, num="angles", figsize=(7.2, 3.6))
axes[1].set_aspect("equal")
for ax, name in zip(axes, ("filled panel", "equal units")):
    ax.set(xlim=(-1.5, 4.5), ylim=(-2.5, 0.6), title=name)
    print(f"{name}: angle on paper {angle_on_paper(ax):.1f} degrees")
# --8<-- [end:mistake]

W, B = torch.meshgrid(
    torch.linspace(-1.5, 4.5, 80), torch.linspace(-2.5, 0.6, 80), indexing="xy"
)
levels = [0.3, 0.8, 2, cost(w, b).item(), 6, 9, 14]
for ax in axes:
    ax.contour(W, B, cost(W, B), levels, colors="C6", linewidths=0.8)
    short = 0.9 * arrow / arrow.norm()
    ax.quiver(
        w.item(), b.item(), *short, color="C2", angles="xy", scale_units="xy", scale=1
    )
    ax.plot(w.item(), b.item(), "o", color="C2")
    ax.set(xlabel="$w$, slope", ylabel="$b$, offset")
plt.show()
