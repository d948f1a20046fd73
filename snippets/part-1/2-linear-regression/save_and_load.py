"""Saves a model's parameters to a file and loads them into a new model."""

import tempfile
from pathlib import Path

import torch
from torch import nn

torch.manual_seed(42)
X = torch.linspace(-1, 1, 100).unsqueeze(1)
y = 2 * X - 1 + 0.1 * torch.randn(100, 1)

# --8<-- [start:state]
model = nn.Linear(1, 1)
loss_fn = nn.MSELoss()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for _ in range(50):
    optimizer.zero_grad()
    loss_fn(model(X), y).backward()
    optimizer.step()

for name, value in model.state_dict().items():
    print(f"state_dict, {name}: {value.item():.4f}", end=", ")
    print(f"shape {tuple(value.shape)}")
# --8<-- [end:state]

# --8<-- [start:save]
with tempfile.TemporaryDirectory() as folder:
    path = Path(folder) / "line.pt"
    torch.save(model.state_dict(), path)

    restored = nn.Linear(1, 1)  # other random numbers
    print(f"before loading: weight {restored.weight.item():.4f}")
    restored.load_state_dict(torch.load(path))
print(f"after loading: weight {restored.weight.item():.4f}")
# --8<-- [end:save]

# --8<-- [start:same]
print(f"same predictions: {torch.equal(model(X), restored(X))}")
print(f"same tensor: {restored.weight is model.weight}")
# --8<-- [end:same]
