"""Compares two losses: the mean absolute error and the mean squared error."""

import matplotlib.pyplot as plt
import torch

# --8<-- [start:constant]
values = torch.tensor([1.0, 2.0, 3.0, 4.0, 10.0])
constants = torch.linspace(0, 10, 1001).unsqueeze(1)  # those to be tried
residual = constants - values  # (1001, 5)
best_mse = constants[(residual**2).mean(dim=1).argmin()].item()
best_mae = constants[residual.abs().mean(dim=1).argmin()].item()
print(f"MSE: best constant {best_mse:.2f}, mean {values.mean():.2f}")
print(f"MAE: best constant {best_mae:.2f}, median {values.median():.2f}")
# --8<-- [end:constant]

# --8<-- [start:outlier]
torch.manual_seed(42)
x = torch.linspace(-1, 1, 20)
y = 2 * x - 1 + 0.1 * torch.randn(20)
y_bad = y.clone()
y_bad[17] = -4.0  # one sample went wrong


def mse_line(x, y):
    X1 = torch.stack([x, torch.ones(20)], dim=1)  # X with a column of ones
    return torch.linalg.lstsq(X1, y).solution


def mae_line(x, y):
    # Some best line meets two samples: try the lines through all pairs.
    i, j = torch.combinations(torch.arange(20)).T
    w = (y[j] - y[i]) / (x[j] - x[i])
    b = y[i] - w * x[i]
    cost = (w.unsqueeze(1) * x + b.unsqueeze(1) - y).abs().mean(dim=1)
    return w[cost.argmin()], b[cost.argmin()]


print("loss  slope before  slope after")
for name, line in ("MSE", mse_line), ("MAE", mae_line):
    print(f"{name}   {line(x, y)[0]:12.3f}  {line(x, y_bad)[0]:11.3f}")
# --8<-- [end:outlier]

fig, (left, right) = plt.subplots(1, 2, num="loss-shapes", figsize=(7.2, 3.4))
r = torch.linspace(-2, 2, 401)
left.plot(r, r**2, color="C1")
left.plot(r, r.abs(), color="C2")
left.annotate("$r^2$", (1.6, 2.9), color="C1", ha="right")
left.annotate("$|r|$", (1.7, 1.35), color="C2")
left.set(xlabel=r"$r = \hat y - y$, residual", ylabel=r"$\ell$, loss of one sample")
right.plot(r, 2 * r, color="C1")
right.plot([-2, 0], [-1, -1], color="C2")
right.plot([0, 2], [1, 1], color="C2")
right.plot([0, 0], [-1, 1], "o", color="C2", fillstyle="none")
right.annotate("slope of $r^2$:\ngrows with $r$", (0.75, 2.6), color="C1", ha="right")
right.annotate("slope of $|r|$:\nits sign only", (0.85, -0.45), color="C2")
right.set(xlabel=r"$r = \hat y - y$, residual", ylabel=r"$d\ell / dr$, slope")

fig, ax = plt.subplots(num="outlier")
ax.plot(x, y_bad, "o", color="C0")
for color, name, line in ("C1", "MSE", mse_line), ("C2", "MAE", mae_line):
    w, b = line(x, y_bad)
    ax.plot(x, w * x + b, color=color)
    ax.annotate(name, (1.03, w + b), color=color, va="center")
ax.annotate("the outlier", (x[17] - 0.05, -4), color="C0", ha="right", va="center")
ax.set(xlim=(-1.1, 1.2), xlabel="$x$, feature", ylabel="$y$, target")
plt.show()
