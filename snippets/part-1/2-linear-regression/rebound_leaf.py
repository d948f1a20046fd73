"""Writes w = w - lr * w.grad: the first step works, the second finds no gradient."""

# run: expects TypeError
import warnings

import torch

# A warning is shown by its first sentence, among the other lines.
warnings.simplefilter("always")
warnings.showwarning = lambda message, category, *_: print(
    f"{category.__name__}: {str(message).split('. ')[0]}."
)

torch.manual_seed(42)
N = 100
X = torch.linspace(-1, 1, N).unsqueeze(1)
y = 2 * X - 1 + 0.1 * torch.randn(N, 1)
w = torch.randn(1, requires_grad=True)
b = torch.randn(1, requires_grad=True)
lr = 0.1

# --8<-- [start:mistake]
for step in (1, 2):
    loss = ((w * X + b - y) ** 2).mean()
    loss.backward()
    print(f"step {step}: w = {w.item():.4f}, a leaf: {w.is_leaf}")
    w = w - lr * w.grad
    b = b - lr * b.grad
# --8<-- [end:mistake]
