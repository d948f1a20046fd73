"""Standardises the feature and shows what becomes of the bowl."""

import matplotlib.pyplot as plt
import torch

N = 40
x = torch.linspace(0, 2, N)


# --8<-- [start:compare]
def bowl(feature):
    """Hessian and its eigenvalues, for a line over this feature."""
    X1 = torch.stack([feature, torch.ones(N)], dim=1)
    H = 2 / N * X1.T @ X1
    return H, torch.linalg.eigvalsh(H)


centred = x - x.mean()
features = {"raw": x, "centred": centred, "standardised": centred / x.std(correction=0)}
print("feature       H[w,w]  H[w,b]  smallest  largest  condition  limit")
for name, feature in features.items():
    H, (flat, steep) = bowl(feature)
    off = H[0, 1].abs() if H[0, 1].abs() < 1e-5 else H[0, 1]  # no minus zero
    print(f"{name:<12}  {H[0, 0]:6.3f}  {off:6.3f}", end="  ")
    print(f"{flat:8.3f}  {steep:7.3f}  {steep / flat:9.2f}  {2 / steep:5.3f}")
# --8<-- [end:compare]


# --8<-- [start:steps]
def path_of_error(feature, lr, above=1e-6):
    """From one line to one height above the minimum, whatever the units."""
    scale = (x[-1] - x[0]) / (feature[-1] - feature[0])
    shift = x[0] - scale * feature[0]  # x = scale * feature + shift
    slope, offset = 4.0, -2.5  # errors of the line at the start, in units of x
    error = torch.tensor([slope * scale, offset + slope * shift])
    path, H = [error], bowl(feature)[0]
    while error @ H @ error / 2 > above:
        error = error - lr * H @ error  # the error's own update
        path.append(error)
    return torch.stack(path)


paths = {}
for name, feature in features.items():
    lr = 1 / bowl(feature)[1][-1].item()
    paths[name] = path_of_error(feature, lr)
    e = paths[name][0]
    print(f"{name}: the first line costs {e @ bowl(feature)[0] @ e / 2:.3f}", end=", ")
    print(f"updates {len(paths[name]) - 1} at the rate {lr:.3f}")
# --8<-- [end:steps]

fig, axes = plt.subplots(1, 3, num="rounded", figsize=(7.2, 3.0), sharey=True)
grid = torch.linspace(-4.5, 4.5, 80)
w, b = torch.meshgrid(grid, grid, indexing="xy")
e = torch.stack([w, b], dim=-1)
for ax, (name, feature) in zip(axes, features.items()):
    H, eigenvalues = bowl(feature)
    height = ((e @ H) * e).sum(dim=-1) / 2
    levels = (0, 0.3, 1, 3, 7, 14, 25)
    ax.contourf(w, b, height, levels, cmap="cividis", alpha=0.35).set_rasterized(True)
    ax.plot(*paths[name].T, "o-", color="C1", markersize=3, linewidth=1)
    ax.text(0, 0, "+", fontsize=14, ha="center", va="center")
    kappa = eigenvalues[1] / eigenvalues[0]
    ax.set(
        title=rf"{name}: $\kappa$ = {kappa:.1f}", xlabel=r"$\Delta w$", aspect="equal"
    )
axes[0].set_ylabel(r"$\Delta b$")
plt.show()
