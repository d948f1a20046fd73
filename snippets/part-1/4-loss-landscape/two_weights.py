"""Maps a network of two weights: two equal minima, and a saddle between them."""

import matplotlib.pyplot as plt
import torch

# --8<-- [start:net]
half = torch.linspace(0.5, 3, 11, dtype=torch.float64)
x = torch.cat([-half.flip(0), half])
y = 1.5 * torch.tanh(1.2 * x)


def cost(theta):  # (..., 2) -> (...)
    w, u = theta[..., :1], theta[..., 1:]
    return ((u * torch.tanh(w * x) - y) ** 2).mean(dim=-1)


def look(*place):
    theta = torch.tensor(place, dtype=x.dtype, requires_grad=True)
    cost(theta).backward()
    H = torch.autograd.functional.hessian(cost, theta.detach())
    small, large = torch.linalg.eigvalsh(H)
    print(f"({place[0]:4.1f}, {place[1]:4.1f}): cost {cost(theta):.4f}", end=", ")
    print(f"gradient {theta.grad.norm():.4f}, curvatures {small:.4f}, {large:.4f}")


for place in ((1.2, 1.5), (-1.2, -1.5), (0.0, 0.0)):
    look(*place)
print(f"2 mean(xy) = {2 * (x * y).mean():.4f}")
# --8<-- [end:net]


# --8<-- [start:border]
def descend(u, lr=0.05, steps=160):
    """The path of gradient descent from (1, u)."""
    path = [torch.tensor([1.0, u], dtype=x.dtype)]
    for _ in range(steps):
        w, u = path[-1]
        r = u * torch.tanh(w * x) - y
        grad_w = 2 * (r * u * x / torch.cosh(w * x) ** 2).mean()
        grad_u = 2 * (r * torch.tanh(w * x)).mean()
        path.append(path[-1] - lr * torch.stack([grad_w, grad_u]))
    return torch.stack(path)


right, left = -1.6, -2.0  # starts that end in different valleys
for _ in range(40):
    middle = (right + left) / 2
    ends_right = descend(middle)[-1, 0] > 0
    right, left = (middle, left) if ends_right else (right, middle)
print(f"the border between the basins passes through (1, {right:.6f})")
waits = []
for digits in (1, 3, 5, 7, 9):
    waits.append((cost(descend(right + 10.0**-digits)) >= 0.1).sum())
    print(f"distance 1e-{digits} from the border: updates {waits[-1]}")
per_decade = torch.log(torch.tensor(10)) / torch.log(1 + 0.05 * 2 * (x * y).mean())
print(f"from 1e-7 to 1e-9, two decimal places: updates {waits[-1] - waits[-2]} more")
print(f"predicted for one decimal place {per_decade:.2f}", end=", ")
print(f"for two {2 * per_decade:.2f}")
# --8<-- [end:border]

fig, ax = plt.subplots(num="saddle", figsize=(5.2, 4.8))
ticks = torch.linspace(-3, 3, 90, dtype=x.dtype)
w, u = torch.meshgrid(ticks, ticks, indexing="xy")
height = cost(torch.stack([w, u], dim=-1))
levels = (0, 0.05, 0.2, 0.5, 1, 1.5, 2.5, 4, 7, 12, 20)
roots = torch.tensor(levels).sqrt()  # so that low heights differ in colour too
ax.contourf(w, u, height.sqrt(), roots, cmap="cividis", alpha=0.5).set_rasterized(True)
rings = ax.contour(w, u, height, levels, colors="C6", linewidths=0.7)
ax.clabel(rings, levels[2:9:2], fmt="%g")
for start in (right + 0.3, right + 1e-3, right - 1e-3, right - 0.3):
    ax.plot(*descend(start, steps=90).T, ".-", color="C1", linewidth=1.3, markevery=8)
for sign in (1, -1):
    ax.plot(1.2 * sign, 1.5 * sign, "+", color="C3", markersize=12, markeredgewidth=2)
ax.plot(0, 0, "x", color="C3", markersize=9, markeredgewidth=2)
ax.set(xlabel="$w$, weight into the neuron", ylabel="$u$, weight out of it")
ax.set(aspect="equal")
plt.show()
