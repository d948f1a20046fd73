"""Changes a tensor in place after sigmoid, which backward() needs as it was."""

# run: expects RuntimeError
import torch

# --8<-- [start:cure]
w = torch.tensor([0.5, -1.0, 2.0], requires_grad=True)
h = torch.sigmoid(w)
h = h * 2  # a new tensor
h.sum().backward()
print(f"new tensor: {[round(g, 4) for g in w.grad.tolist()]}")

w.grad = None
h = w + 1
h *= 2  # in place, and allowed: a sum saves nothing
h.sum().backward()
print(f"in place after a sum: {w.grad.tolist()}")
# --8<-- [end:cure]

# --8<-- [start:version]
h = torch.sigmoid(w)
print(f"saved: {h.grad_fn._saved_result is not None}, version {h._version}")
h *= 2
print(f"after the change: version {h._version}")
# --8<-- [end:version]

# --8<-- [start:mistake]
h = torch.sigmoid(w)
h *= 2  # overwrites what sigmoid saved
h.sum().backward()
# --8<-- [end:mistake]
