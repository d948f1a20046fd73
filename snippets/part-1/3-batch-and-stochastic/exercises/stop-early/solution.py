"""Stops when the validation loss no longer improves, and goes back."""

import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset


def fit(num_epochs, model, loss_fn, opt, train_dl, X_val, y_val, patience):
    losses, best = [], float("inf")
    for epoch in range(num_epochs):
        for x_batch, y_batch in train_dl:
            loss = loss_fn(model(x_batch), y_batch)  # 1. forward, 2. loss
            opt.zero_grad()
            loss.backward()  # 3. gradient
            opt.step()  # 4. update
        with torch.no_grad():
            losses.append(loss_fn(model(X_val), y_val).item())
        if losses[-1] < best:
            best, best_epoch = losses[-1], epoch
            kept = {k: v.clone() for k, v in model.state_dict().items()}
        elif epoch - best_epoch >= patience:
            break
    model.load_state_dict(kept)
    return losses


torch.manual_seed(42)
X = torch.randn(30, 15)  # 30 samples, 15 features: noise is learned, too
y = X[:, :1] + torch.randn(30, 1)
X_val = torch.randn(200, 15)
y_val = X_val[:, :1] + torch.randn(200, 1)
model, loss_fn = nn.Linear(15, 1), nn.MSELoss()
opt = torch.optim.SGD(model.parameters(), lr=0.02)
train_dl = DataLoader(TensorDataset(X, y), batch_size=5, shuffle=True)
val = (X_val, y_val)
losses = fit(100, model, loss_fn, opt, train_dl, *val, patience=10)
best = min(range(len(losses)), key=losses.__getitem__)
print(f"stopped after epoch {len(losses)}", end=": ")
print(f"best epoch {best + 1}", end=", ")
print(f"validation loss {losses[best]:.4f}", end=", ")
print(f"in the last epoch {losses[-1]:.4f}")
with torch.no_grad():
    print(f"the model now has {loss_fn(model(X_val), y_val):.4f}")
