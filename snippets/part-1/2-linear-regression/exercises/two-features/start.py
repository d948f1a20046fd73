"""Train two weights and a bias with a gradient for any number of features.

The data were made with w = (1.5, -3.0) and b = 0.5.
1. Complete predict: y_hat of shape (N,) from X (N, D), w (D,) and b (1,).
2. Complete gradient: the gradient for w, shape (D,), and for b, one number. No
   loop over samples or features: use the matrix form of the chapter.
The loop below should then arrive near w = (1.44, -2.89), b = 0.536.
"""

import torch

torch.manual_seed(42)
X = torch.rand(100, 2) * 2 - 1  # (100, 2), each feature between -1 and 1
y = X @ torch.tensor([1.5, -3.0]) + 0.5 + 0.1 * torch.randn(100)  # (100,)
w, b = torch.randn(2), torch.randn(1)


def predict(X, w, b):
    """Return y_hat, shape (N,)."""
    raise NotImplementedError("return the predictions in predict")


def gradient(X, y, w, b):
    """Return the gradient of the mean squared error for w, shape (D,), and for b."""
    raise NotImplementedError("work out both gradients in gradient")


lr, num_epochs = 0.1, 50
for epoch in range(1, num_epochs + 1):
    loss = ((predict(X, w, b) - y) ** 2).mean()
    grad_w, grad_b = gradient(X, y, w, b)
    w = w - lr * grad_w
    b = b - lr * grad_b
    if epoch in (1, 10, 50):
        print(f"epoch {epoch}: loss {loss:.4f}")
print(f"learned: w1 = {w[0]:.4f}, w2 = {w[1]:.4f}, b = {b.item():.4f}")
