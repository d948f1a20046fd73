"""Prints where the chapter's interactive figure starts, and the best steps derived."""

import json

import torch

x = 1.3
steps = {}
for dtype in (torch.float32, torch.float64):
    eps = torch.finfo(dtype).eps
    forward = (2 * eps * x**3 / (6 * x)) ** (1 / 2)
    central = (3 * eps * x**3 / (2 * 6)) ** (1 / 3)
    name = str(dtype).removeprefix("torch.")
    digits = [float(f"{step:.7g}") for step in (forward, central)]
    steps[name] = dict(zip(("forward", "central"), digits))
print("secant:", json.dumps({"x": x, "best": steps}))
