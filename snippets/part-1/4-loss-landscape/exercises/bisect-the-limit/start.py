"""Find the largest learning rate by trying.

1. Complete diverges: run the loop from a start of your own and say whether the loss
   ends above where it began. Rates far too large must count as divergent too.
2. Complete largest_rate: bisect between a rate that works and one that does not,
   until the answer is right to one per cent, for any data.
The model is y_hat = X w, without a bias. Use no formula for the limit.
"""

import torch

torch.manual_seed(1)
X = torch.rand(30, 2, dtype=torch.float64)  # two features, no bias
y = X @ torch.tensor([-1.0, 2.0], dtype=torch.float64)
y = y + 0.3 * torch.randn(30, dtype=torch.float64)


def diverges(lr, X, y):
    """Return True if gradient descent on the mean squared error diverges."""
    raise NotImplementedError("run the loop in diverges")


def largest_rate(X, y):
    """Return the largest rate that converges, to one per cent."""
    raise NotImplementedError("bisect in largest_rate")


print(f"largest rate, by trying: {largest_rate(X, y):.4f}")
