"""Cuts a random plane through the loss of a trained network."""

import matplotlib.pyplot as plt
import torch
from small_net import direction, losses, train

# --8<-- [start:plane]
theta = train(1)
generator = torch.Generator().manual_seed(3)
p, q = direction(theta, generator), direction(theta, generator)

ticks = torch.linspace(-1, 1, 41)
s1, s2 = torch.meshgrid(ticks, ticks, indexing="xy")
places = {}
for name, middle in theta.items():
    shape = (-1, *[1] * middle.dim())  # one number for each place, in front
    places[name] = middle + s1.reshape(shape) * p[name] + s2.reshape(shape) * q[name]
height = losses(places).reshape(41, 41)
print(f"in the middle {height[20, 20]:.4f}, largest {height.max():.3f}")
away = torch.hypot(s1, s2).flatten()[height.argmin()]
print(f"lowest of the plane {height.min():.4f}, {away:.2f} from the middle")
# --8<-- [end:plane]


def flat(d):
    return torch.cat([part.flatten() for part in d.values()])


# --8<-- [start:angle]
a, b = flat(p), flat(q)
cosine = a @ b / a.norm() / b.norm()
print(f"angle between p and q: {torch.rad2deg(torch.acos(cosine)):.1f} degrees")
print(f"length of p {a.norm():.2f}, of the weights {flat(theta).norm():.2f}")
# --8<-- [end:angle]

fig, ax = plt.subplots(num="plane", figsize=(5.4, 4.6))
levels = (0, 0.02, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2)
filled = ax.contourf(s1, s2, height, levels, norm="symlog", cmap="cividis", alpha=0.5)
filled.set_rasterized(True)
rings = ax.contour(s1, s2, height, levels[1:], colors="C6", linewidths=0.7)
ax.clabel(rings, levels[4::2], fmt="%g")
ax.plot(0, 0, "+", color="C3", markersize=12, markeredgewidth=2)
ax.set(xlabel="$s_1$, along one random direction", ylabel="$s_2$, along another")
ax.set(aspect="equal", xticks=(-1, -0.5, 0, 0.5, 1), yticks=(-1, -0.5, 0, 0.5, 1))
plt.show()
