"""Trains the main run of chapter 1.2 with our own engine, and beside it with torch."""

import matplotlib.pyplot as plt
import torch
from engine import Scalar, backward, users_of

# --8<-- [start:engine]
torch.manual_seed(42)
N = 100
X = torch.linspace(-1, 1, N).unsqueeze(1)
Y = 2 * X - 1 + 0.1 * torch.randn(N, 1)
w_start, b_start = torch.randn(1), torch.randn(1)
lr, num_epochs = 0.1, 50

w, b = Scalar(w_start.item()), Scalar(b_start.item())
samples = list(zip(X.flatten().tolist(), Y.flatten().tolist()))
ours = []
for epoch in range(1, num_epochs + 1):
    squares = [(w * x + b - y) ** 2 for x, y in samples]  # 1. forward
    loss = sum(squares) / N  # 2. loss
    w.grad = b.grad = None  # 3. gradient: forget,
    backward(loss)  # find
    ours.append((loss.value, w.value, b.value))
    w.value -= lr * w.grad  # 4. update
    b.value -= lr * b.grad
    if epoch in (1, 2, 10, 50):
        print(f"epoch {epoch:2d}: loss {loss.value:.4f}", end=", ")
        print(f"w = {w.value:.4f}, b = {b.value:.4f}")
# --8<-- [end:engine]

# --8<-- [start:links]
nodes = users_of(loss)
operations = sum(1 for node in nodes if node.links)
links = sum(len(node.links) for node in nodes)
print(f"forward: {operations:,} operations, back: {links:,} links")
# --8<-- [end:links]


# --8<-- [start:torch]
def torch_run(dtype):
    X_, Y_ = X.to(dtype), Y.to(dtype)
    w = torch.tensor(w_start.item(), dtype=dtype, requires_grad=True)
    b = torch.tensor(b_start.item(), dtype=dtype, requires_grad=True)
    optimizer = torch.optim.SGD([w, b], lr=lr)
    run = []
    for _ in range(num_epochs):
        loss = ((w * X_ + b - Y_) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        run.append((loss.item(), w.item(), b.item()))
        optimizer.step()
    return torch.tensor(run, dtype=torch.float64)


mine = torch.tensor(ours, dtype=torch.float64)
for dtype, limit in ((torch.float32, 1e-6), (torch.float64, 1e-13)):
    apart = (mine - torch_run(dtype)).abs().max().item()
    print(f"torch in {str(dtype)[6:]}: within {limit:.0e}: {apart < limit}")
# --8<-- [end:torch]

fig, (above, below) = plt.subplots(
    2, 1, num="same-losses", figsize=(5.4, 4.8), sharex=True, height_ratios=(3, 2)
)
epochs = range(1, num_epochs + 1)
above.semilogy(epochs, mine[:, 0], color="C1", linewidth=4, alpha=0.4)
above.semilogy(epochs, torch_run(torch.float64)[:, 0], "--", color="C2")
above.annotate("our engine (wide) and torch (dashes)", (11, 0.7))
above.set_ylabel("$L$, loss")
for dtype, style in ((torch.float32, "o"), (torch.float64, ".")):
    apart = (mine[:, 0] - torch_run(dtype)[:, 0]).abs()  # zero is not drawn
    below.semilogy(epochs, apart, style, color="C2", markersize=4)
below.annotate("torch in float32", (18, 3e-11), color="C2")
below.annotate("torch in float64", (18, 4e-15), color="C2")
below.set(xlabel="epoch", ylabel="difference", ylim=(1e-18, 1e-5))
plt.show()
