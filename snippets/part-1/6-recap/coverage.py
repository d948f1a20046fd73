"""Counts how often a 95 % interval holds the truth, over many experiments."""

import matplotlib.pyplot as plt
import torch

# --8<-- [start:count]
T = {3: 4.303, 5: 2.776, 10: 2.262, 20: 2.093}  # 97.5 % points of t, n - 1 degrees
SHAPES = {
    "bell-shaped": lambda shape: torch.randn(shape),
    "skewed": lambda shape: torch.empty(shape).exponential_() - 1,
}


def held(d, quantile):
    """Share of the experiments, one a row, whose interval holds the true mean, 0."""
    half = quantile * d.std(dim=1) / d.shape[1] ** 0.5
    return 100 * (d.mean(dim=1).abs() <= half).float().mean().item()


torch.manual_seed(42)
print("differences  n   with t  with 1.96")
shares = {}
for name, draw in SHAPES.items():
    for n, t in T.items():
        d = draw((40_000, n))
        shares[name, n] = held(d, t), held(d, 1.96)
        print("{:<11}  {:<2}  {:<6.1f}  {:.1f}".format(name, n, *shares[name, n]))
# --8<-- [end:count]

fig, ax = plt.subplots(num="coverage", figsize=(4.4, 3.3))
ax.axhline(95, color="C6", linewidth=1.2)
looks = {("bell-shaped", 0): "o-", ("bell-shaped", 1): "o:", ("skewed", 0): "s-"}
for (name, k), look in looks.items():
    values = [shares[name, n][k] for n in T]
    label = f"{name}, {('with t', 'with 1.96')[k]}"
    color = "C0" if name == "bell-shaped" else "C3"
    ax.plot(range(4), values, look, color=color, label=label)
ax.set(xticks=range(4), xticklabels=T, ylim=(78, 100))
ax.set(xlabel="$n$, number of seeds", ylabel="intervals that hold the truth, %")
ax.legend()
plt.show()
