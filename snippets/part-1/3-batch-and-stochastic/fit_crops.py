"""Fits the crop data, fifteen rows in batches of five, with a function fit."""

import matplotlib.pyplot as plt
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

# --8<-- [start:data]
# temperature (°F), rainfall (mm), humidity (%), apples, oranges (tons)
regions = torch.tensor([
    [73.0, 67, 43, 56, 70],
    [91.0, 88, 64, 81, 101],
    [87.0, 134, 58, 119, 133],
    [102.0, 43, 37, 22, 37],
    [69.0, 96, 70, 103, 119],
])
rows = regions.repeat(3, 1)  # the five regions three times: (15, 5)
X, Y = rows[:, :3], rows[:, 3:]
print("X:", tuple(X.shape), "Y:", tuple(Y.shape))
# --8<-- [end:data]


# --8<-- [start:fit]
def fit(num_epochs, model, loss_fn, opt, train_dl):
    """Train the model; return the mean loss of each epoch."""
    losses = []
    for _ in range(num_epochs):
        total = count = 0
        for x_batch, y_batch in train_dl:
            loss = loss_fn(model(x_batch), y_batch)  # 1. forward, 2. loss
            opt.zero_grad()
            loss.backward()  # 3. gradient
            opt.step()  # 4. update
            total += loss.item() * len(x_batch)  # a short batch counts less
            count += len(x_batch)
        losses.append(total / count)
    return losses


# --8<-- [end:fit]
# --8<-- [start:run]
loss_fn, curves = nn.MSELoss(), {}
print("batch size  steps  RMSE after 100 epochs  after 300")
for batch_size in (15, 5, 1):
    torch.manual_seed(42)
    model = nn.Linear(3, 2)
    opt = torch.optim.SGD(model.parameters(), lr=1e-5)
    train_dl = DataLoader(TensorDataset(X, Y), batch_size, shuffle=True)
    curves[batch_size], after = [], []
    for num_epochs in (100, 200):
        curves[batch_size] += fit(num_epochs, model, loss_fn, opt, train_dl)
        with torch.no_grad():
            after.append(loss_fn(model(X), Y).sqrt().item())
    print(f"{batch_size:<10}  {15 // batch_size:<5}", end="  ")
    print(f"{after[0]:<21.3f}  {after[1]:.3f}")
# --8<-- [end:run]

# --8<-- [start:limits]
u = torch.cat([X, torch.ones(15, 1)], dim=1)
H = u.T @ u / 15  # no 2, as the loss is a mean over two targets
limit = 2 / torch.linalg.eigvalsh(H)[-1]
print(f"limit of the rate for all rows {limit:.2e}", end=", ")
print(f"for the largest row alone {2 / u.square().sum(dim=1).max():.2e}")
# --8<-- [end:limits]

fig, ax = plt.subplots(num="crops", figsize=(5.4, 3.8))
for batch_size, losses in curves.items():
    color = "C1" if batch_size == 15 else "C3"
    ax.loglog(range(1, 301), losses, color=color)
    words = f"$B$ = {batch_size}"
    ax.annotate(words, (315, losses[-1]), color=color, va="center")
ax.set(xlabel="epoch", ylabel="$L$, mean loss of the epoch", xlim=(1, 1000))
plt.show()
