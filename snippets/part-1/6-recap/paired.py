"""Compares two rates on twenty seeds: one alone, all apart, and all in pairs."""

import matplotlib.pyplot as plt
import torch
from loop import train
from trials import T_95, excess, interval, regions

# --8<-- [start:runs]
z, y = regions()
a = excess(train(z, y, 0.20, 20, batch_size=5)[-1]).log10()
b = excess(train(z, y, 0.18, 20, batch_size=5)[-1]).log10()  # the same batches
c = excess(train(z, y, 0.18, 20, batch_size=5, order=1)[-1]).log10()  # others
print("seed  rate 0.20  rate 0.18  own batches")
for seed in range(5):
    row = [10 ** v[seed].item() for v in (a, b, c)]
    print("{:<4}  {:<9.3f}  {:<9.3f}  {:.3f}".format(seed, *row))
for name, other in (("same batches", b), ("own batches", c)):
    print(f"{name}: 0.18 wins on {(other < a).sum()} of {len(a)} seeds")
# --8<-- [end:runs]

# --8<-- [start:intervals]
apart = T_95 * (a.var() / len(a) + b.var() / len(b)).sqrt().item()
mean, half = interval(b - a)
print(f"correlation {torch.corrcoef(torch.stack([a, b]))[0, 1]:.3f}")
print(f"spread: of each rate {a.std():.3f}, of the difference {(b - a).std():.3f}")
for name, h in (("apart", apart), ("in pairs", half)):
    print(f"{name}: factor {10**mean:.2f}, from {10 ** (mean - h):.2f}", end=" ")
    print(f"to {10 ** (mean + h):.2f}")
# --8<-- [end:intervals]

fig, (top, bottom) = plt.subplots(2, 1, num="pairs", figsize=(4.4, 5.2))
for one, two in zip(a, b):
    top.plot([0.2, 0.18], [one, two], "o-", color="C3", markersize=3, linewidth=0.8)
top.set(xticks=(0.18, 0.2), xlim=(0.176, 0.204), xlabel=r"$\eta$, rate")
top.set_ylabel("excess, $\\log_{10}$")
bottom.axvline(0, color="C6", linewidth=1.2)
heights = 0.35 + torch.linspace(-0.1, 0.1, len(a))
bottom.plot(b - a, heights, "o", color="C3", markersize=3.5)
for height, h in ((0.75, apart), (0.0, half)):
    bottom.errorbar(mean, height, xerr=h, fmt="s", color="C0", capsize=4)
bottom.set(yticks=(0, 0.35, 0.75), yticklabels=("in pairs", "20 seeds", "apart"))
bottom.set(xlabel="difference of the $\\log_{10}$, 0.18 minus 0.20", ylim=(-0.25, 1))
plt.show()
