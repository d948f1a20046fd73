"""Multiply two matrices on whatever device there is."""

import torch

device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
torch.manual_seed(0)
A = torch.rand(64, 64)  # drawn on the CPU: the same numbers on every machine
product = A.to(device) @ A.to(device).T

print(f"computed on: {product.device.type}")
print(f"sum of the product: {product.sum().item():.1f}")
