"""The scheduler stepped before the optimizer: a warning, and a rate never used."""

import warnings

import torch


# --8<-- [start:mistake]
def rates(scheduler_first):
    w = torch.tensor([1.0], requires_grad=True)
    optimizer = torch.optim.SGD([w], lr=0.8)
    scheduler = torch.optim.lr_scheduler.ExponentialLR(optimizer, gamma=0.5)
    used = []
    for _ in range(3):
        optimizer.zero_grad()
        (w**2).sum().backward()
        if scheduler_first:
            scheduler.step()
        used.append(scheduler.get_last_lr()[0])
        optimizer.step()
        if not scheduler_first:
            scheduler.step()
    return used


with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    print("scheduler first:", rates(True))
for warning in caught:
    message = str(warning.message).split(" In PyTorch")[0]
    print(f"{warning.category.__name__}: {message}")
# --8<-- [end:mistake]
print("optimizer first:", rates(False))
