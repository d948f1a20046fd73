"""Rewrite the loop with autograd: delete the gradients written by hand.

train below works. Keep what it returns, but let PyTorch find the gradients:
1. make w and b parameters (requires_grad=True),
2. replace the lines of step 3 by loss.backward(),
3. update in place, under torch.no_grad(),
4. clear the gradients before the next epoch.
"""

import torch

torch.manual_seed(42)
X = torch.linspace(-1, 1, 100).unsqueeze(1)  # (100, 1)
y = 2 * X - 1 + 0.1 * torch.randn(100, 1)  # (100, 1)
w_start, b_start = torch.randn(1), torch.randn(1)


def train(X, y, w, b, lr, num_epochs):
    """Return w, b and the list of losses, one float an epoch."""
    losses = []
    for _ in range(num_epochs):
        y_hat = w * X + b  # 1. forward
        error = y_hat - y
        loss = (error**2).mean()  # 2. loss
        grad_w = 2 * (error * X).mean()  # 3. gradient
        grad_b = 2 * error.mean()
        w = w - lr * grad_w  # 4. update
        b = b - lr * grad_b
        losses.append(loss.item())
    return w, b, losses


w, b, losses = train(X, y, w_start, b_start, lr=0.1, num_epochs=50)
print(f"epoch 1: loss {losses[0]:.4f}")
print(f"epoch 50: loss {losses[-1]:.4f}, w = {w.item():.4f}, b = {b.item():.4f}")
