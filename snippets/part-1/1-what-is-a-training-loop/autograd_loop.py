"""The same loop with autograd: no derivative is written by hand."""

import matplotlib.pyplot as plt
import torch

lr, num_steps = 0.1, 20

# --8<-- [start:loop]
x = torch.tensor(5.0, requires_grad=True)
path = [x.item()]
for step in range(1, num_steps + 1):
    r = x - 3  # 1. forward
    loss = r**2 + 2  # 2. loss
    loss.backward()  # 3. gradient
    with torch.no_grad():  # 4. update
        x -= lr * x.grad
    x.grad = None  # forget, before the next one is added
    path.append(x.item())
# --8<-- [end:loop]

# --8<-- [start:compare]
by_hand = [3 + 0.8**t * 2 for t in range(num_steps + 1)]
apart = max(abs(a - b) for a, b in zip(path, by_hand))
print(f"after {num_steps} steps: x = {path[-1]:.4f}, by hand {by_hand[-1]:.4f}")
print(f"never apart by more than a millionth: {apart < 1e-6}")
# --8<-- [end:compare]


# --8<-- [start:forgetful]
def descend(forget):
    x = torch.tensor(5.0, requires_grad=True)
    path = [x.item()]
    for _ in range(num_steps):
        loss = (x - 3) ** 2 + 2
        loss.backward()
        with torch.no_grad():
            x -= lr * x.grad
        if forget:
            x.grad = None
        path.append(x.item())
    return path


heavy = descend(forget=False)
print("never forgotten:", *(f"{v:.2f}" for v in heavy[:8]))
# --8<-- [end:forgetful]

fig, ax = plt.subplots(num="paths", figsize=(5.4, 3.3))
ax.axhline(3, color="C6", linewidth=1)
ax.plot(by_hand, "x", color="C1", markersize=9)
ax.plot(path, "-", color="C2")
ax.plot(heavy, ":", color="C2", linewidth=2)
ax.annotate("by hand (×)\nand autograd", (4.3, 4.05), color="C2")
ax.annotate("gradients never cleared", (8.4, 1.0), color="C2")
ax.set(ylim=(0.6, 5.3), xlabel="step", ylabel="$x$", xticks=range(0, 21, 5))
plt.show()
