"""The main run again, with autograd working out the gradients."""

import torch

# --8<-- [start:data]
torch.manual_seed(42)

N = 100
X = torch.linspace(-1, 1, N).unsqueeze(1)
y = 2 * X - 1 + 0.1 * torch.randn(N, 1)

w = torch.randn(1, requires_grad=True)
b = torch.randn(1, requires_grad=True)
# --8<-- [end:data]

# --8<-- [start:check]
loss = ((w * X + b - y) ** 2).mean()
print(f"before backward: w.grad is {w.grad}")
loss.backward()
residual = (w * X + b - y).detach()
grad_w, grad_b = 2 * (residual * X).mean(), 2 * residual.mean()
print(f"for w: autograd {w.grad.item():.4f}, by hand {grad_w:.4f}")
print(f"for b: autograd {b.grad.item():.4f}, by hand {grad_b:.4f}")
w.grad = b.grad = None
# --8<-- [end:check]

# --8<-- [start:loop]
lr = 0.1
num_epochs = 50
losses = []
for epoch in range(1, num_epochs + 1):
    y_hat = w * X + b  # 1. forward
    loss = ((y_hat - y) ** 2).mean()  # 2. loss
    loss.backward()  # 3. gradient
    with torch.no_grad():
        w -= lr * w.grad  # 4. update, in place: w stays the same leaf
        b -= lr * b.grad
        w.grad = b.grad = None  # or the next backward() would add to it
    losses.append(loss.item())
    if epoch in (1, 2, 5, 10, 20, 30, 40, 50):
        print(f"epoch {epoch:2d}: loss {loss:.4f}", end=", ")
        print(f"w = {w.item():.4f}, b = {b.item():.4f}")
# --8<-- [end:loop]
