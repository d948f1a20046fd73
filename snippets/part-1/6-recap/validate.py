"""Choosing a degree by the loss on training data, and on samples kept aside."""

import matplotlib.pyplot as plt
import torch
from choices import degrees
from trials import SEEDS, effect, say

# --8<-- [start:compare]
each = torch.arange(len(SEEDS))


def choose(N, kept):
    training, val, of_part, of_whole = degrees(N, kept)
    by_val, by_training = val.argmin(dim=0), training.argmin(dim=0)
    chosen = of_part[by_val, each], of_whole[by_training, each]
    price = effect(of_part[2], of_whole[2])  # of degree 3
    return by_val + 1, by_training + 1, effect(*chosen), price


by_val, by_training, factor, price = choose(30, 10)
print(f"degrees by validation {sorted(by_val.tolist())}")
print(f"degrees by training {sorted(set(by_training.tolist()))}")
say("validation instead of training", *factor)
say("price of keeping a third aside", *price)
# --8<-- [end:compare]

training, val, of_part, _ = degrees()
fig, ax = plt.subplots(num="validate", figsize=(4.4, 3.6))
for losses, color, look, label in (
    (training, "C6", "--", "training"), (val, "C3", "-", "validation")
):
    low, middle, high = losses.quantile(torch.tensor([0.1, 0.5, 0.9]).double(), dim=1)
    ax.fill_between(range(1, 11), low, high, color=color, alpha=0.25, linewidth=0)
    ax.semilogy(range(1, 11), middle, look, color=color, label=label)
ax.set(xlabel="degree of the polynomial", ylabel="loss", ylim=(0.02, 100))
ax.legend()
plt.show()
