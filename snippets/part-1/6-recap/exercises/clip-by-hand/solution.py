"""Clips gradients by their joint norm."""

import torch


def clip(grads, c):
    norm = torch.cat([g.flatten() for g in grads]).norm().item()
    factor = min(1, c / norm) if norm > 0 else 1
    return [factor * g for g in grads], norm


grads = [torch.tensor([[3.0, 0.0]]), torch.tensor([4.0])]
for c in (1.0, 10.0):
    clipped, norm = clip(grads, c)
    after = torch.cat([g.flatten() for g in clipped])
    print(f"c {c:.0f}: norm before {norm:.1f}", end=", ")
    print(f"after {after.norm():.1f}", end=", ")
    print("gradients", [round(v, 2) for v in after.tolist()])
