"""Dual numbers that multiply and divide."""


class Dual:
    def __init__(self, value, slope=0.0):
        self.value, self.slope = value, slope

    def __add__(self, other):
        other = as_dual(other)
        return Dual(self.value + other.value, self.slope + other.slope)

    def __mul__(self, other):
        other = as_dual(other)
        slope = self.slope * other.value + self.value * other.slope
        return Dual(self.value * other.value, slope)

    def __truediv__(self, other):
        other = as_dual(other)
        slope = self.slope * other.value - self.value * other.slope
        return Dual(self.value / other.value, slope / other.value**2)


def as_dual(number):
    return number if isinstance(number, Dual) else Dual(number)


x = Dual(3.0, 1.0)
print(f"x * x: slope {(x * x).slope}, should be 6")
print(f"x / (x + 1): slope {(x / (x + 1)).slope}, should be 0.0625")
