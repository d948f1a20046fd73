"""Trains a small network on a noisy sine, and evaluates its loss at many places."""

import torch
from torch import nn
from torch.func import functional_call, vmap

# --8<-- [start:net]
torch.manual_seed(0)
X = torch.linspace(-2, 2, 80).unsqueeze(1)
y = torch.sin(2 * X) + 0.1 * torch.randn(80, 1)
loss_fn = nn.MSELoss()


def make(seed):
    torch.manual_seed(seed)
    layers = nn.Linear(1, 16), nn.ReLU(), nn.Linear(16, 16), nn.ReLU(), nn.Linear(16, 1)
    return nn.Sequential(*layers)


def train(seed, lr=0.1, num_epochs=800):
    model = make(seed)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    for _ in range(num_epochs):
        loss = loss_fn(model(X), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return {name: p.detach().clone() for name, p in model.named_parameters()}


# --8<-- [end:net]


# --8<-- [start:evaluate]
def losses(places):
    """The loss at many places: every tensor has one more dimension, in front."""
    model = make(0)
    return vmap(lambda place: loss_fn(functional_call(model, place, (X,)), y))(places)


# --8<-- [end:evaluate]


# --8<-- [start:between]
def between(start, end, t):
    """The places (1 - t) start + t end, one for each number in t."""
    places = {}
    for name in start:
        part = t.view(-1, *[1] * start[name].dim())  # shape (len(t), 1, ...)
        places[name] = (1 - part) * start[name] + part * end[name]
    return places


# --8<-- [end:between]


# --8<-- [start:normalise]
def direction(theta, generator):
    """A random direction; each neuron's row as long as the neuron's own weights."""
    along = {}
    for name, w in theta.items():
        d = torch.randn(w.shape, generator=generator)
        if w.dim() == 2:
            along[name] = d / d.norm(dim=1, keepdim=True) * w.norm(dim=1, keepdim=True)
        else:
            along[name] = torch.zeros_like(w)  # biases stay where they are
    return along


# --8<-- [end:normalise]

if __name__ == "__main__":
    theta = train(1)
    P = sum(p.numel() for p in theta.values())
    one = {name: p.unsqueeze(0) for name, p in theta.items()}
    print(f"{P} parameters, loss after training {losses(one).item():.4f}")
