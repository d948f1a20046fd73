"""Trains with autograd, from starting tensors that stay as they are."""

import torch

torch.manual_seed(42)
X = torch.rand(100, 2) * 2 - 1  # (100, 2), each feature between -1 and 1
y = X @ torch.tensor([1.5, -3.0]) + 0.5 + 0.1 * torch.randn(100)  # (100,)
w_start, b_start = torch.randn(2), torch.randn(1)


def train(X, y, w_start, b_start, lr, num_epochs):
    w = w_start.clone().requires_grad_()
    b = b_start.clone().requires_grad_()
    losses = []
    for _ in range(num_epochs):
        y_hat = X @ w + b  # 1. forward
        loss = ((y_hat - y) ** 2).mean()  # 2. loss
        loss.backward()  # 3. gradient
        with torch.no_grad():
            w -= lr * w.grad  # 4. update
            b -= lr * b.grad
        w.grad = None
        b.grad = None
        losses.append(loss.item())
    return w, b, losses


for lr in (0.1, 0.5):
    w, b, losses = train(X, y, w_start, b_start, lr, num_epochs=50)
    first, last = losses[0], losses[-1]
    print(f"rate {lr}: loss at epoch 1 {first:.4f}, at epoch 50 {last:.4f}")
    print(f"rate {lr}: w1 = {w[0]:.4f}, w2 = {w[1]:.4f}", end=", ")
    print(f"b = {b.item():.4f}")
