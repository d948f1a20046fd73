"""Compares the gradient for several targets, by hand, with autograd's."""

import torch
from torch import nn

torch.manual_seed(42)
N, D, K = 5, 3, 2
X = torch.randn(N, D)
Y = torch.randn(N, K)
W = torch.randn(K, D, requires_grad=True)
b = torch.randn(K, requires_grad=True)


def gradient(X, Y, W, b):
    R = X @ W.T + b - Y  # (N, K)
    return 2 / R.numel() * R.T @ X, 2 / R.numel() * R.sum(dim=0)


loss = nn.MSELoss()(X @ W.T + b, Y)
loss.backward()
grad_W, grad_b = gradient(X, Y, W.detach(), b.detach())
print(f"shapes: {tuple(grad_W.shape)} and {tuple(grad_b.shape)}")
for name, by_hand, auto in (("W", grad_W, W.grad), ("b", grad_b, b.grad)):
    print(f"by hand, first entry for {name}: {by_hand.flatten()[0]:.4f}")
    print(f"autograd, first entry for {name}: {auto.flatten()[0]:.4f}")
    difference = (by_hand - auto).abs().max()
    print(f"largest difference for {name}: {difference:.6f}")

by_N = (2 / N * (X @ W.T + b - Y).sum(dim=0)).detach()
print(f"divided by N alone, first entry for b: {by_N[0]:.4f}")
