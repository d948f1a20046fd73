"""How far two runs of one script are apart: their numbers, their words, their figures."""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from loopbook.numbers import NUMBER, value

_NUMBER = re.compile(NUMBER)


@dataclass(frozen=True)
class Run:
    """What is compared of a run: the text, and each figure's name and SVG."""

    stdout: str
    figures: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Agreement:
    """How far two runs are apart.

    Attributes:
        numbers: how many numbers stand at the same places of both texts.
        absolute: the largest difference of two of them, in the numbers' own units.
        relative: the largest difference relative to the first run's number; zeros left out.
        beyond: how many pairs are further apart than the script's tolerance.
        words: how many lines of either text have no line with the same words in the other.
        figures: how many figures there are in all.
        changed: how many of them are not the same in both runs, to the byte.
    """

    numbers: int
    absolute: float
    relative: float
    beyond: int
    words: int
    figures: int
    changed: int


def agreement(first: Run, second: Run, relative: float, absolute: float) -> Agreement:
    """Compare two runs.

    Args:
        first: the run that the other is measured by.
        second: the other one.
        relative: the script's tolerance relative to the first run's number.
        absolute: its tolerance for numbers near zero.
    """
    old, new = first.stdout.splitlines(), second.stdout.splitlines()
    lines = list(_same_words(old, new))
    pairs = [pair for one, other in lines for pair in _numbers(one, other)]
    apart = [_apart(a, b) for a, b in pairs]
    shares = [gap / abs(a) for (a, _), gap in zip(pairs, apart, strict=True) if a and not _odd(a)]
    beyond = sum(
        gap > max(absolute, 0.0 if _odd(a) else relative * abs(a))
        for (a, _), gap in zip(pairs, apart, strict=True)
    )
    ours, theirs = dict(first.figures), dict(second.figures)
    names = ours.keys() | theirs.keys()
    return Agreement(
        numbers=len(pairs),
        absolute=max(apart, default=0.0),
        relative=max(shares, default=0.0),
        beyond=beyond,
        words=len(old) + len(new) - 2 * len(lines),
        figures=len(names),
        changed=sum(ours.get(name) != theirs.get(name) for name in names),
    )


def _same_words(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Lines that say the same, numbers aside."""
    ours, theirs = ([_NUMBER.sub("0", line) for line in lines] for lines in (old, new))
    matcher = difflib.SequenceMatcher(None, ours, theirs, autojunk=False)
    for block in matcher.get_matching_blocks():
        yield from zip(
            old[block.a : block.a + block.size], new[block.b : block.b + block.size], strict=True
        )


def _numbers(one: str, other: str) -> Iterator[tuple[float, float]]:
    for a, b in zip(_NUMBER.findall(one), _NUMBER.findall(other), strict=True):
        yield value(a), value(b)


def _odd(number: float) -> bool:
    return math.isnan(number) or math.isinf(number)


def _apart(a: float, b: float) -> float:
    """The distance of two numbers; infinite where one is infinite or none and the other not so."""
    if _odd(a) or _odd(b):
        return 0.0 if a == b or (math.isnan(a) and math.isnan(b)) else math.inf
    return abs(a - b)
