"""Adds tanh to the engine, and compares one gradient with the pencil."""

import math


class Scalar:
    def __init__(self, value, links=()):
        self.value, self.links, self.grad = value, links, None

    def __add__(self, other):
        return Scalar(self.value + other.value, ((self, 1.0), (other, 1.0)))

    def __mul__(self, other):
        links = ((self, other.value), (other, self.value))
        return Scalar(self.value * other.value, links)


def tanh(x):
    value = math.tanh(x.value)
    return Scalar(value, ((x, 1 - value**2),))


def backward(result):
    users, waiting = {result: 0}, [result]
    while waiting:
        for part, _ in waiting.pop().links:
            if part not in users:
                users[part] = 0
                waiting.append(part)
            users[part] += 1
    arrived, ready = {result: 1.0}, [result]
    while ready:
        node = ready.pop()
        if not node.links:
            node.grad = (node.grad or 0.0) + arrived[node]
        for part, slope in node.links:
            arrived[part] = arrived.get(part, 0.0) + slope * arrived[node]
            users[part] -= 1
            if users[part] == 0:
                ready.append(part)


w, x = Scalar(0.5), Scalar(1.2)
result = tanh(w * x) * tanh(w * x)
backward(result)
by_hand = 2 * math.tanh(0.6) * (1 - math.tanh(0.6) ** 2) * 1.2
print(f"for w: {w.grad}, by hand {by_hand:.6f}")
