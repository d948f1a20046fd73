"""Chooses by validation, and reports what the test set says."""

import torch


def report(val, test):
    chosen = val.mean(dim=1).argmin().item()
    losses = test[chosen]
    half = 1.96 * losses.std().item() / len(losses) ** 0.5
    return chosen, losses.mean().item(), half


torch.manual_seed(42)
val = (torch.randn(50, 40) - torch.randn(40)) ** 2  # both random
test = (torch.randn(50, 400) - torch.randn(400)) ** 2
chosen, loss, half = report(val, test)
print(f"chosen: model {chosen}, validation loss {val[chosen].mean():.2f}")
print(f"to report: {loss:.2f} +- {half:.2f}")
