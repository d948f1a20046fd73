"""The limits that the built pages keep, and what a set of measurements says of them."""

from __future__ import annotations

from collections.abc import Mapping

from loopbook.audit.lighthouse import Reading
from loopbook.audit.weight import Weight

#: The least score of 100 by category.
SCORES = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
#: Milliseconds of blocking that a page may add to those of the same theme's empty page.
BLOCKING = 50
SHIFT = 0.01
#: Bytes of a page over the wire, fonts included, before an interactive figure is touched.
BYTES = 250_000


def broken(
    pages: Mapping[str, Reading], empty: Reading, weights: Mapping[str, Weight]
) -> list[str]:
    """Which limits are not kept, in words; none if all are.

    Args:
        pages: medians by the page's name.
        empty: medians of the empty page, measured in the same run.
        weights: what the pages weigh, by the same names.
    """
    found: list[str] = []
    for name, page in pages.items():
        failed = f" ({'; '.join(page.failed)})" if page.failed else ""
        found += [
            f"{name}: {category} is {page.scores[category]:g}, at least {least} is asked{failed}"
            for category, least in SCORES.items()
            if page.scores[category] < least
        ]
        if page.blocking > empty.blocking + BLOCKING:
            found.append(
                f"{name}: blocks for {page.blocking:.0f} ms, {BLOCKING} more than the empty "
                f"page's {empty.blocking:.0f} are allowed"
            )
        if page.shift >= SHIFT:
            found.append(f"{name}: shifts by {page.shift:.3f}, less than {SHIFT} is asked")
        if page.hosts:
            found.append(f"{name}: asks other hosts: {', '.join(page.hosts)}")
    for name, weight in weights.items():
        found += heavy(name, weight)
    return found


def heavy(name: str, weight: Weight) -> list[str]:
    """What is wrong with a page's weight, which no clock decides."""
    found = [
        f"{name}: weighs {size / 1000:.0f} kB when {state}, less than {BYTES / 1000:.0f} is asked "
        f"(heaviest: {_heaviest(weight)})"
        for state, size in (("loaded", weight.loaded), ("read to its end", weight.read))
        if size >= BYTES
    ]
    if weight.hosts:
        found.append(f"{name}: asks other hosts: {', '.join(weight.hosts)}")
    return found


def _heaviest(weight: Weight) -> str:
    return ", ".join(f"{path} {size / 1000:.0f}" for path, size in list(weight.parts.items())[:4])
