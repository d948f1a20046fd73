"""Changes a tensor in place after sigmoid, which backward() needs as it was."""

# run: expects RuntimeError
import torch

# --8<-- [start:cure]
w = torch.tensor([0.5, -1.0, 2.0], requires_grad=True)
s = torch.sigmoid(w)
s = s * 2  # a new tensor
s.sum().backward()
print(f"new tensor: {[round(g, 4) for g in w.grad.tolist()]}")

w.grad = None
moved = w + 1
moved *= 2  # in place, and allowed: a sum saves nothing
moved.sum().backward()
print(f"in place after a sum: {w.grad.tolist()}")
# --8<-- [end:cure]

# --8<-- [start:version]
s = torch.sigmoid(w)
print(f"saved: {s.grad_fn._saved_result is not None}, version {s._version}")
s *= 2
print(f"after the change: version {s._version}")
# --8<-- [end:version]

# --8<-- [start:mistake]
w = torch.tensor([0.5, -1.0, 2.0], requires_grad=True)
s = torch.sigmoid(w)
s *= 2  # overwrites what sigmoid saved
s.sum().backward()
# --8<-- [end:mistake]
