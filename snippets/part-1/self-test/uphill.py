"""A loop by hand that walks uphill: the residual has the wrong sign."""

import torch

torch.manual_seed(0)
X = torch.linspace(-1, 1, 50)
y = 2 * X - 1 + 0.1 * torch.randn(50)


# --8<-- [start:loop]
def train(lr, num_epochs=30):
    w, b = torch.zeros(()), torch.zeros(())
    for _ in range(num_epochs):
        residual = y - (w * X + b)
        w = w - lr * 2 * (residual * X).mean()
        b = b - lr * 2 * residual.mean()
    return (w * X + b - y).square().mean()


for lr in (0.1, 0.01, 0.001):
    print(f"rate {lr}: loss after thirty epochs {train(lr):.4g}")
# --8<-- [end:loop]
print(f"rate 0: loss of the start {train(0.0):.4f}")
