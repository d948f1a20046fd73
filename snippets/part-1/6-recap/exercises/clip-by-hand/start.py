"""Write clip(grads, c), as clip_grad_norm_ does it.

grads is a list of tensors, the gradients of all parameters. Return a new list, with
all of them together no longer than c and in the same direction, and the length that
they had before: `return clipped, norm`. Do not change the given tensors.
"""

import torch


def clip(grads, c):
    """Return the clipped gradients, and their joint norm before."""
    raise NotImplementedError("shorten the gradients together in clip")


grads = [torch.tensor([[3.0, 0.0]]), torch.tensor([4.0])]
for c in (1.0, 10.0):
    clipped, norm = clip(grads, c)
    after = torch.cat([g.flatten() for g in clipped])
    print(f"c {c:.0f}: norm before {norm:.1f}", end=", ")
    print(f"after {after.norm():.1f}", end=", ")
    print("gradients", [round(v, 2) for v in after.tolist()])
