"""Early stopping that keeps the best parameters, or only seems to."""

import torch
from torch import nn

torch.manual_seed(3)
X, X_val = torch.randn(24, 20), torch.randn(200, 20)
y = X[:, :2].sum(dim=1, keepdim=True) + torch.randn(24, 1)
y_val = X_val[:, :2].sum(dim=1, keepdim=True) + torch.randn(200, 1)
loss_fn = nn.MSELoss()

# --8<-- [start:loop]
model = nn.Linear(20, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.02)
best = float("inf")
for epoch in range(400):
    loss = loss_fn(model(X), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    with torch.no_grad():
        val_loss = loss_fn(model(X_val), y_val).item()
    if val_loss < best:
        best, kept = val_loss, model.state_dict()

model.load_state_dict(kept)
with torch.no_grad():
    print(f"best validation loss {best:.3f}", end=", ")
    print(f"that of the model {loss_fn(model(X_val), y_val):.3f}")
# --8<-- [end:loop]
print(f"validation loss in the last epoch {val_loss:.3f}")
