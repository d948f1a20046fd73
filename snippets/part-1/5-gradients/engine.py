"""A reverse-mode engine for single numbers: every result remembers its parts."""

import math


# --8<-- [start:scalar]
class Scalar:
    """A number, and links to the parts it was made of: (part, slope) each."""

    def __init__(self, value, links=()):
        self.value, self.links, self.grad = value, links, None

    def __add__(self, other):
        other = as_scalar(other)
        return Scalar(self.value + other.value, ((self, 1.0), (other, 1.0)))

    def __mul__(self, other):
        other = as_scalar(other)
        links = ((self, other.value), (other, self.value))
        return Scalar(self.value * other.value, links)

    def __pow__(self, n):  # n is a plain number
        slope = n * self.value ** (n - 1)
        return Scalar(self.value**n, ((self, slope),))

    # --8<-- [end:scalar]
    # --8<-- [start:more]
    def __neg__(self):
        return self * -1.0

    def __sub__(self, other):
        return self + -as_scalar(other)

    def __rsub__(self, other):
        return as_scalar(other) - self

    def __truediv__(self, other):
        return self * as_scalar(other) ** -1

    def __rtruediv__(self, other):
        return as_scalar(other) / self

    __radd__, __rmul__ = __add__, __mul__

    def exp(self):
        value = math.exp(self.value)
        return Scalar(value, ((self, value),))


def as_scalar(number):
    return number if isinstance(number, Scalar) else Scalar(float(number))
# --8<-- [end:more]


# --8<-- [start:backward]
def users_of(result):
    """How many results each number went into, on the way to this one."""
    counts, waiting = {result: 0}, [result]
    while waiting:
        for part, _ in waiting.pop().links:
            if part not in counts:
                counts[part] = 0
                waiting.append(part)
            counts[part] += 1
    return counts


def backward(result):
    """Adds to .grad of every leaf the derivative of the result for it."""
    users, arrived, ready = users_of(result), {result: 1.0}, [result]
    while ready:
        node = ready.pop()  # all that it went into is done
        if not node.links:
            node.grad = (node.grad or 0.0) + arrived[node]
        for part, slope in node.links:
            arrived[part] = arrived.get(part, 0.0) + slope * arrived[node]
            users[part] -= 1
            if users[part] == 0:
                ready.append(part)
    return arrived
# --8<-- [end:backward]
