"""Try the newest torch, NumPy and matplotlib, and say what they would change: see --help.

They are installed into an environment of their own; all snippets are run there, into a store of
their own. No .out file and no usual record is touched.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table

from loopbook.errors import BookError
from loopbook.runner.book import RECORDS, judge
from loopbook.upgrade.changes import Runs
from loopbook.upgrade.environment import NEWEST, environment, installed, pins
from loopbook.upgrade.report import Report
from loopbook.upgrade.trial import run_into

ROOT = Path(__file__).resolve().parents[1]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run both, compare and report.

    Returns:
        0 if nothing would change, 1 if something would, 2 if it could not be tried.
    """
    parser = argparse.ArgumentParser(
        prog="upgrade",
        description=__doc__,
        epilog="Exit status: 0 nothing would change, 1 something would, 2 it could not be tried.",
    )
    parser.add_argument("--root", type=Path, default=ROOT, help="the book (default: this one)")
    parser.add_argument("--python", type=Path, help="an environment's interpreter to try instead")
    parser.add_argument("--jobs", type=int, default=0, metavar="N", help="scripts at once")
    wishes = parser.parse_args(arguments)
    begun = time.monotonic()
    try:
        report = tried(wishes.root.resolve(), wishes.python, wishes.jobs)
    except BookError as error:
        print(f"upgrade: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("upgrade: stopped; what was finished is kept", file=sys.stderr)
        return 130
    _say(report, wishes.root.resolve() / ".build" / "upgrade" / "report.md")
    print(f"{time.monotonic() - begun:.0f} s")
    return 1 if report.changes else 0


def tried(root: Path, python: Path | None, jobs: int) -> Report:
    """Run the book's snippets with the pinned versions and with others, and compare.

    Args:
        root: the book's root.
        python: the interpreter of the others; ``None``: an environment is made.
        jobs: scripts at once; 0 for one per processor.

    Raises:
        BookError: the pinned versions fail already, or the others cannot be installed or started.
    """
    made, requirements = root / ".build" / "upgrade", root / "requirements.txt"
    pinned, other = made / "pinned", made / "newest"
    _begin_from(root / RECORDS, pinned)
    session = run_into(root, pinned, jobs)
    complaints = judge(root).complaints(session)
    if complaints:
        raise BookError(
            f"with the pinned versions {len(complaints)} snippet(s) fail already; first "
            f"{next(iter(complaints.values()))}",
            cure="make the book whole with `make site`, then try again",
        )
    python = environment(requirements, made / "venv") if python is None else python
    _run_with(python, root, other, jobs)
    runs = Runs(root, pinned, other)
    found = {script: runs.of(script) for script in session.records}
    return Report.of(found, pins(requirements), installed(python), NEWEST)


def _begin_from(records: Path, store: Path) -> None:
    """Let a new store begin as a copy of the usual one: what is not stale need not run again."""
    if store.exists() or not records.is_dir():
        return
    try:
        shutil.copytree(records, store, ignore=shutil.ignore_patterns(".new-*", ".old-*"))
    except (shutil.Error, OSError):  # another build is writing there: begin with nothing
        shutil.rmtree(store, ignore_errors=True)


def _run_with(python: Path, root: Path, store: Path, jobs: int) -> None:
    command = [str(python), "-m", "loopbook.upgrade.trial", str(root), str(store), str(jobs)]
    environment = os.environ | {"PYTHONPATH": str(ROOT / "scripts")}
    try:
        done = subprocess.run(command, env=environment, check=False)
    except OSError as error:
        raise BookError(f"{python} cannot be run: {error.strerror}") from error
    if done.returncode:
        raise BookError(f"the snippets cannot be run with {python}: see above")


def _say(report: Report, file: Path) -> None:
    """The report on the terminal, as Markdown, and where GitHub shows what a job came to."""
    file.write_text(report.markdown(), "utf-8")
    console = Console(highlight=False)
    for name, pinned, newest in report.versions:
        console.print(f"{name} {pinned} → {newest}", markup=False)
    if report.changes:
        head, *rows = report.rows()
        table = Table(*head, box=box.SIMPLE)
        for row in rows:
            table.add_row(*map(_plain, row))
        console.print(table)
    console.print(report.summary, markup=False, soft_wrap=True)
    if summary := os.environ.get("GITHUB_STEP_SUMMARY"):
        with Path(summary).open("a", encoding="utf-8") as page:
            page.write(report.markdown())


def _plain(text: str) -> str:
    return text.replace("[", "\\[")


if __name__ == "__main__":
    sys.exit(main())
