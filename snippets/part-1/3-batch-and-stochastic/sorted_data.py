"""Forgets to shuffle sorted data: the line leans towards the last batches."""

import matplotlib.pyplot as plt
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

# --8<-- [start:mistake]
torch.manual_seed(42)
N = 200
x, _ = torch.sort(torch.rand(N) * 3)
X, y = x.unsqueeze(1), (x**2).unsqueeze(1)  # a curve, and sorted
data = TensorDataset(X, y)


def train(shuffle, num_epochs=40, lr=0.05):
    torch.manual_seed(1)
    model, loss_fn = nn.Linear(1, 1), nn.MSELoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    for _ in range(num_epochs):
        for x_batch, y_batch in DataLoader(data, batch_size=10, shuffle=shuffle):
            loss = loss_fn(model(x_batch), y_batch)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    with torch.no_grad():
        return model(X), loss_fn(model(X), y).item(), loss.item()


print("order     cost over all samples  loss of the last batch")
fits = {"sorted": train(False), "shuffled": train(True)}
for name, (_, cost, last) in fits.items():
    print(f"{name:<8}  {cost:<21.4f}  {last:.4f}")
# --8<-- [end:mistake]
X1 = torch.cat([X, torch.ones(N, 1)], dim=1)
best = X1 @ torch.linalg.lstsq(X1, y).solution
print(f"least squares: cost {(best - y).square().mean():.4f}")

fig, ax = plt.subplots(num="sorted", figsize=(5.4, 3.6))
ax.plot(X, y, "o", color="C0", markersize=3, alpha=0.5)
for name, style in (("sorted", "-"), ("shuffled", "--")):
    ax.plot(X, fits[name][0], style, color="C3")
    ax.annotate(name, (3.03, fits[name][0][-1].item()), color="C3", va="center")
ax.set(xlabel="$x$, feature", ylabel="$y$, target", xlim=(-0.1, 3.8))
plt.show()
