"""Times one epoch for each batch size, against times kept from one machine."""

import sys
import time
from pathlib import Path

import matplotlib.pyplot as plt
import torch
from kept_times import SECONDS
from torch import nn

torch.set_num_threads(1)  # the times of one core are the steadiest
N, D = 16_384, 64


# --8<-- [start:epoch]
def seconds_per_step(batch_size, steps):
    torch.manual_seed(42)
    X, y = torch.randn(N, D), torch.randn(N, 1)
    model, loss_fn = nn.Linear(D, 1), nn.MSELoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=1e-3)
    batches = torch.randperm(N).split(batch_size)[:steps]
    begin = time.perf_counter()
    for batch in batches:
        loss = loss_fn(model(X[batch]), y[batch])  # 1. forward, 2. loss
        optimizer.zero_grad()
        loss.backward()  # 3. gradient
        optimizer.step()  # 4. update
    return (time.perf_counter() - begin) / len(batches)


# --8<-- [end:epoch]
sizes = [4**k for k in range(8)]
if "--keep" in sys.argv:  # python wall_clock.py --keep writes the times of your machine
    times = {B: min(seconds_per_step(B, 20) for _ in range(60)) for B in sizes}
    rows = "".join(f"    {B}: {seconds:.3e},\n" for B, seconds in times.items())
    words = '"""Seconds of a step for each batch size, kept by wall_clock.py --keep."""'
    kept = Path(__file__).with_name("kept_times.py")
    kept.write_text(f"{words}\n\nSECONDS = {{\n{rows}}}\n")

# --8<-- [start:kept]
step = SECONDS
print("B      steps  time of a step  time of an epoch")  # in units of the smallest
least = min(step[B] * N / B for B in sizes)
for B in sizes:
    epoch = step[B] * N / B
    print(f"{B:<5}  {N // B:<5}  {step[B] / step[1]:<14.2f}  {epoch / least:.1f}")
overhead = step[1]  # of one step, whatever B
per_sample = (step[sizes[-1]] - step[1]) / (sizes[-1] - 1)
print(f"a step costs as much as {overhead / per_sample:.0f} samples")
# --8<-- [end:kept]

# --8<-- [start:now]
seconds_per_step(64, 20)  # warm up
now = {B: min(seconds_per_step(B, 50) for _ in range(3)) for B in (1, 64, 16_384)}
longer = 64 * now[1] > 10 * now[64]
print("now, an epoch of B = 1 takes over 10 times one of 64:", longer)
print("now, a step of B = 64 takes less than 8 of B = 1:", now[64] < 8 * now[1])
# --8<-- [end:now]

fig, ax = plt.subplots(num="epoch-time", figsize=(6.4, 3.8))
ax.loglog(sizes, [step[B] * N / B for B in sizes], "o", color="C3")
model = [N / B * (overhead + per_sample * (B - 1)) for B in sizes]
ax.loglog(sizes, model, color="C6", linewidth=1.4)
ax.loglog(sizes, [N / B * overhead for B in sizes], "--", color="C6", linewidth=1)
ax.annotate("steps alone", (1500, 4e-4), color="C6", ha="right")
ax.annotate("steps and samples", (1500, 0.012), color="C6")
ax.set(xlabel="$B$, batch size", ylabel="seconds for an epoch", ylim=(2e-4, 5))
plt.show()
