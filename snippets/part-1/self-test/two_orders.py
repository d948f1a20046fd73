"""An epoch that pairs features with the targets of other samples."""

import torch

torch.manual_seed(0)
N, batch_size = 200, 20
X = torch.randn(N, 1)
y = 3 * X + 0.1 * torch.randn(N, 1)


# --8<-- [start:loop]
def train(same_order):
    w = torch.zeros(1, 1)
    for _ in range(50):
        order = torch.randperm(N)
        X_epoch = X[order]
        if not same_order:
            order = torch.randperm(N)
        y_epoch = y[order]
        for rows in torch.arange(N).split(batch_size):
            x_batch, y_batch = X_epoch[rows], y_epoch[rows]
            residual = x_batch @ w - y_batch
            w = w - 0.05 * 2 / len(rows) * x_batch.T @ residual
    return w.item(), (X @ w - y).square().mean().item()


w, loss = train(same_order=False)
print(f"two orders: w = {w:.2f}, loss {loss:.2f}")
# --8<-- [end:loop]
w, loss = train(same_order=True)
print(f"one order: w = {w:.2f}, loss {loss:.2f}")
print(f"mean square of y: {y.square().mean():.2f}")
