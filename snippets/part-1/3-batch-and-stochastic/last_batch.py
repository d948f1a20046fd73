"""Averages the means of unequal batches, and takes the last batch for the epoch."""

import torch
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(42)
N = 100
X = torch.linspace(-1, 1, N).unsqueeze(1)
y = 2 * X - 1 + 0.1 * torch.randn(N, 1)
w, b = torch.randn(1), torch.randn(1)

# --8<-- [start:mistake]
train_dl = DataLoader(TensorDataset(X, y), batch_size=30)
losses = [((w * x + b - t) ** 2).mean() for x, t in train_dl]
sizes = [len(x) for x, _ in train_dl]
print("batches of", *sizes)
print(f"mean of the batch means: {torch.stack(losses).mean():.4f}")
print(f"loss of the last batch: {losses[-1]:.4f}")
# --8<-- [end:mistake]

# --8<-- [start:cure]
total = sum(loss * size for loss, size in zip(losses, sizes))
print(f"weighted with the sizes: {total / sum(sizes):.4f}")
print(f"loss over all samples: {((w * X + b - y) ** 2).mean():.4f}")
# --8<-- [end:cure]
