"""Prints what the chapter's interactive figures start from."""

import json

import torch


def listed(values):
    return [float(f"{value:.7g}") for value in values.tolist()]


x = torch.linspace(-3, 3, 25)
y = torch.sin(2 * x + 0.5)
sine = {"x": listed(x), "y": listed(y), "rate": 0.1}
sine["starts"] = {"A": [0.9, -0.4], "B": [0.9, -1.7], "C": [2.9, -2.1]}
print("sine neuron:", json.dumps(sine))

torch.manual_seed(42)
bowl_x = torch.linspace(0, 2, 40)
bowl_y = 1.5 * bowl_x - 1 + 0.3 * torch.randn(40)
half = torch.linspace(0.5, 3, 11)
net_x = torch.cat([-half.flip(0), half])
net_y = 1.5 * torch.tanh(1.2 * net_x)
surfaces = {
    "bowl": {"x": listed(bowl_x), "y": listed(bowl_y)},
    "sine": {"x": listed(x), "y": listed(y)},
    "net": {"x": listed(net_x), "y": listed(net_y)},
}
print("surfaces:", json.dumps(surfaces))
