"""Trains a flexible model on few samples and watches the loss on samples kept aside."""

import matplotlib.pyplot as plt
import torch

torch.manual_seed(3)
num_epochs, lr, patience = 400, 0.02, 20
true = torch.zeros(20, 1)
true[:2] = 1.0  # only two of twenty features matter
X, X_val = torch.randn(24, 20), torch.randn(200, 20)
y = X @ true + torch.randn(24, 1)
y_val = X_val @ true + torch.randn(200, 1)

w = torch.zeros(20, 1)
losses, val_losses = [], []
for epoch in range(1, num_epochs + 1):
    w = w - lr * 2 / len(X) * X.T @ (X @ w - y)
    losses.append((X @ w - y).square().mean().item())
    val_losses.append((X_val @ w - y_val).square().mean().item())

best = min(range(num_epochs), key=val_losses.__getitem__)
print(f"lowest validation loss {val_losses[best]:.3f} in epoch {best + 1}")
print(f"patience of {patience}: stopped after epoch {best + 1 + patience}")
print(f"in the last epoch: training loss {losses[-1]:.3f}", end=", ")
print(f"validation loss {val_losses[-1]:.3f}")
gaps = torch.tensor(val_losses) - torch.tensor(losses)
print(f"smallest gap {gaps.min():.2f} in epoch {gaps.argmin() + 1}")

fig, ax = plt.subplots(num="two-losses", figsize=(6.4, 3.2))
ax.plot(range(1, num_epochs + 1), losses, color="C1")
ax.plot(range(1, num_epochs + 1), val_losses, color="C1", linestyle="--")
ax.annotate("training", (300, losses[299] + 0.08), color="C1")
ax.annotate("validation", (300, val_losses[299] - 0.3), color="C1")
ax.set(xlabel="epoch", ylabel="$L$, loss", ylim=(0, None), xlim=(0, num_epochs))
plt.show()
