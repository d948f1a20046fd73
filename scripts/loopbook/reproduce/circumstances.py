"""Where, when and how one of two builds is made: all that must not reach a page."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from loopbook.runner import threads

# A locale whose text is not UTF-8, whose numbers have commas and whose "I" is no capital "i".
_FOREIGN, _SOURCE, _SIGNS = "tr_TR.ISO-8859-9", "tr_TR", "ISO-8859-9"


@dataclass(frozen=True)
class Circumstances:
    """One way to build the book.

    Attributes:
        place: the clone's folder, below the one for all clones.
        jobs: how many scripts run at once.
        venv: whether Python and its packages are reached below the clone, as ``make site`` has it.
        variables: environment variables on top of the caller's.
    """

    place: str
    jobs: int
    venv: bool
    variables: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        known = {name: v for name, v in self.variables.items() if not name.endswith("_THREADS")}
        settings = " ".join(f"{name}={value}" for name, value in sorted(known.items()))
        offered = self.variables["OMP_NUM_THREADS"]
        venv = "packages inside" if self.venv else "packages outside"
        return (
            f"{self.place!r}, {venv}: {self.jobs} at once, {offered} thread(s) offered, {settings}"
        )


def pair(locales: Path) -> tuple[Circumstances, Circumstances]:
    """Two ways to build the book that have nothing in common.

    The time zones are 26 hours apart, so that the date is never the same in both.

    Args:
        locales: a folder for a locale that the system may not have.
    """
    first = Circumstances(
        "für Leser",
        1,
        True,
        {
            "LC_ALL": "C.UTF-8",
            "PYTHONHASHSEED": "1",
            "SOURCE_DATE_EPOCH": "86400",
            "TZ": "Etc/GMT+12",
            **threads.variables(1),
        },
    )
    second = Circumstances(
        "a/much/deeper/place",
        3,
        False,
        {
            "PYTHONHASHSEED": "2024",
            "SOURCE_DATE_EPOCH": "4102444800",
            "TZ": "Pacific/Kiritimati",
            **foreign_locale(locales),
            **threads.variables(2),
        },
    )
    return first, second


def foreign_locale(folder: Path) -> dict[str, str]:
    """Variables of a locale far from English in UTF-8; where none can be made, of plain ASCII."""
    maker = shutil.which("localedef")
    if maker:
        folder.mkdir(parents=True, exist_ok=True)
        command = [maker, "-i", _SOURCE, "-f", _SIGNS, str(folder / _FOREIGN)]
        if subprocess.run(command, capture_output=True, check=False).returncode == 0:
            return {"LC_ALL": _FOREIGN, "LOCPATH": str(folder), "PYTHONUTF8": "0"}
    return {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
