"""Feeds whole numbers to nn.Linear, whose weight is a float."""

# run: expects RuntimeError
import torch
from torch import nn

torch.manual_seed(1)
model = nn.Linear(1, 1)

# --8<-- [start:cure]
X = torch.tensor([[1.0], [2.0], [3.0]])  # with a point; or X.float() later
print("with a point:", X.dtype, "and the weight", model.weight.dtype)
print(f"first prediction: {model(X)[0].item():.4f}")
# --8<-- [end:cure]

# --8<-- [start:mistake]
X = torch.tensor([[1], [2], [3]])
print("without:", X.dtype)
model(X)
# --8<-- [end:mistake]
