"""Collects the messages of datasets and loaders that do not fit."""

import torch
from torch.utils.data import DataLoader, RandomSampler, TensorDataset

X, y = torch.randn(10, 1), torch.randn(10, 1)
data = TensorDataset(X, y)


# --8<-- [start:slips]
def lengths_differ():
    TensorDataset(X, y[:9])


def no_samples_in_a_batch():
    DataLoader(data, batch_size=0)


def shuffled_twice():
    DataLoader(data, shuffle=True, sampler=RandomSampler(data))


def only_the_features():
    for x_batch, y_batch in DataLoader(X, batch_size=5):
        pass


for slip in (lengths_differ, no_samples_in_a_batch, shuffled_twice, only_the_features):
    try:
        slip()
    except (AssertionError, ValueError) as error:
        print(f"{slip.__name__}: {type(error).__name__}: {error}")
# --8<-- [end:slips]

# --8<-- [start:silent]
x_batch, y_batch = next(iter(DataLoader(X, batch_size=2)))  # no error
rows = torch.equal(x_batch, X[0]) and torch.equal(y_batch, X[1])
print("batch_size=2: x_batch and y_batch are the first two rows of X:", rows)
# --8<-- [end:silent]
