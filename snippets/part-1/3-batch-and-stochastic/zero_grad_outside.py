"""Clears the gradients once an epoch instead of once a step."""

import matplotlib.pyplot as plt
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(42)
N = 100
X = torch.linspace(-1, 1, N).unsqueeze(1)
y = 2 * X - 1 + 0.1 * torch.randn(N, 1)
data = TensorDataset(X, y)


# --8<-- [start:mistake]
def train(every_step, lr=0.1, num_epochs=20):
    torch.manual_seed(1)
    model, loss_fn = nn.Linear(1, 1), nn.MSELoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    costs = []
    for _ in range(num_epochs):
        optimizer.zero_grad()  # in the outer loop: too seldom
        for x_batch, y_batch in DataLoader(data, batch_size=10, shuffle=True):
            loss = loss_fn(model(x_batch), y_batch)
            if every_step:
                optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            with torch.no_grad():
                costs.append(loss_fn(model(X), y).item())
    return costs


wrong, right = train(every_step=False), train(every_step=True)
print("epoch  cleared every epoch  cleared every step")
for epoch in (1, 2, 5, 10, 20):
    print(f"{epoch:<5}  {wrong[10 * epoch - 1]:<19.4f}  {right[10 * epoch - 1]:.4f}")
# --8<-- [end:mistake]

fig, ax = plt.subplots(num="seldom", figsize=(6.4, 3.6))
ax.semilogy(wrong, color="C3")
ax.semilogy(right, "--", color="C6")
ax.annotate("cleared once an epoch", (70, 1.5 * max(wrong[70:])), color="C3")
ax.annotate("cleared at every step", (100, 0.0066), color="C6")
ax.set(xlabel="number of steps", ylabel="$L$, cost", ylim=(0.0055, 1.2))
plt.show()
