"""Rewrite the loop for several features with autograd: no gradient written by hand.

train below works. Keep its arguments and what it returns, but let PyTorch find the
gradients, and change no tensor that belongs to the caller:
1. make parameters (requires_grad=True) that begin at w_start and b_start,
2. replace the lines of step 3 by loss.backward(),
3. update in place, under torch.no_grad(),
4. clear the gradients before the next epoch.
The loop at the end calls train twice: both runs must begin with the same loss.
"""

import torch

torch.manual_seed(42)
X = torch.rand(100, 2) * 2 - 1  # (100, 2), each feature between -1 and 1
y = X @ torch.tensor([1.5, -3.0]) + 0.5 + 0.1 * torch.randn(100)  # (100,)
w_start, b_start = torch.randn(2), torch.randn(1)


def train(X, y, w_start, b_start, lr, num_epochs):
    """Return w, b and the list of losses, one float an epoch."""
    w, b = w_start, b_start
    losses = []
    for _ in range(num_epochs):
        y_hat = X @ w + b  # 1. forward
        loss = ((y_hat - y) ** 2).mean()  # 2. loss
        grad_w = 2 / len(X) * X.T @ (y_hat - y)  # 3. gradient
        grad_b = 2 * (y_hat - y).mean()
        w = w - lr * grad_w  # 4. update
        b = b - lr * grad_b
        losses.append(loss.item())
    return w, b, losses


for lr in (0.1, 0.5):
    w, b, losses = train(X, y, w_start, b_start, lr, num_epochs=50)
    first, last = losses[0], losses[-1]
    print(f"rate {lr}: loss at epoch 1 {first:.4f}, at epoch 50 {last:.4f}")
    print(f"rate {lr}: w1 = {w[0]:.4f}, w2 = {w[1]:.4f}", end=", ")
    print(f"b = {b.item():.4f}")
