"""Forward mode: derivatives by dual numbers of our own, and by torch.func.jvp."""

import math
import warnings

import torch
from dual import Dual, exp, sin

# What the first jvp loads of torch is older than torch's own advice.
warnings.filterwarnings("ignore", ".*torch.jit.script.*", DeprecationWarning)

# --8<-- [start:first]
x = Dual(1.3, 1.0)  # the derivative of x with respect to x is 1
cube = x * x * x
print(f"x^3: value {cube.value:.4f}, slope {cube.slope:.4f}")
result = exp(x) * sin(x)
by_hand = math.exp(1.3) * (math.sin(1.3) + math.cos(1.3))
print(f"e^x sin x: slope {result.slope:.10f}, by hand {by_hand:.10f}")
# --8<-- [end:first]

# --8<-- [start:program]
def program(x):  # no formula in sight: a loop and a decision
    total = x
    for _ in range(5):
        total = total * x if total < 3 else 1 - total * 0.5
    return total


slope = program(Dual(1.3, 1.0)).slope
h = 1e-5
difference = (program(1.3 + h) - program(1.3 - h)) / (2 * h)
print(f"a program: slope {slope:.8f}, central difference {difference:.8f}")
# --8<-- [end:program]

# --8<-- [start:line]
samples = [(1.0, 1.0), (2.0, 5.0), (3.0, 6.0)]  # three dots


def cost(w, b):
    residuals = [w * x + b - y for x, y in samples]
    return sum((r * r for r in residuals), Dual(0.0)) * (1 / 3)


print(f"for w: {cost(Dual(1.0, 1.0), Dual(1.0)).slope:.4f}")
print(f"for b: {cost(Dual(1.0), Dual(1.0, 1.0)).slope:.4f}")
# --8<-- [end:line]

# --8<-- [start:jvp]
X, y = torch.tensor(samples, dtype=torch.float64).T
theta = torch.tensor([1.0, 1.0], dtype=torch.float64)


def torch_cost(theta):
    return ((theta[0] * X + theta[1] - y) ** 2).mean()


for name, v in (("w", [1.0, 0.0]), ("b", [0.0, 1.0]), ("both", [1.0, 1.0])):
    direction = torch.tensor(v, dtype=torch.float64)
    value, slope = torch.func.jvp(torch_cost, (theta,), (direction,))
    print(f"jvp along {name}: value {value:.4f}, slope {slope:.4f}")
# --8<-- [end:jvp]
