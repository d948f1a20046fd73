"""Trains a perceptron on AND without its bias: nothing is ever learned."""

import torch

X = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
y = torch.tensor([-1.0, -1.0, -1.0, 1.0])


# --8<-- [start:train]
def train(X, y, num_epochs):
    w, counts = torch.zeros(X.shape[1]), []
    for _ in range(num_epochs):
        mistakes = 0
        for x_i, y_i in zip(X, y):
            if y_i * (w @ x_i) <= 0:
                w = w + y_i * x_i
                mistakes += 1
        counts.append(mistakes)
    return w, counts


w, counts = train(X, y, num_epochs=100)
print("without bias: mistakes in epochs 98 to 100", *counts[-3:])
for x_i in X:
    print(f"x = {x_i.tolist()}: z = {(w @ x_i).item():.0f}")
# --8<-- [end:train]

# --8<-- [start:cure]
X1 = torch.cat([X, torch.ones(4, 1)], dim=1)  # a third feature that is always 1
w, counts = train(X1, y, num_epochs=100)
print("with a column of ones: mistakes in epoch 100", counts[-1])
# --8<-- [end:cure]
