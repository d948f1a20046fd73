"""Foretells six runs by one factor, and counts the steps they need."""

import math

predicted = {
    0.02: "creeps",
    0.3: "settles",
    0.5: "lands",
    0.98: "creeps",
    1.0: "jumps",
    1.3: "explodes",
}


def factor(lr):
    return 1 - 2 * lr


def steps_needed(lr, share):
    size = abs(factor(lr))
    if size >= 1:
        return math.inf
    left, steps = 1.0, 0
    while left > share:
        left *= size
        steps += 1
    return steps


for lr, word in predicted.items():
    print(f"rate {lr}: factor {factor(lr):.2f}, {word}", end=", ")
    print(f"left after 20 steps {abs(factor(lr)) ** 20:.2g}", end=", ")
    print(f"steps to a hundredth {steps_needed(lr, 0.01)}")
