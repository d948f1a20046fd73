"""Answers to the three tasks at the end of the lab, with the lab's data."""

import torch
from torch import nn, optim
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(42)
N = 240
temperature = 84 + 10 * torch.randn(N)  # °F
rainfall = 90 + 28 * torch.randn(N)  # mm
humidity = 40 + 0.15 * rainfall + 9 * torch.randn(N)  # %
X = torch.stack([temperature, rainfall, humidity], dim=1)
W_true = torch.tensor([[-0.4, 0.8, 0.7], [-0.3, 0.7, 1.0]])  # apples, oranges
Y = X @ W_true.T + torch.tensor([2.0, 5.0]) + 4.0 * torch.randn(N, 2)
order = torch.randperm(N)
train, val = order[:192], order[192:]

# 1. Batch size
mean, std = X[train].mean(dim=0), X[train].std(dim=0, correction=0)
Z = (X - mean) / std
train_set = TensorDataset(Z[train], Y[train])
loss_fn = nn.MSELoss()
for batch_size in (8, 32, 192):
    torch.manual_seed(1)
    model = nn.Linear(3, 2)
    optimizer = optim.SGD(model.parameters(), lr=0.1)
    for _ in range(5):
        for x, y in DataLoader(train_set, batch_size, shuffle=True):
            loss = loss_fn(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    with torch.no_grad():
        loss = loss_fn(model(Z[val]), Y[val])
    print(f"batches of {batch_size}: validation loss {loss:.2f}")


# 2. Without humidity, and 3. too few regions: least squares is enough for both
def least_squares(rows, columns):
    def with_ones(rows):
        ones = torch.ones(len(rows), 1)
        return torch.cat([X[rows][:, columns], ones], dim=1).double()

    best = torch.linalg.lstsq(with_ones(rows), Y[rows].double()).solution
    losses = [(with_ones(r) @ best - Y[r]).square().mean().item() for r in (rows, val)]
    return best, losses


for name, columns in (("with humidity", [0, 1, 2]), ("without humidity", [0, 1])):
    best, (_, loss) = least_squares(train, columns)
    print(f"{name}: weight of rainfall, apples {best[1, 0]:.3f}", end=", ")
    print(f"validation loss {loss:.2f}")

for size in (6, 12, 192):
    groups = [least_squares(rows, [0, 1, 2])[1] for rows in train.split(size)]
    means = torch.tensor(groups).mean(dim=0)
    print(f"groups of {size}: training loss {means[0]:.2f}, ", end="")
    print(f"validation loss {means[1]:.2f}")
