"""Finds the axes of the elliptic contours from eigenvectors, and their spacing."""

import matplotlib.pyplot as plt
import torch

torch.manual_seed(42)
N = 40
x = torch.linspace(0, 2, N)
y = 1.5 * x - 1 + 0.3 * torch.randn(N)
X1 = torch.stack([x, torch.ones(N)], dim=1).double()  # X with a column of ones
y = y.double()


def cost(theta):  # (..., 2) -> (...)
    return ((theta @ X1.T - y) ** 2).mean(dim=-1)


# --8<-- [start:axes]
best = torch.linalg.lstsq(X1, y).solution
H = 2 / N * X1.T @ X1
eigenvalues, V = torch.linalg.eigh(H)  # rising; column k of V is a direction
print("direction  eigenvalue  w       b        half-axis  cost at its end")
c = 3.0  # above the minimum
for k, name in enumerate(("flat ", "steep")):
    half = (2 * c / eigenvalues[k]) ** 0.5
    tip = best + half * V[:, k]
    above = cost(tip) - cost(best)
    print(f"{name}      {eigenvalues[k]:10.4f}  {V[0, k]:6.3f}", end="  ")
    print(f"{V[1, k]:6.3f}  {half:9.4f}  {above:15.6f}")
kappa = eigenvalues[1] / eigenvalues[0]
print(f"condition number {kappa:.2f}")
print(f"ratio of the axes {kappa**0.5:.3f}")
print(f"limit of the rate {2 / eigenvalues[1]:.4f}")
# --8<-- [end:axes]

# --8<-- [start:spacing]
theta = best + torch.tensor([1.0, 1.0], dtype=torch.float64)
theta.requires_grad_()
cost(theta).backward()
steepness = theta.grad.norm()
uphill = theta.grad / steepness
theta = theta.detach()
print("rise   distance uphill  rise / steepness")
for rise in (1.0, 0.1, 0.01):
    low, high = 0.0, 1.0
    for _ in range(50):  # bisect: where on the way uphill is it that much higher?
        middle = (low + high) / 2
        if cost(theta + middle * uphill) - cost(theta) < rise:
            low = middle
        else:
            high = middle
    print(f"{rise:<5}  {low:15.5f}  {rise / steepness:16.5f}")
# --8<-- [end:spacing]

fig, ax = plt.subplots(num="axes", figsize=(5.2, 4.8))
w, b = torch.meshgrid(
    torch.linspace(-2, 5, 80), torch.linspace(-4.7, 2.7, 80), indexing="xy"
)
height = cost(torch.stack([w, b], dim=-1).double()) - cost(best)
ax.contour(w, b, height, (0.2, 1, 6, 12, 24), colors="C6", linewidths=0.8)
ax.contour(w, b, height, (c,), colors="C6", linewidths=2)
places = ((-0.6, 2.4), (2.55, -0.2))
for k, name in enumerate(("flat", "steep")):
    half = (2 * c / eigenvalues[k]) ** 0.5
    tips = torch.stack([best - half * V[:, k], best + half * V[:, k]])
    ax.plot(*tips.T, "o-", color="C1", markersize=4)
    words = f"{name}: $\\lambda$ = {eigenvalues[k]:.2f}"
    ax.annotate(words, places[k], color="C1")
ax.set(xlabel="$w$, slope", ylabel="$b$, offset", aspect="equal")
plt.show()
