"""A cosine schedule: with small batches, and with all samples at every step."""

import matplotlib.pyplot as plt
import torch
from comparisons import schedule
from trials import effect, say

# --8<-- [start:compare]
small = schedule(batch_size=5)
full = schedule(batch_size=None)
say("schedule, batches of 5", *effect(small[0][-1], small[1][-1]))
say("schedule, all samples", *effect(full[0][-1], full[1][-1]))
longer = schedule(batch_size=None, num_epochs=60)
say("schedule, all samples, 60 epochs", *effect(longer[0][-1], longer[1][-1]))
# --8<-- [end:compare]

fig, axes = plt.subplots(2, 1, num="schedules", figsize=(4.4, 5.4), sharex=True)
names = ("batches of 5", "all samples")
for ax, runs, name in zip(axes, (small, full), names):
    looks = (("C3", "-", "cosine"), ("C6", "--", "constant"))
    for run, (color, look, label) in zip(runs, looks):
        low, middle, high = torch.quantile(run, torch.tensor([0.0, 0.5, 1.0]), dim=1)
        ax.fill_between(range(21), low, high, color=color, alpha=0.25, linewidth=0)
        ax.semilogy(middle, look, color=color, label=label)
    ax.set(title=name, ylabel="excess (tons²)", ylim=(1e-1, 2e4))
    ax.legend()
axes[1].set(xlabel="epoch", xticks=range(0, 21, 5))
plt.show()
