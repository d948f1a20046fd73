"""The best validation loss of many runs looks better than the run is."""

import torch
from loop import train
from trials import NOISE, SEEDS, excess, interval, regions

# --8<-- [start:choose]
MANY = 40
z, y = regions(140)
X, t, X_val, t_val = z[:, :100], y[:, :100], z[:, 100:], y[:, 100:]
ends = [train(X, t, 0.2, 5, batch_size=5, order=k)[-1] for k in range(MANY)]
ends = torch.stack(ends)  # (40 runs, 20 data sets, 4 parameters)

y_hat = (X_val * ends[..., None, :3]).sum(dim=-1) + ends[..., 3:]
val = (y_hat - t_val).square().mean(dim=-1)  # (40, 20)
truth = excess(ends) + NOISE**2  # their loss on new regions

each = torch.arange(len(SEEDS))
chosen = val.argmin(dim=0)
for name, k in (("first run", torch.zeros_like(chosen)), ("best of 40", chosen)):
    mean, half = interval(val[k, each] - truth[k, each])
    print(f"{name}: loss on new regions {truth[k, each].mean():.1f}", end=", ")
    print(f"validation loss {val[k, each].mean():.1f}", end=", ")
    print(f"off by {mean:.1f} +- {half:.1f}")
gap = (val - truth).mean(dim=0)  # what the validation rows do to all 40 runs alike
mean, half = interval(val[chosen, each] - truth[chosen, each] - gap)
print(f"flattered by the choice: {mean:.1f} +- {half:.1f}")
# --8<-- [end:choose]
