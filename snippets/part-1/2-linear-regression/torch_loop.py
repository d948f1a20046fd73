"""The main run again with PyTorch's own parts: nn.Linear, nn.MSELoss and optim.SGD."""

import torch
from torch import nn

# --8<-- [start:data]
torch.manual_seed(42)

N = 100
X = torch.linspace(-1, 1, N).unsqueeze(1)
y = 2 * X - 1 + 0.1 * torch.randn(N, 1)
w = torch.randn(1)
b = torch.randn(1)
# --8<-- [end:data]

# --8<-- [start:parts]
model = nn.Linear(1, 1)
with torch.no_grad():  # start where the run by hand started
    model.weight.copy_(w)
    model.bias.copy_(b)

loss_fn = nn.MSELoss()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
# --8<-- [end:parts]

# --8<-- [start:loop]
num_epochs = 50
losses = []
# --8<-- [start:five-steps]
for epoch in range(1, num_epochs + 1):
    y_hat = model(X)  # 1. forward
    loss = loss_fn(y_hat, y)  # 2. loss
    optimizer.zero_grad()  # 3. gradient: forget the old one,
    loss.backward()  # find the new one
    optimizer.step()  # 4. update
    # --8<-- [end:five-steps]
    losses.append(loss.item())
    if epoch in (1, 2, 5, 10, 20, 30, 40, 50):
        w, b = model.weight.item(), model.bias.item()
        print(f"epoch {epoch:2d}: loss {loss:.4f}", end=", ")
        print(f"w = {w:.4f}, b = {b:.4f}")
# --8<-- [end:loop]
