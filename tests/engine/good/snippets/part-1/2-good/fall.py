"""Falls down a parabola, by `hand`."""

import matplotlib.pyplot as plt
from steps import slope

# --8<-- [start:loop]
w = -0.5
lr = 0.1
losses = []
for epoch in range(1, 11):
    # 1. forward
    loss = (w - 2) ** 2
    losses.append(loss)
    # 2. gradient
    gradient = slope(w)
    # 3. update
    w -= lr * gradient
    if epoch in (1, 10):
        print(f"epoch {epoch:2}: loss {loss:.4f}, w = {w:.4f}")
# --8<-- [end:loop]
print(f"lr: {lr}")
print("done in 3e-04")

plt.figure("loss")
plt.plot(losses, label="η = 0.1")
plt.legend()
plt.show()
