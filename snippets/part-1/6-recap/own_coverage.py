"""Counts how often intervals of twenty seeds hold the truth, in this chapter's runs."""

import choices
import looks
import torch
import trials
from choices import degrees, many_features, stop
from comparisons import START, clipping, schedule

MANY = 500


def ask_for(seeds):
    for module in (trials, choices, looks):
        module.SEEDS = seeds


ask_for(range(MANY))
each = torch.arange(MANY)


def logs(with_it, without):
    pair = (torch.where(e <= START, e, START) for e in (with_it, without))
    a, b = (e.double().log10() for e in pair)
    return a - b


def last(runs):
    return logs(runs[0][-1], runs[1][-1])


def early():
    _, val, off, of_all = many_features()
    best = torch.tensor([stop(val[:, seed], 20)[0] for seed in range(MANY)])
    return logs(off[best, each], of_all[-1])


training, val, of_part, of_whole = degrees()
by_val, by_training = val.argmin(dim=0), training.argmin(dim=0)
CASES = {
    "schedule, all samples": last(schedule(None)),
    "validation, 10 degrees": logs(of_part[by_val, each], of_whole[by_training, each]),
    "validation, one degree": logs(of_part[2], of_whole[2]),
    "early stopping, 30 rows": early(),
    "clipping, wild row": last(clipping()),
    "clipping, clean": last(clipping(wild=1.0)),
    "looking, any guess": logs(*looks.looking()[:2]),
}
ask_for(range(20))  # as the other scripts expect it

# --8<-- [start:count]
torch.manual_seed(42)
print("case                      factor   held, %")
for name, d in CASES.items():  # d: 500 differences; their mean counts as the truth
    some = d[torch.rand(4000, MANY).topk(20, dim=1).indices]  # 4000 times 20 seeds
    half = trials.T_95 * some.std(dim=1) / 20**0.5
    held = ((some.mean(dim=1) - d.mean()).abs() <= half).double().mean().item()
    print(f"{name:<24}  {10 ** d.mean().item():<7.2g}  {100 * held:.0f}")
# --8<-- [end:count]
