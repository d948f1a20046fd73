"""A loop with autograd for any loss of one number."""

import torch


def minimise(loss_fn, x_start, lr, num_steps):
    x = torch.tensor(float(x_start), requires_grad=True)
    path, losses = [x.item()], []
    for _ in range(num_steps):
        loss = loss_fn(x)  # 1. forward, 2. loss
        loss.backward()  # 3. gradient
        with torch.no_grad():  # 4. update
            x -= lr * x.grad
        x.grad = None  # backward() adds: forget the old one
        losses.append(loss.item())
        path.append(x.item())
    return path, losses


def parabola(x):
    return (x - 3) ** 2 + 2


def wavy(x):
    return torch.sin(3 * x) + 0.1 * x**2


for loss_fn, x_start in ((parabola, 5.0), (wavy, 2.0)):
    path, losses = minimise(loss_fn, x_start, lr=0.1, num_steps=20)
    name = loss_fn.__name__
    print(f"{name}: x from {path[0]:.4f} to {path[-1]:.4f}", end=", ")
    print(f"loss from {losses[0]:.4f} to {losses[-1]:.4f}")
