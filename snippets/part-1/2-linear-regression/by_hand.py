"""Fits a line by gradient descent with every gradient written by hand: the main run."""

import matplotlib.pyplot as plt
import torch

# --8<-- [start:data]
torch.manual_seed(42)

N = 100
X = torch.linspace(-1, 1, N).unsqueeze(1)  # (N, 1): one row a sample
y = 2 * X - 1 + 0.1 * torch.randn(N, 1)  # (N, 1)

w = torch.randn(1)
b = torch.randn(1)
print(f"start: w = {w.item():.4f}, b = {b.item():.4f}")
# --8<-- [end:data]


# --8<-- [start:model]
def predict(X, w, b):
    return w * X + b


# --8<-- [end:model]
# --8<-- [start:loss]
def mse(y_hat, y):
    return ((y_hat - y) ** 2).mean()


# --8<-- [end:loss]
# --8<-- [start:gradient]
def gradients(X, y_hat, y):
    residual = y_hat - y
    return 2 * (residual * X).mean(), 2 * residual.mean()


grad_w, grad_b = gradients(X, predict(X, w, b), y)
print(f"first gradient: for w {grad_w:.4f}, for b {grad_b:.4f}")
# --8<-- [end:gradient]

# --8<-- [start:update]
lr = 0.1
w_next = w - lr * grad_w
b_next = b - lr * grad_b
print(f"first update: w = {w_next.item():.4f}, b = {b_next.item():.4f}")
print(f"loss before {mse(predict(X, w, b), y):.4f}", end=", ")
print(f"loss after {mse(predict(X, w_next, b_next), y):.4f}")
# --8<-- [end:update]

# --8<-- [start:loop]
num_epochs = 50
losses, lines = [], [(w, b)]
for epoch in range(1, num_epochs + 1):
    y_hat = predict(X, w, b)  # 1. forward
    loss = mse(y_hat, y)  # 2. loss
    grad_w, grad_b = gradients(X, y_hat, y)  # 3. gradient
    w = w - lr * grad_w  # 4. update
    b = b - lr * grad_b
    losses.append(loss.item())
    lines.append((w, b))
    if epoch in (1, 2, 5, 10, 20, 30, 40, 50):
        print(f"epoch {epoch:2d}: loss {loss:.4f}", end=", ")
        print(f"w = {w.item():.4f}, b = {b.item():.4f}")

print(f"learned line: w = {w.item():.4f}, b = {b.item():.4f}")
print(f"true line: loss {mse(2 * X - 1, y):.4f}")
# --8<-- [end:loop]

# --8<-- [start:plots]
truth = 2 * X - 1
fig, ax = plt.subplots(num="data")
ax.plot(X, y, "o", color="C0", alpha=0.5)
ax.plot(X, predict(X, *lines[0]), color="C1")
ax.annotate("100 samples", (-0.35, -2.1), color="C0")
ax.annotate("the first guess", (-0.95, 0.15), color="C1")
ax.set(xlabel="$x$, feature", ylabel="$y$, target")

fig, ax = plt.subplots(num="loss")
ax.semilogy(range(1, num_epochs + 1), losses, color="C1")
ax.axhline(mse(truth, y), color="C6", linestyle="--")
ax.annotate("loss of the true line", (1, 1.15 * mse(truth, y)), color="C6")
ax.set(xlabel="epoch", ylabel="$L$, loss")

fig, ax = plt.subplots(num="fit")
ax.plot(X, y, "o", color="C0", alpha=0.15)
ax.plot(X, truth, "--", color="C0", zorder=3)
ax.annotate("the true line", (-0.6, -2.75), color="C0")
for epoch in (0, 5, 10, 20, 50):
    y_hat = predict(X, *lines[epoch])
    ax.plot(X, y_hat, color="C1", alpha=0.35 + 0.013 * epoch)
    ax.text(1.03, y_hat[-1, 0], f"epoch {epoch}", color="C1", va="center")
ax.set(xlim=(-1.1, 1.3), xlabel="$x$, feature", ylabel=r"$y$ and $\hat y$")
plt.show()
# --8<-- [end:plots]
