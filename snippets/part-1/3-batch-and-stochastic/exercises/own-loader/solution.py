"""Hands out batches as DataLoader does, in a generator of six lines."""

import torch


def batches(X, y, batch_size, shuffle, drop_last):
    order = torch.randperm(len(X)) if shuffle else torch.arange(len(X))
    for batch in order.split(batch_size):
        if drop_last and len(batch) < batch_size:
            return
        yield X[batch], y[batch]


torch.manual_seed(42)
X = torch.arange(10.0).unsqueeze(1)
y = 10 * X
for epoch in (1, 2):
    loader = batches(X, y, 4, True, False)
    rows = [x.flatten().int().tolist() for x, _ in loader]
    print(f"epoch {epoch}:", rows)
print("drop_last:", [len(x) for x, _ in batches(X, y, 4, True, True)])
