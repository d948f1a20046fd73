"""Gradient clipping by the formula and by PyTorch: same length, same direction."""

import matplotlib.pyplot as plt
import torch
from torch import nn


# --8<-- [start:formula]
def clipped(grad, c):
    return min(1, c / grad.norm().item()) * grad


torch.manual_seed(42)
model = nn.Linear(3, 2)
X, Y = torch.randn(5, 3), 100 * torch.randn(5, 2)
nn.MSELoss()(model(X), Y).backward()
before = torch.cat([p.grad.flatten() for p in model.parameters()])
by_hand = clipped(before, c=1.0)

norm = nn.utils.clip_grad_norm_(model.parameters(), max_norm=1.0)
after = torch.cat([p.grad.flatten() for p in model.parameters()])
cosine = torch.cosine_similarity(before, after, dim=0)
print(f"it returns {norm:.3f}, the norm before: {before.norm():.3f}")
print(f"norm after {after.norm():.6f}, cosine with the old {cosine:.6f}")
print(f"largest difference from the formula {(after - by_hand).abs().max():.1e}")
# --8<-- [end:formula]

fig, ax = plt.subplots(num="clip", figsize=(4.4, 3.4))
for x, y in ((3.4, 1.7), (-2.4, 1.9), (0.4, -0.6)):
    g = torch.tensor([x, y])
    short = clipped(g, 1.0)
    for end, look in (((x, y), "C6"), (short.tolist(), "C1")):
        arrow = {"arrowstyle": "->", "color": look, "lw": 1 + (look == "C1")}
        ax.annotate("", end, (0, 0), arrowprops=arrow)
ax.add_patch(plt.Circle((0, 0), 1, fill=False, color="C6", linewidth=1))
ax.annotate("length $c$", (-0.75, -0.8), ha="right", va="top")
ax.set(xlim=(-3, 4), ylim=(-1.4, 2.4), aspect="equal")
ax.set(xlabel=r"$\partial L/\partial w$", ylabel=r"$\partial L/\partial b$")
plt.show()
