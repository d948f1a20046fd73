"""Every batch of two out of three dots, with fractions."""

from fractions import Fraction
from itertools import permutations, product

import pytest

from loopbook.blocks.values import find_value


@pytest.mark.parametrize(
    ("kind", "batches", "quotient"),
    [("with", product(range(3), repeat=2), 2), ("without", permutations(range(3), 2), 4)],
)
def test_means_have_the_variance_of_the_formula_exactly(
    run_snippet, kind, batches, quotient
):
    run = run_snippet("part-1/3-batch-and-stochastic/pencil.py")
    g = [2 * (x + 1 - y) * x for x, y in ((1, 1), (2, 5), (3, 6))]
    assert g == run["g"].tolist() == [2, -8, -12]
    means = [Fraction(g[i] + g[j], 2) for i, j in batches]
    assert sum(means) / len(means) == -6

    def spread(values):
        mean = Fraction(sum(values), len(values))
        return sum((v - mean) ** 2 for v in values) / len(values)

    assert spread(means) * quotient == spread(g)
    printed = find_value(run.printed, f"{kind} variance / that of one", "pencil.py")
    assert float(printed.text) == 1 / quotient
