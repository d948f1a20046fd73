"""A perceptron that learns the majority of three voters."""

import torch

# Three voters; the label is +1 if at least two of them say 1.
X = torch.cartesian_prod(*[torch.tensor([0.0, 1.0])] * 3)  # (8, 3)
y = torch.where(X.sum(dim=1) >= 2, 1.0, -1.0)  # (8,)


def correct(w, b, x, y):
    if y * (w @ x + b) <= 0:
        w = w + y * x
        b = b + y
    return w, b


def train(X, y, max_epochs):
    w, b = torch.zeros(X.shape[1]), torch.tensor(0.0)
    mistakes = []
    for _ in range(max_epochs):
        wrong = 0
        for x_i, y_i in zip(X, y):
            wrong += int(y_i * (w @ x_i + b) <= 0)
            w, b = correct(w, b, x_i, y_i)
        mistakes.append(wrong)
        if wrong == 0:
            break
    return w, b, mistakes


w, b, mistakes = train(X, y, max_epochs=100)
print("mistakes in each epoch:", *mistakes)
print(f"epochs: {len(mistakes)}, mistakes in all: {sum(mistakes)}")
print(f"w = {w.tolist()}, b = {float(b):.0f}")
