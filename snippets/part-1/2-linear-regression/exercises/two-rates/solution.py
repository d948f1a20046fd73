"""Compares what two factors foretell with the run, at five rates."""

import torch

# float64: where b explodes, the rounding of float32 would soon move w too.
torch.manual_seed(42)
X = torch.linspace(-1, 1, 100, dtype=torch.float64).unsqueeze(1)  # (100, 1)
y = 2 * X - 1 + 0.1 * torch.randn(100, 1)  # (100, 1)
w_start, b_start = torch.randn(1).double(), torch.randn(1).double()

predicted = {  # rate: (what w does, what b does)
    1.0: ("settles", "jumps"),
    0.01: ("creeps", "creeps"),
    0.5: ("settles", "lands"),
    1.2: ("settles", "explodes"),
}
rate_where_w_jumps = 2.94
b_at_that_rate = "explodes"


def factors(lr, X):
    return 1 - 2 * lr * (X**2).mean(), 1 - 2 * lr


def train(X, y, w, b, lr, num_epochs):
    ws, bs = [], []
    for _ in range(num_epochs):
        residual = w * X + b - y
        grad_w = 2 * (residual * X).mean()
        grad_b = 2 * residual.mean()
        w = w - lr * grad_w
        b = b - lr * grad_b
        ws.append(w.item())
        bs.append(b.item())
    return ws, bs


# Both gradients are 0 here, as the mean of x is 0.
w_best, b_best = (X * y).mean() / (X**2).mean(), y.mean()
print(f"best w = {w_best:.4f}, best b = {b_best:.4f}")
for lr in predicted:
    factor_w, factor_b = factors(lr, X)
    print(f"rate {lr}: factor for w {factor_w:.4f}", end=", ")
    print(f"factor for b {factor_b:.4f}")
    ws, bs = train(X, y, w_start, b_start, lr, num_epochs=50)
    print(f"rate {lr}, epoch 1: w = {ws[0]:.4f}, b = {bs[0]:.4f}")
    print(f"rate {lr}, epoch 49: w = {ws[-2]:.4f}, b = {bs[-2]:.4f}")
    print(f"rate {lr}, epoch 50: w = {ws[-1]:.4f}, b = {bs[-1]:.4f}")
left_w, left_b = (factor**50 for factor in factors(0.01, X))
print(f"rate 0.01, 50 epochs: left of w's error {left_w:.4f}", end=", ")
print(f"left of b's error {left_b:.4f}")

lr = 1 / (X**2).mean().item()
print(f"w jumps at rate {lr:.4f}: factor for b {factors(lr, X)[1]:.4f}")
ws, bs = train(X, y, w_start, b_start, lr, num_epochs=10)
print(f"there, epoch 9: w = {ws[-2]:.4f}, b = {bs[-2]:.0f}")
print(f"there, epoch 10: w = {ws[-1]:.4f}, b = {bs[-1]:.0f}")
