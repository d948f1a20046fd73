"""Shows what an epoch costs for each batch size, by times kept from one machine."""

import platform
import sys
import time
from itertools import islice
from pathlib import Path

import matplotlib.pyplot as plt
import torch
from kept_times import BY_HAND, LOADER, MADE
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

torch.set_num_threads(1)  # the times of one core are the steadiest
N, D = 16_384, 64
X, y = torch.randn(N, D), torch.randn(N, 1)


# --8<-- [start:epoch]
def by_hand(B):
    return ((X[batch], y[batch]) for batch in torch.randperm(N).split(B))


def by_loader(B):
    return DataLoader(TensorDataset(X, y), B, shuffle=True)


def seconds_per_step(batches, most_steps=500):
    model, loss_fn = nn.Linear(D, 1), nn.MSELoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=1e-3)
    steps, begin = 0, time.perf_counter()
    for x_batch, y_batch in islice(batches, most_steps):
        loss = loss_fn(model(x_batch), y_batch)  # 1. forward, 2. loss
        optimizer.zero_grad()
        loss.backward()  # 3. gradient
        optimizer.step()  # 4. update
        steps += 1
    return (time.perf_counter() - begin) / steps


# --8<-- [end:epoch]
sizes = [4**k for k in range(8)]
if "--keep" in sys.argv:  # python wall_clock.py --keep writes the times of your machine
    words = '"""Seconds of a step for each batch size, kept by wall_clock.py --keep."""'
    cpu = platform.machine()
    if sys.platform == "linux":
        info = Path("/proc/cpuinfo").read_text()
        cpu = info.split("model name\t: ")[-1].split("\n")[0]
    made = f"{cpu}, one thread, torch {torch.__version__}, {time.strftime('%Y-%m-%d')}"
    text = f'{words}\n\nMADE = "{made}"\n'
    for name, batches in {"BY_HAND": by_hand, "LOADER": by_loader}.items():
        best = {B: min(seconds_per_step(batches(B)) for _ in range(30)) for B in sizes}
        rows = "".join(f"    {B}: {seconds:.3e},\n" for B, seconds in best.items())
        text += f"{name} = {{\n{rows}}}\n"
    Path(__file__).with_name("kept_times.py").write_text(text)
    sys.exit()

# --8<-- [start:kept]
print("kept:", MADE)
print("B      steps  µs a step  ms an epoch  DataLoader, ms an epoch")
for B in sizes:
    epoch, loader = (1e3 * step[B] * N / B for step in (BY_HAND, LOADER))
    micro = 1e6 * BY_HAND[B]
    print(f"{B:<5}  {N // B:<5}  {micro:<9.0f}  {epoch:<11.1f}  {loader:.1f}")
terms = {}  # the overhead of a step, and the time of a sample
for name, step in {"by hand": BY_HAND, "with DataLoader": LOADER}.items():
    per_sample = (step[sizes[-1]] - step[1]) / (sizes[-1] - 1)
    overhead = step[1] - per_sample
    terms[name] = overhead, per_sample
    bend = overhead / per_sample
    print(f"{name}, the overhead of a step: that of {bend:.0f} samples")
# --8<-- [end:kept]

fig, ax = plt.subplots(num="epoch-time", figsize=(5.4, 3.8))
for (overhead, per_sample), step, mark in zip(terms.values(), (BY_HAND, LOADER), "os"):
    ax.loglog(sizes, [1e3 * step[B] * N / B for B in sizes], mark, color="C3")
    B = torch.logspace(0, 4.22, 100)
    ax.loglog(B, 1e3 * N / B * (overhead + per_sample * B), color="C6", linewidth=1.4)
ax.annotate("by hand", (300, 4), color="C3", ha="right")
ax.annotate("with DataLoader", (500, 180), color="C3")
ax.set(xlabel="$B$, batch size", ylabel="ms for an epoch", ylim=(1, 5000))
plt.show()
