"""Updates a parameter in place outside no_grad, where autograd forbids it."""

# run: expects RuntimeError
import torch

torch.manual_seed(42)
N = 100
X = torch.linspace(-1, 1, N).unsqueeze(1)
y = 2 * X - 1 + 0.1 * torch.randn(N, 1)
w = torch.randn(1, requires_grad=True)
b = torch.randn(1, requires_grad=True)
lr = 0.1

# --8<-- [start:cure]
loss = ((w * X + b - y) ** 2).mean()
loss.backward()
with torch.no_grad():
    w -= lr * w.grad
    b -= lr * b.grad
print(f"inside no_grad: w = {w.item():.4f}, b = {b.item():.4f}")
print("inside no_grad: w is still a leaf:", w.is_leaf)
# --8<-- [end:cure]

# --8<-- [start:mistake]
loss = ((w * X + b - y) ** 2).mean()
loss.backward()
w -= lr * w.grad
# --8<-- [end:mistake]
