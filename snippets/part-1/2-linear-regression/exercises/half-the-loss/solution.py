"""Trains on half the loss, and finds the rate that takes the same steps."""

import torch

torch.manual_seed(42)
X = torch.linspace(-1, 1, 100).unsqueeze(1)  # (100, 1)
y = 2 * X - 1 + 0.1 * torch.randn(100, 1)  # (100, 1)
w_start, b_start = torch.randn(1), torch.randn(1)


def gradient_L(X, y, w, b):
    residual = w * X + b - y
    return 2 * (residual * X).mean(), 2 * residual.mean()


def gradient_J(X, y, w, b):
    residual = w * X + b - y
    return (residual * X).mean(), residual.mean()


def rate_for_J(lr):
    return 2 * lr


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
print(f"J at rate {rate_for_J(0.1)}: w = {w:.4f}, b = {b:.4f}")
