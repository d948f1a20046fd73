"""Derive the gradient for several targets: a matrix W (K, D) and a vector b (K,).

The model is Y_hat = X W^T + b, the loss is that of nn.MSELoss: the mean of the squared
residuals over all N * K entries. Derive both gradients on paper, then complete
gradient.
"""

import torch
from torch import nn

torch.manual_seed(42)
N, D, K = 5, 3, 2
X = torch.randn(N, D)
Y = torch.randn(N, K)
W = torch.randn(K, D, requires_grad=True)
b = torch.randn(K, requires_grad=True)


def gradient(X, Y, W, b):
    """Return the gradient for W, shape (K, D), and for b, shape (K,)."""
    raise NotImplementedError("work out both gradients in gradient")


loss = nn.MSELoss()(X @ W.T + b, Y)
loss.backward()
grad_W, grad_b = gradient(X, Y, W.detach(), b.detach())
print(f"largest difference for W: {(grad_W - W.grad).abs().max():.6f}")
print(f"largest difference for b: {(grad_b - b.grad).abs().max():.6f}")
