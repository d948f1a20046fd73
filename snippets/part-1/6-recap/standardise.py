"""Standardising by hand and by scikit-learn, and what it does to 100 epochs."""

import matplotlib.pyplot as plt
import torch
from comparisons import scale
from sklearn.preprocessing import StandardScaler
from trials import MEAN, STD, effect, regions, say

# --8<-- [start:both]
z, y = regions()
X = MEAN + STD * z[0]  # the first seed, in °F, mm and %
X_train, X_val = X[:80], X[80:]

mean, std = X_train.mean(dim=0), X_train.std(dim=0, correction=0)
by_hand = (X_val - mean) / std

scaler = StandardScaler().fit(X_train.numpy())
by_tool = torch.from_numpy(scaler.transform(X_val.numpy()))
print(f"largest difference {(by_hand - by_tool).abs().max():.0e}")
other = (X_val - mean) / X_train.std(dim=0)
print(f"with PyTorch's own std {(other - by_tool).abs().max():.0e}")
# --8<-- [end:both]
# --8<-- [start:compare]
with_it, without = scale()
say("standardised", *effect(with_it[-1], without[-1]))
alike = scale(torch.zeros(3), torch.ones(3), raw_lr=0.1)
say("features that were alike", *effect(alike[0][-1], alike[1][-1]))
# --8<-- [end:compare]

fig, ax = plt.subplots(num="standardise", figsize=(4.4, 3.4))
for run, color, look, label in (
    (without, "C6", "--", "as measured"), (with_it, "C1", "-", "standardised")
):
    low, middle, high = torch.quantile(run, torch.tensor([0.0, 0.5, 1.0]), dim=1)
    ax.fill_between(range(101), low, high, color=color, alpha=0.25, linewidth=0)
    ax.semilogy(middle, look, color=color, label=label)
ax.set(xlabel="epoch", ylabel="excess (tons²)")
ax.legend()
plt.show()
