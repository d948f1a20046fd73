"""Minimise a * (x - c)^2 + d for any a > 0: derive the slope and the limit of the rate.

Work with a pencil first, then complete the functions:
1. slope: the derivative at x.
2. limit: the rate from which on the loop no longer arrives.
3. best_rate: the rate that lands in a single step.
4. minimise: the loop; return a list that begins with the start and has num_steps more.
"""


def slope(x, a, c):
    raise NotImplementedError("return the derivative in slope")


def limit(a):
    raise NotImplementedError("return the limit of the rate in limit")


def best_rate(a):
    raise NotImplementedError("return the rate that lands in best_rate")


def minimise(x, a, c, lr, num_steps):
    raise NotImplementedError("write the loop in minimise")


a, c = 4.0, -1.0
print(f"limit {limit(a):.4f}, best rate {best_rate(a):.4f}")
for share in (0.1, 0.5, 0.9, 1.0, 1.1):
    path = minimise(5.0, a, c, share * limit(a), 20)
    print(f"rate {share} of the limit: x after 20 steps {path[-1]:.4f}")
