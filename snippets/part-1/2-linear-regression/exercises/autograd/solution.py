"""The main run with autograd, as a function."""

import torch

torch.manual_seed(42)
X = torch.linspace(-1, 1, 100).unsqueeze(1)  # (100, 1)
y = 2 * X - 1 + 0.1 * torch.randn(100, 1)  # (100, 1)
w_start, b_start = torch.randn(1), torch.randn(1)


def train(X, y, w, b, lr, num_epochs):
    w = w.clone().requires_grad_()
    b = b.clone().requires_grad_()
    losses = []
    for _ in range(num_epochs):
        y_hat = w * X + b  # 1. forward
        loss = ((y_hat - y) ** 2).mean()  # 2. loss
        loss.backward()  # 3. gradient
        with torch.no_grad():
            w -= lr * w.grad  # 4. update
            b -= lr * b.grad
        w.grad = None
        b.grad = None
        losses.append(loss.item())
    return w, b, losses


w, b, losses = train(X, y, w_start, b_start, lr=0.1, num_epochs=50)
print(f"epoch 1: loss {losses[0]:.4f}")
print(f"epoch 50: loss {losses[-1]:.4f}, w = {w.item():.4f}, b = {b.item():.4f}")
