"""Learns a slope alone from w = -10, and draws the run in both spaces."""

import matplotlib.pyplot as plt
import torch

# --8<-- [start:data]
torch.manual_seed(42)

x = torch.arange(-3, 3, 0.1)  # 60 samples: -3.0, -2.9, ..., 2.9
target = -3 * x
y = target + torch.randn(len(x))
print(f"{len(x)} samples, mean of x^2 {(x**2).mean():.4f}")


def cost(w, y):
    return ((w[..., None] * x - y) ** 2).mean(dim=-1)


# --8<-- [end:data]


# --8<-- [start:loop]
def train(y, lr=0.1, num_epochs=4):
    w = torch.tensor(-10.0)
    history = [w]
    for _ in range(num_epochs):
        grad = 2 * ((w * x - y) * x).mean()
        w = w - lr * grad
        history.append(w)
    return torch.stack(history)


best = (x * y).mean() / (x**2).mean()
ws, exact = train(y), train(target)
print(f"best slope for the noisy targets {best:.4f}")
print("epoch  w        cost     error w - best")
for epoch, w in enumerate(ws):
    print(f"{epoch}      {w:8.4f} {cost(w, y):8.4f} {w - best:9.4f}")
# --8<-- [end:loop]

# --8<-- [start:factor]
predicted = 1 - 2 * 0.1 * (x**2).mean()
print(f"predicted factor 1 - 2 lr mean(x^2): {predicted:.5f}")
for name, errors in (("noise-free", exact + 3), ("noisy", ws - best)):
    factors = errors[1:] / errors[:-1]
    print(f"{name} factors:", " ".join(f"{factor:.5f}" for factor in factors))
# --8<-- [end:factor]

fig, (left, right) = plt.subplots(1, 2, num="both-spaces", figsize=(7.2, 3.6))
left.plot(x, y, ".", color="C0", markersize=4)
for epoch, w in enumerate(ws):
    left.plot(x, w * x, color="C1", alpha=0.35 + 0.16 * epoch)
    left.annotate(f"{epoch}" if epoch < 3 else "", (-3.25, -3.05 * w), color="C1")
left.set(xlabel="$x$, feature", ylabel="$y$, target", title="data space")
left.set(xlim=(-3.5, 3.2))
grid = torch.linspace(-10.6, 4.6, 100)
right.plot(grid, cost(grid, y), color="C6")
right.plot(ws, cost(ws, y), "o-", color="C1", linewidth=1)
for epoch, w in enumerate(ws[:3]):
    right.annotate(f"{epoch}", (w + 0.4, cost(w, y) + 4), color="C1")
right.set(xlabel="$w$, weight", ylabel="$L$, cost", title="parameter space")
plt.show()
