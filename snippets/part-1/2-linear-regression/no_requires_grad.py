"""Forgets requires_grad: the loss has no graph, and backward() has nowhere to go."""

# run: expects RuntimeError
import torch

torch.manual_seed(42)
N = 100
X = torch.linspace(-1, 1, N).unsqueeze(1)
y = 2 * X - 1 + 0.1 * torch.randn(N, 1)

# --8<-- [start:cure]
w = torch.randn(1, requires_grad=True)
b = torch.randn(1, requires_grad=True)
loss = ((w * X + b - y) ** 2).mean()
print("with requires_grad: grad_fn is", loss.grad_fn.name())
loss.backward()
print(f"with requires_grad: w.grad = {w.grad.item():.4f}")
# --8<-- [end:cure]

# --8<-- [start:mistake]
w = torch.randn(1)
b = torch.randn(1)
optimizer = torch.optim.SGD([w, b], lr=0.1)  # takes them without a word

loss = ((w * X + b - y) ** 2).mean()
print("without requires_grad: grad_fn is", loss.grad_fn)
loss.backward()
# --8<-- [end:mistake]
