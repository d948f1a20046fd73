"""Predict what the main run does at the learning rates 1.0 and 0.01, then train.

1. Predict, before you run anything: replace each ... below by one of the words
       "settles"   the parameter comes to rest at its best value
       "jumps"     it goes to and fro between two values for ever
       "creeps"    it moves the right way but is far from its best value after 50 epochs
       "explodes"  it moves away, further with every step
2. Complete factors: one step multiplies the distance of w from its best value by the
   first factor, and that of b by the second. (The mean of x is 0 here.)
3. Complete train with the gradients of the chapter, and compare with your predictions.
"""

import torch

torch.manual_seed(42)
X = torch.linspace(-1, 1, 100).unsqueeze(1)  # (100, 1)
y = 2 * X - 1 + 0.1 * torch.randn(100, 1)  # (100, 1)
w_start, b_start = torch.randn(1), torch.randn(1)

w_at_1 = ...
b_at_1 = ...
w_at_001 = ...
b_at_001 = ...


def factors(lr, X):
    """Return the factor for w and the factor for b."""
    raise NotImplementedError("work out the two factors of one step in factors")


def train(X, y, w, b, lr, num_epochs):
    """Return two lists of floats: w after each epoch, and b after each epoch."""
    raise NotImplementedError("write the loop in train")


for lr in (1.0, 0.01):
    factor_w, factor_b = factors(lr, X)
    print(f"rate {lr}: factor for w {factor_w:.4f}, factor for b {factor_b:.4f}")
    ws, bs = train(X, y, w_start, b_start, lr, num_epochs=50)
    print(f"rate {lr}, epoch 49: w = {ws[-2]:.4f}, b = {bs[-2]:.4f}")
    print(f"rate {lr}, epoch 50: w = {ws[-1]:.4f}, b = {bs[-1]:.4f}")
