"""A moderate first rate against one that is too small and one above the limit."""

import matplotlib.pyplot as plt
import torch
from comparisons import START, rate
from trials import effect, say

# --8<-- [start:compare]
moderate, small = rate(0.1, 0.003)
_, large = rate(0.1, 1.1)
for name, other in (("0.003", small), ("1.1", large)):
    say(f"0.1 instead of {name}", *effect(moderate[-1], other[-1], worst=START))
worse = (large[-1] > START).sum()
print(f"at 1.1, above the start at the end: {worse} of {len(large[-1])}")
# --8<-- [end:compare]
for num_epochs in (30, 60):
    slow, fast = rate(0.1, 0.5, num_epochs)
    name = f"0.1 instead of 0.5, {num_epochs} epochs"
    factor, low, high = effect(slow[-1], fast[-1])
    print(f"{name}: factor {factor:.3f}, from {low:.3f} to {high:.3f}")

fig, ax = plt.subplots(num="rates", figsize=(4.4, 3.4))
for runs, color, name, look in (
    (small, "C0", "0.003", "-"),
    (moderate, "C1", "0.1", "-"),
    (large, "C4", "1.1", "--"),
):
    low, middle, high = torch.quantile(runs, torch.tensor([0.0, 0.5, 1.0]), dim=1)
    ax.fill_between(range(31), low, high, color=color, alpha=0.25, linewidth=0)
    ax.semilogy(middle, look, color=color, label=rf"$\eta$ = {name}")
ax.set(xlabel="epoch", ylabel="excess (tons²)", ylim=(1e-2, 1e8))
ax.legend()
plt.show()
