"""All practices in one picture: what each multiplies the excess with."""

import matplotlib.pyplot as plt
import torch
from choices import degrees, many_features, stop
from comparisons import START, clipping, rate, scale, schedule
from looks import looking
from trials import SEEDS, effect

each = torch.arange(len(SEEDS))


def last(runs):
    return effect(runs[0][-1], runs[1][-1], worst=START)


def validation(N, kept, fixed=None):
    training, val, of_part, of_whole = degrees(N, kept)
    degree = val.argmin(dim=0) if fixed is None else fixed - 1
    other = training.argmin(dim=0) if fixed is None else fixed - 1
    return effect(of_part[degree, each], of_whole[other, each])


def early(N, N_val):
    _, val, off = many_features(N, N_val=N_val)
    best = torch.tensor([stop(val[:, seed], 20)[0] for seed in SEEDS])
    return effect(off[best, each], off[-1])


alike = {"mean": torch.zeros(3), "std": torch.ones(3), "raw_lr": 0.1}
ROWS = {
    "moderate rate": (
        last(rate(other=1.1)), "not 1.1", last(rate(other=0.5)), "not 0.5",
    ),
    "schedule": (last(schedule()), "batches", last(schedule(None)), "all samples"),
    "standardising": (last(scale()), "raw units", last(scale(**alike)), "alike"),
    "validation set": (
        validation(30, 10), "10 degrees", validation(30, 10, 3), "one degree",
    ),
    "early stopping": (early(30, 30), "N = 30", early(1000, 30), "N = 1000"),
    "clipping": (last(clipping()), "wild row", last(clipping(wild=1.0)), "clean"),
}
seen, blind, _ = looking()
ROWS["looking"] = (effect(seen, blind, worst=START), "guessed rate")


print("practice                    factor    from      to")
fig, ax = plt.subplots(num="forest", figsize=(4.4, 6.2))
ax.axvline(1, color="C6", linewidth=1.2)
ticks = []
for name, row in ROWS.items():
    for (factor, low, high), case in zip(row[::2], row[1::2]):
        print(f"{f'{name}, {case}':<26}  {factor:<8.2g}  {low:<8.2g}  {high:.2g}")
        color = "C1" if high < 1 else "C4" if low > 1 else "C0"
        place = len(ticks) + list(ROWS).index(name) * 0.6
        ax.plot([low, high], [place, place], color=color, linewidth=2)
        ax.plot(factor, place, "o", color=color, markersize=6)
        ticks.append((place, f"{name}\n{case}" if case == row[1] else case))
ax.set(xscale="log", xlabel="factor on the excess, with / without", xlim=(1e-5, 20))
ax.set_yticks([place for place, _ in ticks], [name for _, name in ticks])
ax.invert_yaxis()
plt.show()
