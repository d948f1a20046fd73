"""Runs what four derivations say: a decay, a scale, a better difference, a saddle."""

import math

import torch

torch.manual_seed(11)

# A penalty on the weight: mean (wx - y)^2 + penalty * w^2, and its largest rate
x = torch.randn(50, dtype=torch.float64)
y = 2 * x + 0.3 * torch.randn(50, dtype=torch.float64)
penalty, mean_square = 3.0, x.square().mean()
limit = 1 / (mean_square + penalty)
for name, lr in (("just below", 0.999 * limit), ("just above", 1.001 * limit)):
    w = torch.tensor(5.0, dtype=torch.float64)
    for _ in range(20_000):
        w = w - lr * (2 * (x * (w * x - y)).mean() + 2 * penalty * w)
    print(f"penalty, rate {name} the limit: w = {w:.2e}")
print(f"limit of the rate with penalty {limit:.4f}, without {1 / mean_square:.4f}")

# A perceptron on data eight times as large
X = torch.randn(200, 3)
X = X[(X[:, 0] - 0.5 * X[:, 1]).abs() > 0.1]
labels = (X[:, 0] - 0.5 * X[:, 1]).sign()


def mistakes(X):
    w, total, wrong = torch.zeros(3), 0, 1
    while wrong:
        wrong = 0
        for features, label in zip(X, labels):
            if label * (w @ features) <= 0:
                w, wrong = w + label * features, wrong + 1
        total += wrong
    return total


for scale in (1, 8):  # a power of two: not even rounding changes
    print(f"perceptron, features times {scale}: mistakes {mistakes(scale * X)}")


# Two central differences, combined so that the errors of order two cancel
def central(h, x=0.7):
    return (math.exp(x + h) - math.exp(x - h)) / (2 * h)


def combined(h):
    return (4 * central(h / 2) - central(h)) / 3


errors = [abs(combined(h) - math.exp(0.7)) for h in (0.4, 0.2)]
print(f"combined: half the step, error {errors[0] / errors[1]:.1f} times smaller")
print(f"combined: order {math.log2(errors[0] / errors[1]):.2f}")

# Leaving the saddle of w^2 - v^2
w, v, updates = 1.0, 1e-6, 0
while abs(v) < 1:
    w, v, updates = w - 0.1 * 2 * w, v + 0.1 * 2 * v, updates + 1
print(f"saddle: updates until v is 1: {updates}, w is then {w:.1e}")
