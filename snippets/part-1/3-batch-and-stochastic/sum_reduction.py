"""Sums the loss over the batch: the batch size becomes a part of the rate."""

import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(42)
N = 100
X = torch.linspace(-1, 1, N).unsqueeze(1)
y = 2 * X - 1 + 0.1 * torch.randn(N, 1)
data = TensorDataset(X, y)


# --8<-- [start:mistake]
def train(reduction, lr, batch_size, num_epochs=50):
    torch.manual_seed(1)
    model, loss_fn = nn.Linear(1, 1), nn.MSELoss(reduction=reduction)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    for _ in range(num_epochs):
        for x_batch, y_batch in DataLoader(data, batch_size, shuffle=True):
            loss = loss_fn(model(x_batch), y_batch)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    with torch.no_grad():
        return nn.MSELoss()(model(X), y).item()


print("batch size  sum, rate 0.012  mean, rate 0.12")
for batch_size in (10, 50, 100):
    print(f"{batch_size:<10}  {train('sum', 0.012, batch_size):<15.4g}", end="  ")
    print(f"{train('mean', 0.12, batch_size):.4g}")
# --8<-- [end:mistake]
