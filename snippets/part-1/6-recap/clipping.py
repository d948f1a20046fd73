"""Clipping with one wild row, on clean data, with a small c, above the limit."""

import matplotlib.pyplot as plt
import torch
from comparisons import START, clipping
from loop import train
from trials import effect, excess, regions, say

# --8<-- [start:compare]
wild = clipping()
say("one wild row", *effect(wild[0][-1], wild[1][-1], worst=START))
worse = (~(wild[1][-1] <= START)).sum()
print(f"not clipped, above the start at the end: {worse} of {len(wild[1][-1])}")
clean = clipping(wild=1.0)
say("clean data", *effect(clean[0][-1], clean[1][-1]))
short = clipping(wild=1.0, c=2.0)
say("clean data, c = 2", *effect(short[0][-1], short[1][-1]))
# --8<-- [end:compare]
# --8<-- [start:beyond]
z, y = regions()
torch.manual_seed(0)
too_large = train(z, y, lr=1.5, num_epochs=200, clip=20.0)
moved = (too_large[-1] - too_large[-2]).norm(dim=1)
after = excess(too_large[-1])
print(f"rate 1.5, clipped: excess after 200 epochs {after.min():.0f}", end=" ")
print(f"to {after.max():.0f}")
print(f"its last step: {moved.min():.1f} to {moved.max():.1f} long; lr * c = 30")
# --8<-- [end:beyond]

fig, ax = plt.subplots(num="clipping", figsize=(4.4, 3.6))
for run, color, look, label in (
    (wild[1], "C6", "--", "not clipped"), (wild[0], "C3", "-", "clipped"),
    (excess(too_large)[:21], "C4", ":", "rate 1.5, clipped")
):
    low, middle, high = torch.quantile(run, torch.tensor([0.0, 0.5, 1.0]), dim=1)
    seen = torch.arange(21)[middle < 1e9]
    low, middle, high = low[seen], middle[seen], high[seen].clamp(max=1e9)
    ax.fill_between(seen, low, high, color=color, alpha=0.25, linewidth=0)
    ax.semilogy(seen, middle, look, color=color, label=label)
ax.set(xlabel="epoch", xticks=range(0, 21, 5))
ax.set(ylabel="excess (tons²)", ylim=(0.3, 1e8))
ax.legend()
plt.show()
