"""Kill the runner at random moments, and fill its disk; see that no result is wrong or lost.

A folder of eight scripts. In each round some of them change, a run begins (in every fourth round
two at once), and after a random time it is killed with SIGKILL. Then each record must be whole and
true: that of a script that did not change is the one before, that of a changed one is the one
before or the new one. At the end a run goes through, and must leave nothing behind.

Torch, which takes seconds to import and plays no part here, is stood in for.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from loopbook.runner.offspring import adopt_orphans, offspring  # noqa: E402
from loopbook.runner.record import Record  # noqa: E402

SCRIPTS = 8
PATIENCE = 60  # seconds: a fork server that imports torch hears of its runner's end after that
SCRIPT = """\
import subprocess, time
import matplotlib.pyplot as plt

subprocess.run(["sleep", "0.{pause}"])
print("script {number}, version {version}" * 400)
plt.plot([{version}, {number}, 1])
plt.show()
"""

STAND_IN = """\
import sys
from unittest.mock import MagicMock

torch = MagicMock()
torch.cuda.is_initialized.return_value = False
sys.modules.update({"torch": torch, "torch.utils": torch.utils, "torch.utils.data": torch})
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
        (self.place / "in" / f"s{number}.py").write_text(text, "utf-8")

    def start(self) -> subprocess.Popen[bytes]:
        """A run, as a process of its own."""
        with (self.place / "said").open("ab") as said:
            return subprocess.Popen(
                [sys.executable, str(HERE / "run_snippets.py"), str(self.place / "in"),
                 "--output", str(self.place / "out")],
                env=os.environ
                | {"TMPDIR": str(self.place / "tmp"), "PYTHONPATH": str(self.place / "stand-in")},
                stdout=said,
                stderr=said,
            )  # fmt: skip

    def wait(self, run: subprocess.Popen[bytes]) -> None:
        """Until this run has written its first record, or has ended."""
        out = self.place / "out"
        before = _written(out)
        while run.poll() is None and _written(out) == before:
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


def _written(out: Path) -> set[int]:
    """Which record folders there are now."""
    found = set()
    for number in range(SCRIPTS):
        try:
            found.add((out / f"s{number}").stat().st_ino)
        except FileNotFoundError:
            continue
    return found


def main() -> int:
    """Run the rounds; the status says whether all went well."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--disk", action="store_true", help="fill a disk of 200 kB, too (Linux)")
    parser.add_argument("--json", type=Path, help="write what was counted into a file")
    wishes = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="faults-") as place:
        for name in ("in", "out", "tmp", "stand-in/torch"):
            (Path(place) / name).mkdir(parents=True)
        (Path(place) / "stand-in/torch/__init__.py").write_text(STAND_IN, "utf-8")
        wrong, counted = kill(Torment(Path(place)), wishes.kills, random.Random(wishes.seed))
        if wishes.disk:
            wrong += fill(Path(place))
    print("\n".join(wrong) or "nothing lost, nothing wrong, nothing left")
    if wishes.json:
        wishes.json.write_text(json.dumps(counted), "utf-8")
    return 1 if wrong else 0


def kill(torment: Torment, kills: int, chance: random.Random) -> tuple[list[str], dict[str, int]]:
    """The rounds, and the run at the end."""
    adopt_orphans()
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
    wrong += left(torment.place)
    counted = {"kills": kills, "checked": torment.checked, "halfway": halfway}
    print(f"{kills} kills, {halfway} with some results saved and others not, "
          f"{torment.checked} records checked, a whole run takes {whole:.1f} s")  # fmt: skip
    return wrong, counted


def living() -> list[str]:
    """Command lines of processes that were started for a run, by it or by what it started."""
    found = []
    for pid in offspring(os.getpid()):
        with suppress(OSError):
            found.append(Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " "))
    return found


def left(place: Path) -> list[str]:
    """What a run should not have left behind."""
    found = [path.name for path in (place / "out").glob(".[no][el][wd]-*")]
    found += [path.name for path in (place / "tmp").glob("loopbook-*")]
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and living():
        time.sleep(0.1)
    found += living()
    if "Traceback" in (said := (place / "said").read_text("utf-8", "replace")):
        found.append(said)
    return [f"left behind: {what}" for what in found]


def fill(place: Path) -> list[str]:
    """Run into a disk that is too small, then with room again."""
    folder, disk = place / "disk-in", place / "disk"
    folder.mkdir()
    disk.mkdir()
    for number in range(SCRIPTS):
        text = SCRIPT.format(number=number, version=1, pause=0) + "print('x' * 50_000)\n"
        (folder / f"s{number}.py").write_text(text, "utf-8")
    run = f"{sys.executable} {HERE / 'run_snippets.py'} {folder} --output {disk}/out"
    steps = (
        f"mount -t tmpfs -o size=200k none {disk} && {run}; echo status $?; df -k {disk}; "
        f"mount -o remount,size=9m {disk} && {run}; echo status $?; ls -A {disk}/out"
    )
    command = ["unshare", "--mount", "sh", "-c", steps]
    if os.geteuid() != 0:
        command.insert(1, "--map-root-user")
    if shutil.which("unshare") is None:
        return ["no disk could be made: there is no command unshare"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    said = done.stdout + done.stderr
    print(f"a disk of 200 kB:\n{said.rstrip()}")
    expected = ("No space left on device", "make room", "status 2", "status 0", " 0 failed")
    wrong = [f"a full disk: {words!r} was not said" for words in expected if words not in said]
    again = [line for line in done.stdout.splitlines() if " reused" in line]
    if "Traceback" in said or not again or " 0 reused" in again[-1] or ".new" in done.stdout:
        wrong.append("a full disk: something was lost, or left, or not understood")
    return wrong


if __name__ == "__main__":
    sys.exit(main())
