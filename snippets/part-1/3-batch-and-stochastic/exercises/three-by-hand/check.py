"""Compares the reader's derivation with a list of all pairs."""

from itertools import permutations

import torch


def check(attempt):
    a = torch.tensor([1.0, 4.0, 10.0])
    s2 = a.var(correction=0)
    pairs = list(permutations(a - a.mean(), 2))
    with attempt.own_data("the numbers 1, 4 and 10"):
        mine = attempt.tensor(attempt.function("means", "a", "means")(a), (3,), "means")
        right = torch.tensor([2.5, 5.5, 7.0])
        attempt.must(
            abs(mine.mean() - 10) > 1e-6,
            "Your means are sums: divide each by 2.",
        )
        attempt.equal(
            mine.sort().values,
            right,
            {},
            "Your means are {mine}, not {theirs}: each must leave out one number.",
        )
        attempt.equal(
            attempt.function("covariance", "a", "the covariance")(a),
            sum(x * y for x, y in pairs) / len(pairs),
            {
                -1: "Your covariance has the wrong sign: what is drawn is gone, and "
                "the other tends to the other side.",
                2 / 3: "Your covariance is -s2 / 3: there are N (N - 1) = 6 ordered "
                "pairs, not 9.",
                1.5: "Your covariance is -3/4 s2: torch.cov divides by one less than "
                "the number of pairs. They are all there is: correction=0.",
                2: "Your covariance is -s2: the pairs sum to -3 s2, and there are 6.",
            },
            "Your covariance is {mine}; over the six ordered pairs it is {theirs}.",
        )
    ratio = attempt.number(attempt.ratio, "`ratio`")
    attempt.must(
        abs(ratio - 0.5) > 1e-6,
        "`ratio` is 0.5: that is 1/B, as with replacement. Without it, the covariance "
        "of the two draws takes something away.",
    )
    attempt.must(
        abs(ratio - 0.75) > 1e-6,
        "`ratio` is 0.75: the covariance is negative, so it must be taken away.",
    )
    attempt.must(
        abs(ratio - 0.25) < 1e-6,
        f"`ratio` is {ratio:g}. The variance of the sum is 2 s2 + 2 covariances; the "
        "factor 1/2 comes out squared.",
    )
    factor = attempt.function("factor", "N, B", "the factor")
    for N, B in ((3, 1), (3, 2), (3, 3), (100, 10)):
        mine = attempt.number(factor(N, B), f"factor({N}, {B})")
        words = f"factor({N}, {B}) is {mine:.4g}"
        attempt.must(
            abs(mine - (N - B) / N) > 1e-9 or B == N,
            f"{words}: you divide by N. A batch of one is as noisy without replacement "
            "as with it, so factor(N, 1) must be 1.",
        )
        attempt.must(
            abs(mine * B - (N - B) / (N - 1)) > 1e-9 or B in (1, N),
            f"{words}: the 1/B is in s2 / B already.",
        )
        attempt.must(
            abs(mine - (N - B) / (N - 1)) < 1e-6,
            f"{words}, and should be {(N - B) / (N - 1):.4g}.",
        )
    assert len(pairs) == 6 and s2 > 0
    return "Right: three samples are enough to see where N - 1 comes from."
