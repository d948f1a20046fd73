"""A loop in which nothing moves: the gradients are thrown away before they are used."""

import torch
from torch import nn

torch.manual_seed(0)
X = torch.randn(60, 1)
y = 4 * X + 2 + 0.1 * torch.randn(60, 1)
model, loss_fn = nn.Linear(1, 1), nn.MSELoss()

# --8<-- [start:loop]
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for epoch in range(1, 101):
    y_hat = model(X)
    loss = loss_fn(y_hat, y)
    loss.backward()
    optimizer.zero_grad()
    optimizer.step()
    if epoch in (1, 100):
        print(f"epoch {epoch}: loss {loss.item():.4f}")
# --8<-- [end:loop]

for epoch in range(100):  # the cure: clear before backward
    loss = loss_fn(model(X), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
print(f"cured: loss {loss.item():.4f}")
