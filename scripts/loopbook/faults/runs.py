"""Runs that are killed: no record is wrong, and no good one is lost.

A folder of eight scripts. In each round some of them change, a run begins (in every fourth round
two at once), and after a random time it is killed with SIGKILL. Then each record must be whole and
true: that of a script that did not change is the one before, that of a changed one is the one
before or the new one. At the end a run goes through, and must leave nothing behind.
"""

from __future__ import annotations

import random
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from loopbook.faults.remains import remains, watched
from loopbook.faults.standin import surroundings
from loopbook.kept.digests import ENGINE
from loopbook.runner.record import Record

SCRIPTS = 8
COMMAND = str(ENGINE.parent / "run_snippets.py")
SCRIPT = """\
import subprocess, time
import matplotlib.pyplot as plt

subprocess.run(["sleep", "0.{pause}"])
print("script {number}, version {version}" * 400)
plt.plot([{version}, {number}, 1])
plt.show()
"""


@dataclass
class Torment:
    """A folder of scripts, and what is known of their records.

    Attributes:
        place: where all happens.
        versions: of each script, now.
        good: of each script, the version of its last good record.
        checked: how many records were looked at.
    """

    place: Path
    versions: dict[int, int] = field(default_factory=dict)
    good: dict[int, int] = field(default_factory=dict)
    checked: int = 0

    def write(self, number: int, version: int) -> None:
        """Give a script another version."""
        self.versions[number] = version
        text = SCRIPT.format(number=number, version=version, pause=number % 3)
        (self.place / "in").mkdir(exist_ok=True)
        (self.place / "in" / f"s{number}.py").write_text(text, "utf-8")

    def start(self) -> subprocess.Popen[bytes]:
        """A run, as a process of its own."""
        with (self.place / "said").open("ab") as said:
            return subprocess.Popen(
                [sys.executable, COMMAND, str(self.place / "in"),
                 "--output", str(self.place / "out")],
                env=surroundings(self.place),
                stdout=said,
                stderr=said,
            )  # fmt: skip

    def wait(self, run: subprocess.Popen[bytes]) -> None:
        """Until this run has written its first record, or has ended."""
        before = self._written()
        while run.poll() is None and self._written() == before:
            time.sleep(0.005)

    def check(self) -> list[str]:
        """What is wrong with the records as they lie there."""
        wrong = []
        for number, version in self.versions.items():
            record = Record.from_folder(self.place / "out" / f"s{number}")
            self.checked += 1
            if record is None:
                if number in self.good:
                    wrong.append(f"s{number}: its good record is lost")
                continue
            allowed = {version, self.good.get(number, version)}
            texts = {each: f"script {number}, version {each}" * 400 + "\n" for each in allowed}
            found = [each for each in allowed if texts[each] == record.stdout]
            if record.status != "ok" or not found or len(record.figures) != 1:
                wrong.append(f"s{number}: {record.status} with {record.stdout[:30]!r}")
            else:
                self.good[number] = found[0]
        return wrong

    def _written(self) -> set[int]:
        """Which record folders there are now."""
        found = set()
        for number in range(SCRIPTS):
            try:
                found.add((self.place / "out" / f"s{number}").stat().st_ino)
            except FileNotFoundError:
                continue
        return found


def kill_runs(place: Path, kills: int, chance: random.Random) -> tuple[list[str], dict[str, int]]:
    """The rounds, and the run at the end.

    Args:
        place: an empty folder.
        kills: how many rounds.
        chance: of scripts and moments.

    Returns:
        What is wrong, in words; and what was counted.
    """
    torment, before_all = Torment(place), watched()
    for number in range(SCRIPTS):
        torment.write(number, 0)
    begin, first = time.monotonic(), torment.start()
    torment.wait(first)
    work = time.monotonic()
    first.wait()
    work, whole = time.monotonic() - work, time.monotonic() - begin
    wrong = torment.check()
    halfway = 0
    for round_ in range(1, kills + 1):
        before = dict(torment.good)
        for number in chance.sample(range(SCRIPTS), 4):
            torment.write(number, round_)
        runs = [torment.start() for _ in range(2 if round_ % 4 == 0 else 1)]
        if round_ % 4 == 1:
            time.sleep(chance.uniform(0.1, 1.0) * whole)
        else:  # where it hurts: while records are written
            torment.wait(runs[0])
            time.sleep(chance.uniform(0.0, 1.0) * work)
        for run in runs:
            run.kill()
            run.wait()
        found = [f"round {round_}: {what}" for what in torment.check()]
        wrong += found
        halfway += any(torment.good[n] != before[n] for n in before) and (
            torment.good != torment.versions
        )
        print(f"{round_} of {kills} kills: {'; '.join(found) or 'all well'}", flush=True)
    torment.write(0, kills + 1)  # a run with nothing to do would not look for what others left
    torment.start().wait()
    wrong += torment.check()
    if torment.good != torment.versions:
        wrong.append("the last run did not make all records new")
    wrong += remains(place, before_all, [place / "out"])
    counted = {"kills": kills, "checked": torment.checked, "halfway": halfway}
    print(f"{kills} kills, {halfway} with some results saved and others not, "
          f"{torment.checked} records checked, a whole run takes {whole:.1f} s")  # fmt: skip
    return wrong, counted
