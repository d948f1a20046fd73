"""Trains nn.Linear on noisier data with a small rate until it meets least squares."""

import matplotlib.pyplot as plt
import torch
from torch import nn

# --8<-- [start:data]
torch.manual_seed(42)

N = 100
X = torch.randn(N, 1)
y = 2.5 * X + 1 + 0.5 * torch.randn(N, 1)
# --8<-- [end:data]

# --8<-- [start:loop]
model = nn.Linear(1, 1)
loss_fn = nn.MSELoss()
optimizer = torch.optim.SGD(model.parameters(), lr=0.01)

losses, learned = [], {}
for epoch in range(1, 1001):
    y_hat = model(X)  # 1. forward
    loss = loss_fn(y_hat, y)  # 2. loss
    optimizer.zero_grad()  # 3. gradient: forget the old one,
    loss.backward()  # find the new one
    optimizer.step()  # 4. update
    losses.append(loss.item())
    if epoch in (1, 100, 1000):
        w, b = model.weight.item(), model.bias.item()
        learned[epoch] = w, b
        print(f"epoch {epoch:4d}: w = {w:.4f}, b = {b:.4f}")
# --8<-- [end:loop]

# --8<-- [start:check]
X1 = torch.cat([X, torch.ones(N, 1)], dim=1)  # X with a column of ones
X1 = X1.double()
best = torch.linalg.lstsq(X1, y.double()).solution
floor = (X1 @ best - y).square().mean().item()
print(f"least squares: w = {best[0].item():.4f}, b = {best[1].item():.4f}")
print(f"loss of least squares: {floor:.4f}")
print(f"loss in epoch 1000: {losses[-1]:.4f}")
# --8<-- [end:check]

fig, ax = plt.subplots(num="fit")
ax.plot(X, y, "o", color="C0", alpha=0.5)
ends = torch.tensor([-2.4, 2.4])
for (epoch, (w, b)), style in zip(learned.items(), (":", "--", "-")):
    ax.plot(ends, w * ends + b, style, color="C3")
    words = "after 1 epoch" if epoch == 1 else f"after {epoch}"
    ax.annotate(words, (2.45, w * 2.4 + b), color="C3", va="center")
ax.set(xlim=(-2.6, 3.4), xlabel="$x$, feature", ylabel="$y$, target")
plt.show()
