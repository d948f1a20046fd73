"""All practices in one picture: what each multiplies the excess with."""

import matplotlib.pyplot as plt
import torch
from choices import degrees, many_features, stop
from comparisons import START, clipping, rate, scale, schedule
from looks import looking
from trials import SEEDS, effect

each = torch.arange(len(SEEDS))


def last(runs):
    """Factor, interval, and how many runs without the habit count as their start."""
    with_it, without = (run[-1] for run in runs)
    lost = (~(without <= START)).sum().item()
    return *effect(with_it, without, worst=START), lost


def validation(N, kept, fixed=None):
    training, val, of_part, of_whole = degrees(N, kept)
    degree = val.argmin(dim=0) if fixed is None else fixed - 1
    other = training.argmin(dim=0) if fixed is None else fixed - 1
    return *effect(of_part[degree, each], of_whole[other, each]), 0


def early(N, N_val):
    _, val, off, of_all = many_features(N, N_val)
    best = torch.tensor([stop(val[:, seed], 20)[0] for seed in SEEDS])
    return *effect(off[best, each], of_all[-1]), 0


def looks(*guesses):
    return last([[excess] for excess in looking(*guesses)[:2]])


alike = {"mean": torch.zeros(3), "std": torch.ones(3), "raw_lr": 0.1}
ROWS = {
    "moderate rate": (
        last(rate(other=1.1)), "not 1.1", last(rate(0.1, 0.5, 60)), "not 0.5",
    ),
    "schedule": (last(schedule()), "batches", last(schedule(None)), "all samples"),
    "standardising": (last(scale()), "raw units", last(scale(**alike)), "alike"),
    "validation set": (
        validation(30, 10), "10 degrees", validation(30, 10, 3), "one degree",
    ),
    "early stopping": (early(30, 10), "30 rows", early(1000, 30), "1000 rows"),
    "clipping": (last(clipping()), "wild row", last(clipping(wild=1.0)), "clean"),
    "looking": (looks(), "any guess", looks(0.1, 0.5), "good guess"),
}

print("practice                    factor    from      to        lost")
fig, ax = plt.subplots(num="forest", figsize=(4.4, 6.2))
ax.axvline(1, color="C6", linewidth=1.2)
ticks = []
for name, row in ROWS.items():
    for (factor, low, high, lost), case in zip(row[::2], row[1::2]):
        print(f"{f'{name}, {case}':<26}  {factor:<8.2g}  {low:<8.2g}", end="  ")
        print(f"{high:<8.2g}  {lost}")
        color = "C1" if high < 1 else "C4" if low > 1 else "C0"
        place = len(ticks) + list(ROWS).index(name) * 0.6
        ax.plot([low, high], [place, place], color=color, linewidth=2)
        ax.plot(factor, place, "<" if lost else "o", color=color, markersize=7)
        ticks.append((place, f"{name}\n{case}" if case == row[1] else case))
ax.set(xscale="log", xlabel="factor on the excess, with / without", xlim=(1e-5, 20))
ax.set_yticks([place for place, _ in ticks], [name for _, name in ticks])
ax.invert_yaxis()
plt.show()
