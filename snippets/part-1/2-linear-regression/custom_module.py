"""The main run again with the line written as an nn.Module of our own."""

import torch
from torch import nn

torch.manual_seed(42)

N = 100
X = torch.linspace(-1, 1, N).unsqueeze(1)
y = 2 * X - 1 + 0.1 * torch.randn(N, 1)


# --8<-- [start:module]
class Line(nn.Module):
    def __init__(self):
        super().__init__()
        self.w = nn.Parameter(torch.randn(1))
        self.b = nn.Parameter(torch.randn(1))

    def forward(self, X):
        return self.w * X + self.b


model = Line()
for name, parameter in model.named_parameters():
    print(f"{name}: {parameter.item():.4f}", end=", ")
    print(f"requires_grad {parameter.requires_grad}")
# --8<-- [end:module]

loss_fn = nn.MSELoss()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)

num_epochs = 50
losses = []
for epoch in range(1, num_epochs + 1):
    y_hat = model(X)  # 1. forward
    loss = loss_fn(y_hat, y)  # 2. loss
    optimizer.zero_grad()  # 3. gradient: forget the old one,
    loss.backward()  # find the new one
    optimizer.step()  # 4. update
    losses.append(loss.item())
    if epoch in (1, 2, 5, 10, 20, 30, 40, 50):
        w, b = model.w.item(), model.b.item()
        print(f"epoch {epoch:2d}: loss {loss:.4f}, w = {w:.4f}, b = {b:.4f}")
