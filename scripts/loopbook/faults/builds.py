"""Builds that are killed: the next one makes the site of a book that nothing ever happened to.

A book of short pages, with scripts, figures, formulas and a notebook, in several versions. The
site of each is built once in a copy of its own. In each round the book takes another version, a
build begins (in every fourth round two at once), and after a random time it gets SIGKILL, SIGTERM
or SIGINT, in turn; two get SIGKILL. It has ended within two seconds. The build after that goes
through, and its site must be the copy's, byte for byte.
"""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from loopbook.faults.remains import remains, watched
from loopbook.faults.standin import surroundings
from loopbook.reproduce.differences import differences
from loopbook.synthetic.small import EDITS, ONE, RUN, TWO, write_book

#: What changes with a version, besides what a script prints and draws.
CHANGES = ("text", "heading", "meaning", "notation", "exercise", "style")
#: Seconds within which a build has ended that gets a signal.
PATIENCE = 2.0
SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT)


@dataclass(frozen=True)
class Victim:
    """A book whose builds are killed.

    Attributes:
        place: where all happens.
    """

    place: Path

    @property
    def book(self) -> Path:
        """The book."""
        return self.place / "book"

    @property
    def site(self) -> Path:
        """Where its site is built."""
        return self.place / "site"

    def write(self, version: int) -> None:
        """Give the book a version; what was built before stays where it is."""
        for part in ("docs", "snippets", "tests", "scripts"):
            shutil.rmtree(self.book / part, ignore_errors=True)
        made = self.place / "made"
        write_book(made)
        shutil.rmtree(made / ".build")  # its scripts are to be run
        for change in CHANGES:
            EDITS[change](made, version)
        with (made / f"docs/{ONE}.md").open("a", encoding="utf-8") as chapter:
            chapter.write("\n/// takeaway\n///\n")
        (made / f"snippets/{TWO}/run.py").write_text(RUN.format(version + 5), "utf-8")
        (made / f"snippets/{TWO}/run.out").write_text(f"sum: {version + 5}\n", "utf-8")
        shutil.copytree(made, self.book, dirs_exist_ok=True)
        shutil.rmtree(made)

    def start(self, site: Path) -> subprocess.Popen[bytes]:
        """A build, as a process of its own."""
        with (self.place / "said").open("ab") as said:
            return subprocess.Popen(
                [sys.executable, "-m", "mkdocs", "build", "--site-dir", str(site)],
                cwd=self.book,
                env=surroundings(self.place),
                stdout=said,
                stderr=said,
                preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
            )

    def kill(self, count: int, number: signal.Signals, seconds: float) -> tuple[bool, float]:
        """Begin as many builds and end them after so long.

        Returns:
            Whether they were under way, and the seconds until they had ended.
        """
        said = self.place / "said"
        before = said.stat().st_size
        builds = [self.start(self.site) for _ in range(count)]
        if number != signal.SIGKILL:  # a Python that is only starting says where it was
            while said.stat().st_size == before and builds[0].poll() is None:
                time.sleep(0.01)
        time.sleep(seconds)
        midway = any(build.poll() is None for build in builds)
        begin = time.monotonic()
        for build in builds:
            build.send_signal(number)
            build.wait()
        return midway, time.monotonic() - begin

    def finish(self, site: Path) -> list[str]:
        """Build to the end; what is wrong."""
        status = self.start(site).wait()
        said = (self.place / "said").read_text("utf-8", "replace")
        return [f"a build ends with status {status}: {said[-2000:]}"] if status else []


def kill_builds(
    place: Path, kills: int, chance: random.Random, versions: int = 3
) -> tuple[list[str], dict[str, int]]:
    """The untouched sites, the rounds, and a look at what is left.

    Args:
        place: an empty folder.
        kills: how many rounds.
        chance: of versions and moments.
        versions: how many there are of the book.

    Returns:
        What is wrong, in words; and what was counted.
    """
    wrong: list[str] = []
    before = watched()
    for version in range(versions):
        untouched = Victim(place / f"untouched-{version}")
        untouched.write(version)
        wrong += untouched.finish(place / f"site-{version}")
    victim, now, midway, slowest = Victim(place), 0, 0, 0.0
    for now in range(2):
        victim.write(now)
        begin = time.monotonic()
        wrong += victim.finish(victim.site)
        whole = time.monotonic() - begin
    for round_ in range(1, kills + 1):
        now = (now + chance.randrange(1, versions)) % versions
        victim.write(now)
        two = round_ % 4 == 0
        number = signal.SIGKILL if two else SIGNALS[round_ % len(SIGNALS)]
        under_way, took = victim.kill(1 + two, number, chance.uniform(0.0, 1.0) * whole)
        midway, slowest = midway + under_way, max(slowest, took)
        found = [f"{number.name} took {took:.1f} s"] if took > PATIENCE else []
        found += victim.finish(victim.site)
        found += [str(each) for each in differences(victim.site, place / f"site-{now}")]
        wrong += [f"build {round_}: {what}" for what in found]
        print(f"{round_} of {kills} builds killed: {'; '.join(found) or 'all well'}", flush=True)
    wrong += remains(place, before, [victim.book / ".build/records"])
    print(
        f"{kills} builds killed, {midway} before they were done, within {slowest:.1f} s; "
        f"a build takes {whole:.1f} s"
    )
    return wrong, {"builds": kills, "midway": midway}
