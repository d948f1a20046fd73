"""Stores the bias's gradient under a wrong name: no error, and a loss that stalls."""

import matplotlib.pyplot as plt
import torch

torch.manual_seed(42)
N = 100
X = torch.linspace(-1, 1, N).unsqueeze(1)
y = 2 * X - 1 + 0.1 * torch.randn(N, 1)
w0, b0 = torch.randn(1), torch.randn(1)
lr = 0.1
losses = {"right": [], "stale": [], "overwritten": []}


def report(name, w, b):
    loss = losses[name][-1]
    print(f"{name}: loss {loss:.4f}, w = {w.item():.4f}, b = {b.item():.4f}")


# --8<-- [start:stale]
w, b = w0, b0
grad_w = grad_b = 0.0
for epoch in range(200):
    residual = w * X + b - y
    losses["stale"].append((residual**2).mean().item())
    grad_w = 2 * (residual * X).mean()
    b_grad = 2 * residual.mean()  # a new name: grad_b stays the 0 of above
    w = w - lr * grad_w
    b = b - lr * grad_b
report("stale", w, b)
# --8<-- [end:stale]

# --8<-- [start:overwritten]
w, b = w0, b0
for epoch in range(200):
    residual = w * X + b - y
    losses["overwritten"].append((residual**2).mean().item())
    grad_w = 2 * (residual * X).mean()
    grad_w = 2 * residual.mean()  # copied, name not changed
    w = w - lr * grad_w
    b = b - lr * grad_w
report("overwritten", w, b)
print(f"w - b stays at {(w - b).item():.4f}")
# --8<-- [end:overwritten]

# --8<-- [start:cure]
w, b = w0, b0
for epoch in range(200):
    residual = w * X + b - y
    losses["right"].append((residual**2).mean().item())
    grad_w = 2 * (residual * X).mean()
    grad_b = 2 * residual.mean()
    w = w - lr * grad_w
    b = b - lr * grad_b
report("right", w, b)
# --8<-- [end:cure]

fig, ax = plt.subplots(num="stalled", figsize=(6.4, 3.6))
for (name, values), color, style in zip(
    losses.items(), ("C6", "C1", "C1"), ("--", "-", ":")
):
    ax.semilogy(range(1, 201), values, style, color=color)
    ax.annotate(name, (200, 1.1 * values[-1]), color=color, ha="right")
ax.set(xlabel="epoch", ylabel="$L$, loss", ylim=(7e-3, 6))
plt.show()
