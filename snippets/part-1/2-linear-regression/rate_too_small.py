"""Runs the main run at a rate of 0.01: nothing is wrong, it is only slow."""

import torch

torch.manual_seed(42)
N = 100
X = torch.linspace(-1, 1, N).unsqueeze(1)
y = 2 * X - 1 + 0.1 * torch.randn(N, 1)
w0, b0 = torch.randn(1), torch.randn(1)


# --8<-- [start:loop]
def train(lr, num_epochs):
    w, b, losses = w0, b0, []
    for _ in range(num_epochs):
        residual = w * X + b - y
        losses.append((residual**2).mean().item())
        w = w - lr * 2 * (residual * X).mean()
        b = b - lr * 2 * residual.mean()
    return w.item(), b.item(), losses


for lr, num_epochs in ((0.01, 50), (0.01, 500), (0.1, 50)):
    w, b, losses = train(lr, num_epochs)
    print(f"lr {lr}, {num_epochs} epochs: loss {losses[-1]:.4f}", end=", ")
    print(f"w = {w:.4f}, b = {b:.4f}")
# --8<-- [end:loop]

for lr in (0.01, 0.1):
    factor = 1 - 2 * lr * (X**2).mean()
    print(f"lr {lr}: factor of the error of w {factor:.4f}", end=", ")
    print(f"epochs to halve it {torch.log(torch.tensor(0.5)) / torch.log(factor):.0f}")
