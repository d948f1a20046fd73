"""A first look at tensors: how they are made, what they know, how they are reshaped."""

import torch

# --8<-- [start:create]
scores = torch.tensor([7.0, 9.0, 4.0])
zeros = torch.zeros(2, 3)
steps = torch.arange(6)
grid = torch.linspace(-1, 1, 5)
torch.manual_seed(42)
noise = torch.randn(2, 3)
for name, tensor in {
    "scores": scores, "zeros": zeros, "steps": steps, "grid": grid, "noise": noise
}.items():
    print(f"{name}: shape {tuple(tensor.shape)}, {tensor.dtype}")
# --8<-- [end:create]

# --8<-- [start:item]
mean = scores.mean()
print("a tensor:", mean, "with shape", tuple(mean.shape))
print("a Python number:", mean.item())
print("per entry:", (scores * 2 + 1).tolist())
print("an entry:", scores[0].item(), "and the last two:", scores[1:].tolist())
# --8<-- [end:item]

# --8<-- [start:view]
table = steps.view(2, 3)  # the same six numbers, read row by row
print("as 2 rows:", table.tolist())
print("as 3 rows:", steps.view(3, -1).tolist())  # -1: work it out
table[0, 0] = 100
print("steps now begins with", steps[0].item())
# --8<-- [end:view]

# --8<-- [start:matmul]
X = torch.tensor([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])  # (3, 2): 3 samples
w = torch.tensor([10.0, 1.0])  # (2,)
W = torch.tensor([[10.0, 1.0], [0.0, 1.0]])  # (2, 2)
print("X @ w:", (X @ w).tolist(), "with shape", tuple((X @ w).shape))
print("X @ W.T:", (X @ W.T).tolist(), "with shape", tuple((X @ W.T).shape))
# --8<-- [end:matmul]
