"""Times both ways to a gradient, against times kept from one machine."""

import sys
import time
from pathlib import Path

import matplotlib.pyplot as plt
import torch
from cost_ways import Cost, forward_differences, one_backward
from kept_cost import SECONDS

torch.set_num_threads(1)  # the times of one core are the steadiest


def seconds(work, *arguments, repeat=5):
    times = []
    for _ in range(repeat):
        begin = time.process_time()  # of this program, whatever else runs
        work(*arguments)
        times.append(time.process_time() - begin)
    return min(times)


def both_ways(P):  # every slope is measured: minutes for the largest P
    cost, few = Cost(P), 5 if P <= 1000 else 1
    differences = seconds(forward_differences, cost, range(P), repeat=few)
    return differences, seconds(one_backward, cost, repeat=50)


if "--keep" in sys.argv:  # python cost_clock.py --keep writes the times of your machine
    both_ways(10)  # warm up
    times = {10**k: both_ways(10**k) for k in range(1, 6)}
    rows = "".join(f"    {P}: ({a:.3e}, {b:.3e}),\n" for P, (a, b) in times.items())
    words = '"""Seconds of all slopes by differences, and of a backward pass."""'
    kept = Path(__file__).with_name("kept_cost.py")
    kept.write_text(f"{words}\n\nSECONDS = {{\n{rows}}}\n")

print("Seconds, every slope measured:")
print("P        all differences  one backward  times as long")
for P, (differences, backward) in SECONDS.items():
    ratio = float(f"{differences / backward:.2g}")
    print(f"{P:<7,}  {differences:<15.2g}  {backward:<12.1g}  {ratio:,.0f}")

# --8<-- [start:now]
cost = Cost(1_000)
passes = seconds(forward_differences, cost, range(1_000)) / seconds(one_backward, cost)
print(f"now, all 1,000 slopes: over 50 backward passes: {passes > 50}")

cost, sample = Cost(100_000), 50  # all would take too long
part = seconds(forward_differences, cost, range(sample)) / sample
passes = 100_000 * part / seconds(one_backward, cost)
print(f"now, from a sample of {sample} of 100,000 slopes:", end=" ")
print(f"all would take over 5,000 backward passes: {passes > 5_000}")
# --8<-- [end:now]

fig, ax = plt.subplots(num="cost", figsize=(5.4, 3.8))
for way, color in ((0, "C1"), (1, "C2")):
    times = [pair[way] for pair in SECONDS.values()]
    ax.loglog(list(SECONDS), times, "o-", color=color)
ax.annotate("all slopes by differences", (2e3, 1), color="C1", ha="right")
ax.annotate("one backward pass", (8e2, 1.5e-5), color="C2")
ax.set(xlabel="$P$, number of parameters", ylabel="seconds, of one core")
ax.set(ylim=(8e-6, 1e2))
plt.show()
