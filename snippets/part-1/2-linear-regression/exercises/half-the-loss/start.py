"""Train with half the loss: which learning rate takes the same steps?

Many texts use J = 1/(2n) times the sum of the squared residuals: the 2 of the
derivative cancels.
1. Complete gradient_J: the gradient of J for w and for b.
2. Complete rate_for_J: descent on J with this rate must take exactly the steps that
   descent on the mean squared error takes with the rate lr.
"""

import torch

torch.manual_seed(42)
X = torch.linspace(-1, 1, 100).unsqueeze(1)  # (100, 1)
y = 2 * X - 1 + 0.1 * torch.randn(100, 1)  # (100, 1)
w_start, b_start = torch.randn(1), torch.randn(1)


def gradient_L(X, y, w, b):
    residual = w * X + b - y
    return 2 * (residual * X).mean(), 2 * residual.mean()


def gradient_J(X, y, w, b):
    """Return the gradient of J for w and for b."""
    raise NotImplementedError("work out the gradient of J in gradient_J")


def rate_for_J(lr):
    """Return the learning rate for J that takes the same steps as lr does for L."""
    raise NotImplementedError("return the rate for J in rate_for_J")


def train(gradient, lr, num_epochs=50):
    w, b = w_start, b_start
    for _ in range(num_epochs):
        grad_w, grad_b = gradient(X, y, w, b)
        w = w - lr * grad_w
        b = b - lr * grad_b
    return w.item(), b.item()


w, b = train(gradient_L, lr=0.1)
print(f"L at rate 0.1: w = {w:.4f}, b = {b:.4f}")
w, b = train(gradient_J, lr=0.1)
print(f"J at rate 0.1: w = {w:.4f}, b = {b:.4f}")
w, b = train(gradient_J, rate_for_J(0.1))
print(f"J at its own rate: w = {w:.4f}, b = {b:.4f}")
