"""Does a run still print what the book says it prints?"""

from __future__ import annotations

import difflib
import math
import re

from loopbook.numbers import NUMBER, value
from loopbook.text import short

_NUMBER = re.compile(NUMBER)
#: Lines of a text up to which those that moved are found; lines and columns of a diff.
_FAR, _TALL, _WIDE = 2_000, 80, 240


def differences(
    expected: str,
    actual: str,
    relative: float = 1e-3,
    absolute: float = 1e-5,
    names: tuple[str, str] = ("expected", "printed"),
) -> str:
    """Compare two printed texts: numbers within a tolerance, everything else exactly.

    Args:
        expected: the stored text.
        actual: the text of this run.
        relative: tolerance relative to the expected number.
        absolute: tolerance for numbers near zero.
        names: how the two sides are called in the diff.

    Returns:
        An empty text where they agree, else a unified diff of the lines that do not.
    """
    if expected == actual:
        return ""
    old, new = expected.splitlines(keepends=True), actual.splitlines(keepends=True)
    agreed = [
        theirs if _line_agrees(theirs, ours, relative, absolute) else ours
        for theirs, ours in _paired(old, new)
    ]
    if agreed == old:
        return ""
    found = difflib.unified_diff(_cut(old), _cut(agreed), *names, n=1)
    diff = [f"{short(line, _WIDE)}\n" if len(line) > _WIDE else line for line in found]
    more = [f"… {len(diff) - _TALL:,} more lines\n"] if len(diff) > _TALL else []
    shown = diff[:_TALL] + more or [f"… behind the first {_FAR:,} lines\n"]
    return "".join(line if line.endswith("\n") else line + "\n" for line in shown)


def _cut(lines: list[str]) -> list[str]:
    """The lines that a person may want to see compared; to pair all of a huge text takes hours."""
    return lines[:_FAR]


def largest_difference(
    expected: str, actual: str, relative: float = 1e-3, absolute: float = 1e-5
) -> float:
    """How far the numbers of lines that differ in nothing else are apart, at most.

    Each difference is relative to the expected number; to ``absolute / relative`` where that is
    more, for numbers near zero. So two texts agree as long as this is not above ``relative``.
    """
    floor = absolute / relative
    return max(
        (
            _distance(value(a), value(b), floor)
            for theirs, ours in _paired(expected.splitlines(), actual.splitlines())
            if _shape(theirs) == _shape(ours)
            for a, b in zip(_NUMBER.findall(theirs), _NUMBER.findall(ours), strict=True)
        ),
        default=0.0,
    )


def _distance(expected: float, actual: float, floor: float) -> float:
    if not (math.isfinite(expected) and math.isfinite(actual)):
        same = expected == actual or (math.isnan(expected) and math.isnan(actual))
        return 0.0 if same else math.inf
    return abs(expected - actual) / max(abs(expected), floor)


def _paired(old: list[str], new: list[str]) -> list[tuple[str, str]]:
    """Each new line with the old one that stands at its place, numbers left aside."""
    if max(len(old), len(new)) > _FAR:
        return list(zip([*old, *[""] * len(new)], new, strict=False))
    matcher = difflib.SequenceMatcher(
        None, [_shape(line) for line in old], [_shape(line) for line in new], autojunk=False
    )
    partner = {}
    for block in matcher.get_matching_blocks():
        for offset in range(block.size):
            partner[block.b + offset] = old[block.a + offset]
    return [(partner.get(index, ""), line) for index, line in enumerate(new)]


def _shape(line: str) -> str:
    return _NUMBER.sub("0", line)


def _line_agrees(expected: str, actual: str, relative: float, absolute: float) -> bool:
    if _shape(expected) != _shape(actual):
        return False
    pairs = zip(_NUMBER.findall(expected), _NUMBER.findall(actual), strict=True)
    return all(_close(value(a), value(b), relative, absolute) for a, b in pairs)


def _close(expected: float, actual: float, relative: float, absolute: float) -> bool:
    if math.isnan(expected) or math.isnan(actual):
        return math.isnan(expected) and math.isnan(actual)
    if math.isinf(expected) or math.isinf(actual):
        return expected == actual
    return abs(expected - actual) <= max(absolute, relative * abs(expected))
