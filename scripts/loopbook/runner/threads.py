"""How many threads the mathematics of a script may use: one, unless the script declares more.

Sums are added up in another order by another number of threads, and their last digits differ; so
the number must not come from the machine. It costs nothing: scripts run side by side instead.
"""

from __future__ import annotations

#: More than any machine's mathematics gains by: each takes memory, and there is an end to both.
MOST = 64

# Read once, when a library is loaded; torch can change its own number later, NumPy cannot.
_NAMES = (
    "BLIS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "NUMEXPR_NUM_THREADS",
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
)


def variables(count: int) -> dict[str, str]:
    """The environment variables that give every library of mathematics so many threads."""
    return dict.fromkeys(_NAMES, str(count))
