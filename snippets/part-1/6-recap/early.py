"""Early stopping where the model learns the noise, and where it hardly does."""

import matplotlib.pyplot as plt
import torch
from choices import many_features, stop
from trials import SEEDS, effect, say

# --8<-- [start:compare]
each = torch.arange(len(SEEDS))


def compare(N, N_val, D, patience=20):
    _, val, off, of_all = many_features(N, N_val, D)
    stops = [stop(val[:, seed], patience) for seed in SEEDS]
    best, last = torch.tensor(stops).T
    stopped = off[best, each]
    others = of_all[-1], off[-1], off[last, each]  # all rows; the same; not gone back
    return [effect(stopped, other) for other in others]


for N, N_val, D in ((30, 10, 30), (30, 30, 20), (1000, 30, 30), (1000, 300, 30)):
    all_rows, same_rows, _ = compare(N, N_val, D)
    name = f"{N} + {N_val} rows, {D} weights"
    say(f"{name}, against all {N + N_val}", *all_rows)
    say(f"{name}, against the {N}", *same_rows)
# --8<-- [end:compare]
# --8<-- [start:last]
for patience in (20, 100):
    say(f"patience {patience}, best instead of last", *compare(30, 10, 30, patience)[2])
# --8<-- [end:last]

training, val, *_ = (losses[:, 0] for losses in many_features())
best, last = stop(val, 20)
print(f"seed 0: best epoch {best}, validation loss {val[best]:.3f}", end="; ")
print(f"stopped at {last}")
fig, ax = plt.subplots(num="early", figsize=(4.4, 3.0))
ax.plot(training[:200], "--", color="C6", label="training")
ax.plot(val[:200], color="C3", label="validation")
ax.plot(best, val[best], "o", color="C3", markersize=7)
ax.axvline(last, color="C6", linewidth=1, linestyle=":")
ax.annotate("best", (best + 3, val[best] + 0.35))
ax.annotate("stop", (last + 3, 3))
ax.set(xlabel="epoch", ylabel="$L$, loss", ylim=(0, None))
ax.legend()
plt.show()
