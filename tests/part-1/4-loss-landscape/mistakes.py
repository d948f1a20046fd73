"""What the checks say: of each starting file, and of each mistake."""

STARTS = {
    "read-the-map": "`steepest` is still `...`",
    "perpendicular-proof": "Still to do: solve w^2 b = c for b in curve.",
    "bisect-the-limit": "Still to do: bisect in largest_rate.",
    "all-minima": "Still to do: let the balls roll in find_minima.",
    "draw-a-slice": "Still to do: scale the rows in normalise.",
    "standardise-kappa": "Still to do: compute the eigenvalues in kappa.",
}

# Exercise, name, what goes out of the solution, what comes in, what the reader is told.
MISTAKES = [
    (
        "read-the-map",
        "steepest-by-distance",
        'steepest = "B"',
        'steepest = "A"',
        "count the contours within one unit of it",
    ),
    ("read-the-map", "uphill", '"down"', '"up"', "that is uphill"),
    (
        "read-the-map", "along-the-contour", '"down"', '"left"', "along the contour"
    ),
    (
        "read-the-map",
        "spacing-for-gradient",
        "(5 - 3) / (5.47 - 4.46)",
        "(5.47 - 4.46) / (5 - 3)",
        "is the spacing itself",
    ),
    (
        "read-the-map",
        "axes-not-squared",
        "(4.0 / 1.33) ** 2",
        "4.0 / 1.33",
        "is the ratio of the axes",
    ),
    (
        "read-the-map",
        "rate-of-the-flat-direction",
        "2 * 4 / 1.33**2",
        "2 * 4 / 4.0**2",
        "the steep one sets the limit",
    ),
    (
        "read-the-map",
        "half-forgotten",
        "largest_rate = 2 / steep",
        "largest_rate = 1 / steep",
        "is half of the right one",
    ),
    (
        "read-the-map",
        "half-forgotten-in-the-curvature",
        "2 * 4 / 1.33**2",
        "4 / 1.33**2",
        "did you take lambda = c / a^2?",
    ),
    (
        "perpendicular-proof",
        "gradient-turned",
        "return 1.0, -2 * c / s**3",
        "return -(s**2), 2 * c / s",
        "takes for granted what is to be proved",
    ),
    (
        "perpendicular-proof",
        "a-multiple",
        "return 1.0, -2 * c / s**3",
        "return s**3, -2 * c + 0 * s",
        "is a multiple of the right one",
    ),
    (
        "perpendicular-proof",
        "power-rule-without-2",
        "return 2 * w * b, w**2",
        "return w * b, w**2",
        "the power rule brings a 2",
    ),
    (
        "perpendicular-proof",
        "swapped",
        "return 2 * w * b, w**2",
        "return w**2, 2 * w * b",
        "have changed places",
    ),
    (
        "perpendicular-proof",
        "sign-of-the-power",
        "return 1.0, -2 * c / s**3",
        "return 1.0, 2 * c / s**3",
        "wrong sign in b",
    ),
    (
        "perpendicular-proof",
        "place-for-direction",
        "return 1.0, -2 * c / s**3",
        "return s, c / s**2",
        "that is the place itself",
    ),
    (
        "perpendicular-proof",
        "off-the-contour",
        "return s, c / s**2",
        "return s, c / s",
        "leaves the contour",
    ),
    (
        "bisect-the-limit",
        "nan-compared",
        "return not last < first  # nan is not less than anything",
        "return last > first",
        "every comparison with nan is False",
    ),
    (
        "bisect-the-limit",
        "upper-end-fixed",
        "    for _ in range(20):\n        if diverges(high, X, y):\n"
        "            break\n        high = 2 * high\n",
        "",
        "double the upper end until it diverges",
    ),
    (
        "bisect-the-limit",
        "fixed-width",
        "high - low > 0.002 * high",
        "high - low > 0.02",
        "must be short against the rate itself",
    ),
    (
        "bisect-the-limit",
        "gradient-without-2",
        "theta - lr * 2 / len(y)",
        "theta - lr / len(y)",
        "the gradient of the mean squared error has a 2",
    ),
    (
        "bisect-the-limit",
        "loss-must-reach-zero",
        "return not last < first  # nan is not less than anything"
        "\n\n\ndef largest_rate(X, y):\n    low, high = 0.0, 1.0\n    for _ in range(20):\n"
        "        if diverges(high, X, y):\n            break\n        high = 2 * high\n"
        "    while high - low > 0.002 * high:",
        "return not last < 1e-6"
        "\n\n\ndef largest_rate(X, y):\n    low, high = 0.0, 1.0\n    for _ in range(20):\n"
        "        if diverges(high, X, y):\n            break\n        high = 2 * high\n"
        "    while high - low > 0.002 * high and high > 1e-6:",  # or it runs for long
        "diverges refuses half the limit",
    ),
    (
        "bisect-the-limit",
        "started-at-the-best-point",
        "theta = 10 * torch.randn(X.shape[1], dtype=X.dtype)",
        "theta = torch.zeros(X.shape[1], dtype=X.dtype)",
        "you start at the best point",
    ),
    (
        "bisect-the-limit",
        "too-few-steps",
        "    theta = 10 * torch.randn(X.shape[1], dtype=X.dtype)\n"
        "    first = ((X @ theta - y) ** 2).mean()\n    for _ in range(300):",
        "    theta = torch.randn(X.shape[1], dtype=X.dtype)\n"
        "    first = ((X @ theta - y) ** 2).mean()\n    for _ in range(20):",
        "run the loop for more steps",
    ),
    (
        "all-minima",
        "saddle-counted",
        "        if torch.linalg.eigvalsh(H)[0] <= 0:\n            continue\n",
        "        if place.abs().max() > 20:\n            continue\n",
        "it is a saddle",
    ),
    (
        "all-minima",
        "level-ground-counted",
        "        if torch.linalg.eigvalsh(H)[0] <= 0:\n            continue\n",
        "",
        "lies on level ground",
    ),
    (
        "all-minima",
        "duplicates-kept",
        "        if all((place - other).norm() > 0.05 for other in minima):\n"
        "            minima.append(place)",
        "        minima.append(place)",
        "some are one place found twice",
    ),
    (
        "all-minima",
        "twin-dropped",
        "for place in theta[at_rest]:",
        "for place in theta[at_rest].sort(dim=1).values:",
        "its twin with the two weights exchanged is another place",
    ),
    (
        "draw-a-slice",
        "unit-rows",
        "return unit * weights.norm(dim=1, keepdim=True)",
        "return unit",
        "multiply each by the length of the neuron's weights",
    ),
    (
        "draw-a-slice",
        "columns",
        "    unit = direction / direction.norm(dim=1, keepdim=True)\n"
        "    return unit * weights.norm(dim=1, keepdim=True)",
        "    unit = direction / direction.norm(dim=0, keepdim=True)\n"
        "    return unit * weights.norm(dim=0, keepdim=True)",
        "You scaled the columns",
    ),
    (
        "draw-a-slice",
        "whole-matrix",
        "    unit = direction / direction.norm(dim=1, keepdim=True)\n"
        "    return unit * weights.norm(dim=1, keepdim=True)",
        "    return direction / direction.norm() * weights.norm()",
        "You scaled the direction as a whole",
    ),
    (
        "draw-a-slice",
        "towards-the-direction",
        "loss(weights + t * direction)",
        "loss((1 - t) * weights + t * direction)",
        "as if that were a place",
    ),
    (
        "draw-a-slice",
        "in-place",
        "    unit = direction / direction.norm(dim=1, keepdim=True)\n",
        "    unit = direction.div_(direction.norm(dim=1, keepdim=True))\n",
        "normalise changes the direction that it was given",
    ),
    (
        "standardise-kappa",
        "over-all-entries",
        "return (X - X.mean(dim=0)) / X.std(dim=0, correction=0)",
        "return (X - X.mean()) / X.std(correction=0)",
        "over all entries",
    ),
    (
        "standardise-kappa",
        "variance",
        "/ X.std(dim=0, correction=0)",
        "/ X.var(dim=0, correction=0)",
        "You divided by the variance",
    ),
    (
        "standardise-kappa",
        "n-minus-one",
        "X.std(dim=0, correction=0)",
        "X.std(dim=0)",
        "divides by N - 1",
    ),
    (
        "standardise-kappa",
        "upside-down",
        "(eigenvalues[-1] / eigenvalues[0])",
        "(eigenvalues[0] / eigenvalues[-1])",
        "upside down",
    ),
    (
        "standardise-kappa",
        "root",
        "(eigenvalues[-1] / eigenvalues[0]).item()",
        "(eigenvalues[-1] / eigenvalues[0]).sqrt().item()",
        "is the root of the right one",
    ),
    (
        "standardise-kappa",
        "without-the-bias",
        "X1 = torch.cat([X, torch.ones(len(X), 1, dtype=X.dtype)], dim=1)",
        "X1 = X",
        "leaves out the bias",
    ),
    (
        "standardise-kappa",
        "float32",
        "    X = X.double()  # the squares of raw features need many digits\n",
        "",
        "begin with X = X.double()",
    ),
]
