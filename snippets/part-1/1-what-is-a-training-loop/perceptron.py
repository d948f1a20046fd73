"""Trains a perceptron on AND, OR and XOR, and counts its mistakes."""

import matplotlib.pyplot as plt
import torch

# --8<-- [start:data]
X = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])  # (4, 2)
labels = {
    "AND": torch.tensor([-1.0, -1.0, -1.0, 1.0]),
    "OR": torch.tensor([-1.0, 1.0, 1.0, 1.0]),
    "XOR": torch.tensor([-1.0, 1.0, 1.0, -1.0]),
}
# --8<-- [end:data]


# --8<-- [start:train]
def train(X, y, num_epochs):
    w, b = torch.zeros(2), torch.zeros(())
    history = []  # mistakes, w and b of each epoch
    for epoch in range(1, num_epochs + 1):
        mistakes = 0
        for x_i, y_i in zip(X, y):
            z = w @ x_i + b  # 1. forward
            if y_i * z <= 0:  # 2. loss: wrong, or undecided
                w = w + y_i * x_i  # 3. which way, 4. update
                b = b + y_i
                mistakes += 1
        history.append((mistakes, w, b))
        if mistakes == 0:
            break
    return history
# --8<-- [end:train]


# --8<-- [start:run]
histories = {}
for gate, y in labels.items():
    histories[gate] = history = train(X, y, num_epochs=12)
    counts = [mistakes for mistakes, _, _ in history]
    _, w, b = history[-1]
    print(f"{gate}: mistakes in each epoch", *counts)
    print(f"{gate}: epochs {len(counts)}, mistakes in all {sum(counts)}", end=", ")
    print(f"w = ({w[0]:.0f}, {w[1]:.0f}), b = {b:.0f}")
# --8<-- [end:run]

fig, axes = plt.subplots(1, 3, num="gates", figsize=(7.2, 2.9), sharey=True)
across = torch.tensor([-0.6, 1.6])
for ax, (gate, y) in zip(axes, labels.items()):
    _, w, b = histories[gate][-1]
    if gate == "XOR":  # two lines that get three samples right each
        low, high = 0.5 - across, 1.5 - across
        ax.plot(across, low, "--", across, high, "--", color="C6")
    else:
        low, high = -(w[0] * across + b) / w[1], torch.full((2,), 1.6)
        ax.plot(across, low, color="C1")
    ax.fill_between(across, low, high, color="C0", alpha=0.12)  # yes
    ax.plot(*X[y > 0].T, "o", color="C0", markersize=10)
    ax.plot(*X[y < 0].T, "o", color="C0", markersize=10, fillstyle="none")
    ax.set(title=gate, aspect="equal", xlim=(-0.6, 1.6), ylim=(-0.6, 1.6))
    ax.set(xticks=(0, 1), yticks=(0, 1), xlabel="$x_1$")
axes[0].set_ylabel("$x_2$")

fig, ax = plt.subplots(num="mistakes", figsize=(5.4, 3.2))
for (gate, history), style in zip(histories.items(), ("o-", "s--", "^:")):
    counts = [mistakes for mistakes, _, _ in history]
    ax.plot(range(1, len(counts) + 1), counts, style, color="C1", markersize=6)
    ax.annotate(gate, (len(counts) + 0.25, counts[-1]), color="C1", va="center")
ax.set(xlim=(0.6, 13.4), ylim=(-0.3, 4.6), yticks=range(5), xticks=range(1, 13))
ax.set(xlabel="epoch", ylabel="mistakes in the epoch")
plt.show()
