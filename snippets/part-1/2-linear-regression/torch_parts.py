"""Takes PyTorch's parts one at a time and shows what each of them does."""

import torch
from torch import nn

# --8<-- [start:randn]
torch.manual_seed(42)
first = torch.randn(2, 3)
print(f"randn(2, 3): shape {tuple(first.shape)}, dtype {first.dtype}")
torch.manual_seed(42)
print(f"same seed, same numbers: {torch.equal(first, torch.randn(2, 3))}")
many = torch.randn(100_000)
print(f"mean {many.mean():.2f}, standard deviation {many.std():.2f}")
# --8<-- [end:randn]

# --8<-- [start:linear]
torch.manual_seed(1)
model = nn.Linear(1, 1)
for name, value in model.named_parameters():
    print(f"{name} {value.item():.4f}, shape {tuple(value.shape)}")
print(f"model maps 0 to {model(torch.zeros(1, 1)).item():.4f}")

layer = nn.Linear(3, 2)  # 3 features, 2 targets
samples = torch.randn(5, 3)
by_hand = samples @ layer.weight.T + layer.bias
by_layer = layer(samples)
print(f"layer's weight {tuple(layer.weight.shape)}", end=", ")
print(f"output {tuple(by_layer.shape)}")
same = torch.allclose(by_layer, by_hand)
print(f"same as samples @ weight.T + bias: {same}")
# --8<-- [end:linear]

# --8<-- [start:loss]
y_hat = torch.tensor([[1.0], [2.0], [4.0]])
y = torch.tensor([[1.0], [3.0], [1.0]])
total = nn.MSELoss(reduction="sum")(y_hat, y)
each = nn.MSELoss(reduction="none")(y_hat, y)
print(f"MSELoss: {nn.MSELoss()(y_hat, y).item():.4f}")
print(f'reduction="sum": {total.item():.4f}')
print(f'reduction="none": {each.flatten().tolist()}')
# --8<-- [end:loss]

# --8<-- [start:optimizer]
X = torch.tensor([[0.0], [1.0], [2.0]])
y = torch.tensor([[1.0], [3.0], [1.0]])
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
loss = nn.MSELoss()(model(X), y)
print(f"grad before backward: {model.weight.grad}")
loss.backward()
grad = model.weight.grad.item()
expected = model.weight.item() - 0.1 * grad
optimizer.step()
print(f"grad after backward: {grad:.4f}")
print(f"weight after step: {model.weight.item():.4f}", end=", ")
print(f"by hand: {expected:.4f}")
optimizer.zero_grad()
print(f"grad after zero_grad: {model.weight.grad}")
# --8<-- [end:optimizer]

# --8<-- [start:parameters]
for name, parameter in model.named_parameters():
    print(f"parameter {name}: shape {tuple(parameter.shape)}")
print(f"number of parameters: {sum(p.numel() for p in model.parameters())}")
# --8<-- [end:parameters]

# --8<-- [start:call]
model.register_forward_hook(lambda *_: print("the hook ran"))
print("model(X):")
model(X)
print("model.forward(X):")
model.forward(X)
print("no hook this time")
# --8<-- [end:call]
