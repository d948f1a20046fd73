"""Write a perceptron: the correction, the loop, and when to stop.

1. Complete correct: w and b after one sample. A sample that is answered rightly
   (y * z above zero) changes nothing.
2. Complete train: start from zeros, go through the samples in order, epoch after epoch,
   until an epoch has no mistake or max_epochs are over.
"""

import torch

# Three voters; the label is +1 if at least two of them say 1.
X = torch.cartesian_prod(*[torch.tensor([0.0, 1.0])] * 3)  # (8, 3)
y = torch.where(X.sum(dim=1) >= 2, 1.0, -1.0)  # (8,)


def correct(w, b, x, y):
    """Return w and b after the sample x, y has been looked at."""
    raise NotImplementedError("write the correction in correct")


def train(X, y, max_epochs):
    """Return w, b and a list with the number of mistakes in each epoch."""
    raise NotImplementedError("write the loop in train")


w, b, mistakes = train(X, y, max_epochs=100)
print("mistakes in each epoch:", *mistakes)
print(f"w = {w.tolist()}, b = {float(b):.0f}")
