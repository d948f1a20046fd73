"""A loop in which nothing moves: the optimizer has the parameters of another model."""

import torch
from torch import nn

torch.manual_seed(0)
X = torch.randn(60, 2)
y = X @ torch.tensor([[4.0], [-1.0]]) + 2 + 0.1 * torch.randn(60, 1)
loss_fn = nn.MSELoss()

# --8<-- [start:loop]
model = nn.Linear(2, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
model = nn.Linear(2, 1)  # the first one started badly
for epoch in range(1, 101):
    loss = loss_fn(model(X), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    if epoch in (1, 100):
        print(f"epoch {epoch}: loss {loss.item():.4f}", end=", ")
        print(f"gradient {model.weight.grad.norm():.2f}")
# --8<-- [end:loop]

optimizer = torch.optim.SGD(model.parameters(), lr=0.1)  # the cure
for epoch in range(100):
    loss = loss_fn(model(X), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
print(f"cured: loss {loss.item():.4f}")
