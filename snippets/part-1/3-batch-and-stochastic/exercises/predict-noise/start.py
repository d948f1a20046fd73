"""Predict the noise of batches, then let the formula answer.

1. Before you run anything, replace each ... in predicted by a number:
       "25"        noise (variance) of B = 25 with replacement, divided by that of B = 1
       "half"      the batch size whose noise is half as wide as that of B = 8
       "50 of 100" noise of 50 out of 100 samples without replacement, divided by that
                   of 50 drawn with replacement (two decimals)
       "100 of 100" noise of all 100 samples without replacement
2. Complete noise(g, B, replacement): the variance of the mean of B entries of g.
"""

import torch

predicted = {
    "25": ...,
    "half": ...,
    "50 of 100": ...,
    "100 of 100": ...,
}


def noise(g, B, replacement):
    """Return the variance of a batch's mean; g (N,) has a gradient for each sample."""
    raise NotImplementedError("work out the variance in noise")


torch.manual_seed(42)
g = torch.randn(100)
for B in (1, 8, 25, 32, 50, 100):
    print(f"B {B}: with {noise(g, B, True):.4f}", end=", ")
    print(f"without {noise(g, B, False):.4f}")
