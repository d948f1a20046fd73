"""Under Gaussian noise the most likely slope is the slope of least squares."""

import math

import matplotlib.pyplot as plt
import torch
from torch.distributions import Normal

# --8<-- [start:data]
torch.manual_seed(42)

N, sigma = 40, 0.5
X = torch.linspace(-1, 1, N, dtype=torch.float64)
y = 2 * X - 1 + sigma * torch.randn(N, dtype=torch.float64)
# --8<-- [end:data]

# --8<-- [start:likelihood]
slopes = torch.linspace(0.5, 3.5, 3001, dtype=torch.float64).unsqueeze(1)
y_hat = slopes * X - 1  # (3001, N): one line a row, the offset kept at -1
L = ((y_hat - y) ** 2).mean(dim=1)
NLL = -Normal(y_hat, sigma).log_prob(y).sum(dim=1)
for name, cost in {"L": L, "NLL": NLL}.items():
    best = slopes[cost.argmin()].item()
    print(f"smallest {name}: {cost.min():.4f} at slope {best:.3f}")

scaled = N / (2 * sigma**2) * L
constant = N / 2 * math.log(2 * math.pi * sigma**2)
print(f"factor {N / (2 * sigma**2):.0f}, constant {constant:.4f}")
print(f"largest difference {(NLL - scaled - constant).abs().max():.1e}")
# --8<-- [end:likelihood]

fig, (left, right) = plt.subplots(1, 2, num="likelihood", figsize=(7.2, 3.4))
left.plot(X, y, "o", color="C0", alpha=0.5)
left.plot(X, best * X - 1, color="C1")
for x in (-0.75, 0.0, 0.75):
    around = torch.linspace(-3 * sigma, 3 * sigma, 121)
    density = Normal(0.0, sigma).log_prob(around).exp()
    level = best * x - 1 + around
    left.fill_betweenx(level, x, x + 0.4 * density, color="C2", alpha=0.3, linewidth=0)
left.annotate("how likely\neach $y$ is", (0.2, -2.6), color="C2")
left.set(xlabel="$x$, feature", ylabel="$y$, target")

right.plot(slopes, NLL, color="C2")
right.plot(slopes, scaled, color="C1")
right.axvline(best, color="C6", linestyle="--")
right.annotate("NLL", (1.05, 57), color="C2")
right.annotate(r"$\frac{N}{2\sigma^2}\,L$", (0.62, 30), color="C1", fontsize="large")
right.annotate("same\nminimum", (best + 0.06, 6), color="C6")
right.set(ylim=(0, None), xlabel="$w$, slope", ylabel="cost of the slope")
plt.show()
