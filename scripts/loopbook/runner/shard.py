"""One part of a folder's scripts, for one of several machines that know nothing of each other."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from loopbook.runner.script import digest, find_scripts


@dataclass(frozen=True)
class Shard:
    """The part K of N.

    All parts together are the whole, and no two have a script in common: a script's part depends
    on the names of the scripts alone, not on a machine, a clock or an earlier run.

    Attributes:
        number: K, from 1 to N.
        count: N.
    """

    number: int
    count: int

    @classmethod
    def parse(cls, text: str) -> Shard:
        """Read ``K/N``.

        Raises:
            ValueError: it is something else.
        """
        match = re.fullmatch(r"(\d+)/(\d+)", text, re.ASCII)
        if not match or not 1 <= int(match[1]) <= int(match[2]):
            raise ValueError(f"{text!r} is no K/N with K from 1 to N, such as 2/3")
        return cls(int(match[1]), int(match[2]))

    def store(self, folder: Path) -> Path:
        """Where this part's records go: a store of its own below the folder, ``K-of-N``."""
        return folder / f"{self.number}-of-{self.count}"

    def wanted(
        self, folder: Path, wanted: Callable[[str], bool] = lambda name: True
    ) -> Callable[[str], bool]:
        """Which of the wanted scripts below a folder are this part's."""
        return self.share(find_scripts(folder, wanted)).__contains__

    def share(self, names: Iterable[str]) -> frozenset[str]:
        """Those of the names that are this part's; two parts differ by one name at most.

        The names are shuffled by their hashes and dealt out, for neighbours take about as long.
        """
        shuffled = sorted(names, key=lambda name: (digest(os.fsencode(name)), name))
        return frozenset(shuffled[self.number - 1 :: self.count])
