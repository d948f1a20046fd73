"""Standardises the crop features: the bowl becomes round, and 100 epochs are enough."""

import matplotlib.pyplot as plt
import torch

# temperature (°F), rainfall (mm), humidity (%), apples, oranges (tons)
data = torch.tensor([
    [73.0, 67, 43, 56, 70],
    [91.0, 88, 64, 81, 101],
    [87.0, 134, 58, 119, 133],
    [102.0, 43, 37, 22, 37],
    [69.0, 96, 70, 103, 119],
])
X, Y = data[:, :3], data[:, 3:]

# --8<-- [start:scale]
# correction=0: divide by N, or the mean square of a column would not be 1
mean, std = X.mean(dim=0), X.std(dim=0, correction=0)
Z = (X - mean) / std  # every column: mean 0, standard deviation 1
for k, name in enumerate(("temperature", "rainfall", "humidity")):
    print(f"{name}: mean {mean[k]:.1f}, standard deviation {std[k]:.2f}")
# --8<-- [end:scale]


# --8<-- [start:eigenvalues]
def hessian(features):
    # X with a column of ones
    X1 = torch.cat([features, torch.ones(5, 1)], dim=1).double()
    return 2 / Y.numel() * X1.T @ X1  # of the mean over 5 x 2 residuals


X_units = X / torch.tensor([100, 1000, 100])  # 100 °F, metres, 100 %
versions = {"raw": X, "other units": X_units, "standardised": Z}
print("features      smallest  largest    limit      condition number")
for name, features in versions.items():
    e = torch.linalg.eigvalsh(hessian(features))
    print(f"{name:<12}  {e[0]:<8.2g}  {e[-1]:<9.5g}", end="  ")
    print(f"{2 / e[-1]:<9.4g}  {e[-1] / e[0]:.2g}")
# --8<-- [end:eigenvalues]

# --8<-- [start:loop]
torch.manual_seed(1337)
W = torch.randn(2, 3, requires_grad=True)
b = torch.rand(2, requires_grad=True)
lr = 0.5
for epoch in range(1, 101):
    Y_hat = Z @ W.T + b  # 1. forward
    loss = (Y_hat - Y).square().mean()  # 2. loss
    loss.backward()  # 3. gradient
    with torch.no_grad():
        W -= lr * W.grad  # 4. update
        b -= lr * b.grad
        W.grad = b.grad = None
    if epoch in (1, 10, 20, 100):
        print(f"epoch {epoch:3d}: RMSE {loss.sqrt():.4f}")
# --8<-- [end:loop]

# --8<-- [start:back]
X1 = torch.cat([X, torch.ones(5, 1)], dim=1).double()
best = torch.linalg.lstsq(X1, Y.double()).solution  # last row: the bias
print(f"RMSE of least squares: {(X1 @ best - Y).pow(2).mean().sqrt():.4f}")
W_raw = (W / std).detach()  # the same model for features in raw units
b_raw = (b - W_raw @ mean).detach()
print("apples         temperature  rainfall  humidity  bias")
trained = [*W_raw[0], b_raw[0]]
for name, row in {"trained": trained, "least squares": best[:, 0]}.items():
    numbers = "{:<11.4f}  {:<8.4f}  {:<8.4f}  {:.4f}".format(*row)
    print(f"{name:<13}  {numbers}")
# --8<-- [end:back]

fig, axes = plt.subplots(1, 2, num="bowl", figsize=(7.2, 4.0))
slices = (("raw", X, 0.9), ("standardised", Z, 18))
for ax, (name, features, reach) in zip(axes, slices):
    H = hessian(features)[:3:2, :3:2].float()  # temperature and humidity alone
    e, V = torch.linalg.eigh(H)
    print(f"{name} slice condition number: {e[1] / e[0]:.2g}")
    grid = torch.linspace(-reach, reach, 160)
    p, q = torch.meshgrid(grid, grid, indexing="xy")
    rise = (H[0, 0] * p**2 + 2 * H[0, 1] * p * q + H[1, 1] * q**2) / 2
    levels = [3 * k**2 for k in range(6)]  # the same costs on both sides
    ax.contourf(p, q, rise, levels, cmap="cividis", alpha=0.35).set_rasterized(True)
    path = [(V * V[1].sign()) @ (60 / e).sqrt()]  # each direction adds 30 to the cost
    for _ in range(15):
        path.append(path[-1] - 1.5 / e[1] * H @ path[-1])
    ax.plot(*torch.stack(path).T, "o-", color="C1", markersize=4, linewidth=1.2)
    ax.set(title=name, xlabel=r"$\Delta w$, temperature", aspect="equal")
axes[0].set_ylabel(r"$\Delta w$, humidity")
plt.show()
