"""Asks the Hessian of trained networks: at rest? a minimum? how fast may one go?"""
# run: tolerance 5e-2 1e-2

import torch
from small_net import X, loss_fn, make, train, y
from torch.func import functional_call, grad

model = make(0)


# --8<-- [start:ask]
def loss_of(theta):
    """The loss as a function of one long vector, and the vector of theta."""
    sizes = [p.numel() for p in theta.values()]

    def loss_at(vector):
        parts = zip(theta.items(), vector.split(sizes))
        place = {name: part.view(p.shape) for (name, p), part in parts}
        return loss_fn(functional_call(model, place, (X,)), y)

    return loss_at, torch.cat([p.flatten() for p in theta.values()])


loss_at, theta = loss_of(train(1))
g = grad(loss_at)(theta)
H = torch.autograd.functional.hessian(loss_at, theta)  # (321, 321)
eigenvalues, V = torch.linalg.eigh(H.double())
print(f"length of the gradient {g.norm():.3f}")
print(f"eigenvalues: smallest {eigenvalues[0]:.3f}, largest {eigenvalues[-1]:.2f}")
print(f"2 / largest {2 / eigenvalues[-1]:.4f}", end=", ")
print(f"an update leaves {1 - 0.1 * eigenvalues[-1]:.2f} of the piece there")
print(f"of 321, below 1e-4 in size {(eigenvalues.abs() < 1e-4).sum()}")
cosine = (g.double() @ V[:, -1]).abs() / g.norm()
print(f"cosine of gradient and steepest direction {cosine:.3f}")
print(f"loss here {loss_at(theta):.4f}", end=", ")
print(f"half an update further {loss_at(theta - 0.05 * g):.4f}")
# --8<-- [end:ask]


# --8<-- [start:training]
def largest(loss_at, theta, products=40):
    """The eigenvalue that is largest in size, from products H v alone."""
    v = torch.ones_like(theta)
    for _ in range(products):
        v = v / v.norm()
        v = grad(lambda place, v=v: grad(loss_at)(place) @ v)(theta)  # H v
    return v.norm()


rates = (0.05, 0.1, 0.2)
print("epochs      ", *[f"rate {lr:<5}" for lr in rates])
for num_epochs in (0, 100, 200, 400, 800):
    found = [largest(*loss_of(train(1, lr, num_epochs))) for lr in rates]
    print(f"{num_epochs:<12}", *[f"{value:10.2f}" for value in found])
print("2 / rate    ", *[f"{2 / lr:10.2f}" for lr in rates])
# --8<-- [end:training]

# --8<-- [start:rescaled]
scaled = train(1)
for name, factor in (("0.weight", 8), ("0.bias", 8), ("2.weight", 1 / 8)):
    scaled[name] = factor * scaled[name]  # the predictions stay the same
loss_at, theta = loss_of(scaled)
print(f"rescaled, largest eigenvalue {largest(loss_at, theta):.1f}")
g = grad(loss_at)(theta)
print(f"rescaled, loss {loss_at(theta):.4f}", end=", ")
print(f"after an update at 0.1 {loss_at(theta - 0.1 * g):.3f}")
# --8<-- [end:rescaled]
