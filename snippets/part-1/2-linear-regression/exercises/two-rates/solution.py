"""Compares the predicted factors at the rates 1.0 and 0.01 with the run."""

import torch

torch.manual_seed(42)
X = torch.linspace(-1, 1, 100).unsqueeze(1)  # (100, 1)
y = 2 * X - 1 + 0.1 * torch.randn(100, 1)  # (100, 1)
w_start, b_start = torch.randn(1), torch.randn(1)

w_at_1 = "settles"
b_at_1 = "jumps"
w_at_001 = "creeps"
b_at_001 = "creeps"


def factors(lr, X):
    return 1 - 2 * lr * (X**2).mean(), 1 - 2 * lr


def train(X, y, w, b, lr, num_epochs):
    ws, bs = [], []
    for _ in range(num_epochs):
        error = w * X + b - y
        grad_w = 2 * (error * X).mean()
        grad_b = 2 * error.mean()
        w = w - lr * grad_w
        b = b - lr * grad_b
        ws.append(w.item())
        bs.append(b.item())
    return ws, bs


# Both gradients are 0 here, as the mean of x is 0.
w_best = (X * y).mean() / (X**2).mean()
b_best = y.mean()
print(f"best w = {w_best:.4f}, best b = {b_best:.4f}")
for lr in (1.0, 0.01):
    factor_w, factor_b = factors(lr, X)
    print(f"rate {lr}: factor for w {factor_w:.4f}, factor for b {factor_b:.4f}")
    ws, bs = train(X, y, w_start, b_start, lr, num_epochs=50)
    print(f"rate {lr}, epoch 49: w = {ws[-2]:.4f}, b = {bs[-2]:.4f}")
    print(f"rate {lr}, epoch 50: w = {ws[-1]:.4f}, b = {bs[-1]:.4f}")
    left_w = (ws[-1] - w_best) / (w_start - w_best)
    left_b = (bs[-1] - b_best) / (b_start - b_best)
    print(f"rate {lr}: left of w's error {left_w.item():.4f}", end=", ")
    print(f"left of b's error {left_b.item():.4f}")
