"""Give fit a way to stop early.

fit(num_epochs, model, loss_fn, opt, train_dl, X_val, y_val, patience)
- trains as in the chapter, and after each epoch measures the loss on X_val, y_val;
- stops when the best validation loss is `patience` epochs old, or after num_epochs;
- leaves the model with the parameters of its best epoch;
- returns the list of validation losses, one float for each epoch that was run.
"""

import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset


def fit(num_epochs, model, loss_fn, opt, train_dl, X_val, y_val, patience):
    """Train, stop early, put the best parameters back; return the validation losses."""
    raise NotImplementedError("write the loop in fit")


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
