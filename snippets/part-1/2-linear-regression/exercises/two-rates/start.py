"""Predict what the main run does at other learning rates, then train.

1. Predict, before you run anything: replace each ... in predicted by one of the words
       "lands"     the parameter is at its best value after a single step
       "settles"   it comes to rest there within 50 epochs
       "creeps"    it moves the right way but is far from its best value after 50 epochs
       "jumps"     it goes to and fro between two values for ever
       "explodes"  it moves away, further with every step
2. At which rate would w jump for ever, and what would b do meanwhile? Replace the two
   ... below predicted by a number, to two decimals, and by one of the words.
3. Complete factors: one step multiplies the distance of w from its best value by the
   first factor, and that of b by the second. (The mean of x is 0 here.)
4. Complete train with the gradients of the chapter, and compare with your predictions.
"""

import torch

# float64: where b explodes, the rounding of float32 would soon move w too.
torch.manual_seed(42)
X = torch.linspace(-1, 1, 100, dtype=torch.float64).unsqueeze(1)  # (100, 1)
y = 2 * X - 1 + 0.1 * torch.randn(100, 1)  # (100, 1)
w_start, b_start = torch.randn(1).double(), torch.randn(1).double()

predicted = {  # rate: (what w does, what b does)
    1.0: (..., ...),
    0.01: (..., ...),
    0.5: (..., ...),
    1.2: (..., ...),
}
rate_where_w_jumps = ...
b_at_that_rate = ...


def factors(lr, X):
    """Return the factor for w and the factor for b."""
    raise NotImplementedError("work out the two factors of one step in factors")


def train(X, y, w, b, lr, num_epochs):
    """Return two lists of floats: w after each epoch, and b after each epoch."""
    raise NotImplementedError("write the loop in train")


for lr in predicted:
    factor_w, factor_b = factors(lr, X)
    print(f"rate {lr}: factor for w {factor_w:.4f}", end=", ")
    print(f"factor for b {factor_b:.4f}")
    ws, bs = train(X, y, w_start, b_start, lr, num_epochs=50)
    print(f"rate {lr}, epoch 1: w = {ws[0]:.4f}, b = {bs[0]:.4f}")
    print(f"rate {lr}, epoch 49: w = {ws[-2]:.4f}, b = {bs[-2]:.4f}")
    print(f"rate {lr}, epoch 50: w = {ws[-1]:.4f}, b = {bs[-1]:.4f}")
