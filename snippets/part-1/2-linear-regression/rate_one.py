"""Sets the rate to one: the slope is learned, the offset jumps for ever."""

import matplotlib.pyplot as plt
import torch

torch.manual_seed(42)
N = 100
X = torch.linspace(-1, 1, N).unsqueeze(1)
y = 2 * X - 1 + 0.1 * torch.randn(N, 1)
w0, b0 = torch.randn(1), torch.randn(1)


# --8<-- [start:loop]
def train(lr, num_epochs):
    w, b, history = w0, b0, []
    for _ in range(num_epochs):
        residual = w * X + b - y
        loss = (residual**2).mean()
        w = w - lr * 2 * (residual * X).mean()
        b = b - lr * 2 * residual.mean()
        history.append((loss.item(), w.item(), b.item()))
    return history


history = train(lr=1.0, num_epochs=50)
for epoch in (1, 2, 3, 4, 5, 49, 50):
    loss, w, b = history[epoch - 1]
    print(f"epoch {epoch:2d}: loss {loss:.4f}, w = {w:.4f}, b = {b:.4f}")
# --8<-- [end:loop]

# --8<-- [start:factors]
lr = 1.0
print(f"factor of the error of w: {1 - 2 * lr * (X**2).mean():.2f}")
print(f"factor of the error of b: {1 - 2 * lr:.0f}")
# --8<-- [end:factors]

# --8<-- [start:cure]
print("lr    final loss")
for lr in (0.1, 0.9, 1.0, 1.01, 1.1):
    print(f"{lr:<4}  {train(lr, num_epochs=200)[-1][0]:.4g}")
# --8<-- [end:cure]

best_w = ((X * y).mean() / (X**2).mean()).item()  # least squares, as mean(x) is 0
best_b = y.mean().item()
print(f"least squares: w = {best_w:.4f}, b = {best_b:.4f}")
fig, axes = plt.subplots(1, 2, num="bias-jumps", figsize=(7.2, 3.2))
paths = zip(*[(w0.item(), b0.item())] + [(w, b) for _, w, b in history[:20]])
for ax, path, best in zip(axes, paths, (best_w, best_b)):
    ax.axhline(best, color="C6", linestyle="--", linewidth=1)
    ax.plot(path, "o-", color="C1", linewidth=1, markersize=4)
    ax.set(xlabel="epoch", xticks=range(0, 21, 5))
axes[0].annotate("least squares", (20, best_w - 0.2), color="C6", ha="right")
axes[0].set_ylabel("$w$, weight")
axes[1].set_ylabel("$b$, bias")
plt.show()

fig, ax = plt.subplots(num="offset-line")
ax.plot(X, y, "o", color="C0", alpha=0.5)
for _, w, b in history[-2:]:
    ax.plot(X, w * X + b, color="C1")
ax.annotate("after every even epoch", (0.05, 0), color="C1", ha="right")
ax.annotate("after every odd epoch", (0.22, -1.4), color="C1")
ax.set(xlabel="$x$, feature", ylabel="$y$, target")
plt.show()
