"""Time MathJax on formulas that it has never seen, as in the first build after a clean.

The work: distinct formulas of the kind that chapters have, typeset through the same door as those
of the pages, into a store that is empty before. Printed: the milliseconds a formula, Node's start
included, and once more from the store.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from loopbook.mathematics.formula import Formula
from loopbook.mathematics.mathjax import PACKAGES
from loopbook.mathematics.typesetter import Typesetter

LIMIT = 4.0
KINDS = (
    r"x_{%d}^{(i)}",
    r"w_{%d} \leftarrow w - \eta\,\frac{\partial L}{\partial w}",
    r"\frac{2}{N}\sum_{i=1}^{%d} \bigl(\hat y^{(i)} - y^{(i)}\bigr)\,x^{(i)}",
    r"\begin{aligned} L &= \overline{r^2} \\ &= \tfrac{%d}{N}\lVert Xw - y\rVert^2 \end{aligned}",
    r"\hat Y_{%d} = XW^\top + b",
)


def formulas(count: int) -> list[Formula]:
    """So many formulas, no two of them equal; every fourth kind stands on a line of its own."""
    return [
        Formula(KINDS[number % len(KINDS)] % number, display=number % len(KINDS) == 3)
        for number in range(count)
    ]


def milliseconds(count: int) -> tuple[float, float]:
    """Milliseconds a formula: when all are new, and when all are stored."""
    PACKAGES.node_modules()  # installed before, or now and not timed
    wanted = formulas(count)
    with tempfile.TemporaryDirectory() as folder:
        setter = Typesetter(Path(folder), {})
        seconds = []
        for _ in range(2):
            start = time.perf_counter()
            made = setter.typeset(wanted)
            seconds.append(time.perf_counter() - start)
            if len(made) != count:
                raise SystemExit(f"expected {count} formulas, got {len(made)}")
        setter.close()
    return 1000 * seconds[0] / count, 1000 * seconds[1] / count


def main() -> int:
    """Run the benchmark; the status says whether the limit was kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--formulas", type=int, default=500)
    count = parser.parse_args().formulas
    cold, stored = milliseconds(count)
    kept = cold < LIMIT
    print(f"{count} formulas, milliseconds each")
    print(f"  new      {cold:6.2f}   (< {LIMIT:g}) {'kept' if kept else 'MISSED'}")
    print(f"  stored   {stored:6.2f}")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
