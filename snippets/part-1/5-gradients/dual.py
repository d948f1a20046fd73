"""Dual numbers: a value and its derivative that travel through a program together."""

import math


# --8<-- [start:class]
class Dual:
    """value + slope * d, where d times d is 0."""

    def __init__(self, value, slope=0.0):
        self.value, self.slope = value, slope

    def __add__(self, other):
        other = as_dual(other)
        return Dual(self.value + other.value, self.slope + other.slope)

    def __sub__(self, other):
        return self + (-1.0) * as_dual(other)

    def __mul__(self, other):
        other = as_dual(other)
        slope = self.slope * other.value + self.value * other.slope
        return Dual(self.value * other.value, slope)

    __radd__, __rmul__ = __add__, __mul__

    # --8<-- [end:class]
    # --8<-- [start:more]
    def __rsub__(self, other):
        return as_dual(other) - self

    def __lt__(self, other):  # decisions look at values only
        return self.value < as_dual(other).value

    def __gt__(self, other):
        return self.value > as_dual(other).value


def as_dual(number):
    return number if isinstance(number, Dual) else Dual(number)
# --8<-- [end:more]


# --8<-- [start:functions]
def exp(x):
    return Dual(math.exp(x.value), math.exp(x.value) * x.slope)


def sin(x):
    return Dual(math.sin(x.value), math.cos(x.value) * x.slope)
# --8<-- [end:functions]
