"""Minimises a steeper parabola at rates measured by its own limit."""


def slope(x, a, c):
    return 2 * a * (x - c)


def limit(a):
    return 1 / a


def best_rate(a):
    return 1 / (2 * a)


def minimise(x, a, c, lr, num_steps):
    path = [x]
    for _ in range(num_steps):
        x = x - lr * slope(x, a, c)
        path.append(x)
    return path


a, c = 4.0, -1.0
print(f"limit {limit(a):.4f}, best rate {best_rate(a):.4f}")
for share in (0.1, 0.5, 0.9, 1.0, 1.1):
    path = minimise(5.0, a, c, share * limit(a), 20)
    print(f"rate {share} of the limit: x after 20 steps {path[-1]:.4f}")
