"""Choose among models, and report a number that can be trusted.

report(val, test): each has a row for each model and a column for each sample, with the
squared error of that model on that sample. Return the number of the chosen model, the
loss to report for it, and half the width of that loss's 95 % interval.
Take 1.96: with so many samples, t is no longer.
Before you run: 50 models guess blindly, so the true loss of each is 2. What will the
validation loss of the chosen one be, and what its test loss?
"""

import torch


def report(val, test):
    """Return chosen, loss, half; val (models, samples), test (models, others)."""
    raise NotImplementedError("choose a model in report")


torch.manual_seed(42)
val = (torch.randn(50, 40) - torch.randn(40)) ** 2  # both random
test = (torch.randn(50, 400) - torch.randn(400)) ** 2
chosen, loss, half = report(val, test)
print(f"chosen: model {chosen}, validation loss {val[chosen].mean():.2f}")
print(f"to report: {loss:.2f} +- {half:.2f}")
