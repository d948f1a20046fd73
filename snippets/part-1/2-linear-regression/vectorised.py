"""The main run again, with all samples and both parameters in one matrix product."""

import torch

# --8<-- [start:data]
torch.manual_seed(42)

N = 100
x = torch.linspace(-1, 1, N)  # (N,)
y = 2 * x - 1 + 0.1 * torch.randn(N)  # (N,)
X1 = torch.stack([x, torch.ones(N)], dim=1)  # X with a column of ones

theta = torch.randn(2)  # (2,): w and b
print(f"shapes: X1 {tuple(X1.shape)}", end=", ")
print(f"theta {tuple(theta.shape)}, y {tuple(y.shape)}")
print(f"start: w = {theta[0]:.4f}, b = {theta[1]:.4f}")
# --8<-- [end:data]

# --8<-- [start:gradient]
gradient = 2 / N * X1.T @ (X1 @ theta - y)  # (2, N) @ (N,) -> (2,)
print(f"first gradient: for w {gradient[0]:.4f}, for b {gradient[1]:.4f}")
# --8<-- [end:gradient]

# --8<-- [start:loop]
lr = 0.1
num_epochs = 50
losses = []
for epoch in range(1, num_epochs + 1):
    residual = X1 @ theta - y  # 1. forward
    loss = residual @ residual / N  # 2. loss
    gradient = 2 / N * X1.T @ residual  # 3. gradient
    theta = theta - lr * gradient  # 4. update
    losses.append(loss.item())
    if epoch in (1, 2, 5, 10, 20, 30, 40, 50):
        print(f"epoch {epoch:2d}: loss {loss:.4f}", end=", ")
        print(f"w = {theta[0]:.4f}, b = {theta[1]:.4f}")
# --8<-- [end:loop]
