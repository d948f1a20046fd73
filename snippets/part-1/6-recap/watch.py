"""Logs a run for TensorBoard, reads the file back, and looks every ten epochs."""

import tempfile

import matplotlib.pyplot as plt
import torch
from choices import many_features
from comparisons import START
from looks import looking
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from torch.utils.tensorboard import SummaryWriter
from trials import effect, say

training, val, *_ = (losses[:200, 0].tolist() for losses in many_features())

# --8<-- [start:write]
folder = tempfile.mkdtemp()  # of your own: "runs/first-try", say
with SummaryWriter(folder) as writer:
    for epoch, (loss, val_loss) in enumerate(zip(training, val)):
        writer.add_scalar("loss/training", loss, epoch)
        writer.add_scalar("loss/validation", val_loss, epoch)
# --8<-- [end:write]

# --8<-- [start:read]
events = EventAccumulator(folder, size_guidance={"scalars": 0})  # 0: keep all points
events.Reload()
print("tags:", ", ".join(events.Tags()["scalars"]))
points = events.Scalars("loss/validation")
print(f"points {len(points)}, the last at epoch {points[-1].step}")
gap = max(abs(point.value - loss) for point, loss in zip(points, val))
print(f"largest difference from what was logged {gap:.0e}")
# --8<-- [end:read]
lowest = min(points, key=lambda point: point.value)
print(f"lowest at epoch {lowest.step}, {lowest.value:.3f}", end="; ")
print(f"last {points[-1].value:.3f}")

# --8<-- [start:looks]
seen, blind, guess = looking()
say("looking every ten epochs", *effect(seen, blind, worst=START))
print(f"guessed rates from {guess.min():.4f} to {guess.max():.2f}")
print(f"left alone, above the start at the end: {(~(blind <= START)).sum()} of 20")
worse = (seen > 1.5 * torch.nan_to_num(blind, nan=START)).sum()
print(f"worse by half or more: {worse} of {len(seen)}")
seen, blind, _ = looking(0.1, 0.5)
say("looking, guesses from 0.1 to 0.5", *effect(seen, blind))
# --8<-- [end:looks]

fig, ax = plt.subplots(num="watch", figsize=(4.4, 3.6))
for tag, color, look in (("training", "C6", "--"), ("validation", "C3", "-")):
    points = events.Scalars(f"loss/{tag}")
    steps, values = zip(*((p.step, p.value) for p in points))
    ax.plot(steps, values, look, color=color, label=f"loss/{tag}")
ax.axvline(lowest.step, color="C6", linewidth=1, linestyle=":")
ax.set(xlabel="step, here an epoch", ylabel="value", ylim=(0, None))
ax.legend()
plt.show()
