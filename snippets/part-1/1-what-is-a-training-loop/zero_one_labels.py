"""Trains a perceptron with the labels 0 and 1 in a rule made for -1 and +1."""

import torch

X1 = torch.tensor([[0.0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]])
y = torch.tensor([0.0, 0.0, 0.0, 1.0])  # AND, as one would write it down


# --8<-- [start:train]
def train(y, num_epochs=50):
    theta, counts = torch.zeros(3), []
    for _ in range(num_epochs):
        mistakes = 0
        for x_i, y_i in zip(X1, y):
            if y_i * (theta @ x_i) <= 0:
                theta = theta + y_i * x_i  # with y = 0 nothing is added
                mistakes += 1
        counts.append(mistakes)
    return theta, counts


theta, counts = train(y)
print("labels 0 and 1: mistakes in the last epoch", counts[-1])
print("labels 0 and 1: z =", (X1 @ theta).tolist())
# --8<-- [end:train]

# --8<-- [start:cure]
theta, counts = train(2 * y - 1)  # 0 becomes -1, and 1 stays 1
print("labels -1 and +1: mistakes in the last epoch", counts[-1])
print("labels -1 and +1: z =", (X1 @ theta).tolist())
# --8<-- [end:cure]
