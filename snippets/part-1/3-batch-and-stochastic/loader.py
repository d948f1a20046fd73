"""Hands out samples in batches: TensorDataset and DataLoader, part by part."""

import torch
from torch.utils.data import DataLoader, TensorDataset

# --8<-- [start:dataset]
X = torch.arange(6.0).unsqueeze(1)  # (6, 1)
y = 10 * X
train_ds = TensorDataset(X, y)
print("number of samples:", len(train_ds))
print("sample 2:", train_ds[2])
# --8<-- [end:dataset]

# --8<-- [start:loader]
torch.manual_seed(42)
train_dl = DataLoader(train_ds, batch_size=4, shuffle=True)
print("batches in an epoch:", len(train_dl))
for epoch in (1, 2):
    for x_batch, y_batch in train_dl:
        print(f"epoch {epoch}:", x_batch.flatten().tolist(), tuple(y_batch.shape))
# --8<-- [end:loader]

# --8<-- [start:drop]
whole = DataLoader(train_ds, batch_size=4, drop_last=True)
print("drop_last leaves batches of", [len(x_batch) for x_batch, _ in whole])
# --8<-- [end:drop]
