"""Several builds of one book at once, and a build that is killed: never a wrong page."""

from __future__ import annotations

import os
import random
import resource
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from loopbook.faults.builds import kill_builds

Build = Callable[..., subprocess.CompletedProcess[str]]
CHAPTER = "docs/part-1/1-tiny.md"
SNIPPET = "snippets/part-1/1-tiny"
PLOT = '''"""Draw."""

import matplotlib.pyplot as plt

print("drawn")
plt.figure("line")
plt.plot([1, 2])
plt.show()
'''


def start(
    book: Path, site: Path, before: Callable[[], object] = lambda: None, **environment: str
) -> subprocess.Popen[str]:
    """A build, under way, in a process that first does something to itself."""

    def prepare() -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        before()

    return subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "build", "--site-dir", str(site)],
        cwd=book,
        env={k: v for k, v in os.environ.items() if k not in ("SITE_URL", "REPO_URL")}
        | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        preexec_fn=prepare,
    )


def contents(site: Path) -> dict[str, bytes]:
    return {p.relative_to(site).as_posix(): p.read_bytes() for p in site.rglob("*") if p.is_file()}


def lengthen(book: Path) -> None:
    """A chapter with a figure, and a snippet that was not run yet."""
    (book / SNIPPET / "plot.py").write_text(PLOT, "utf-8")
    (book / SNIPPET / "plot.out").write_text("drawn\n", "utf-8")
    figure = "\n/// figure | plot.py: line\n    alt: A line.\n    label: line\nA line.\n///\n"
    path = book / CHAPTER
    path.write_text(path.read_text("utf-8") + figure, "utf-8")


def test_four_builds_at_once_come_to_the_same_site(tiny_book: Path, tmp_path: Path) -> None:
    lengthen(tiny_book)
    builds = [start(tiny_book, tmp_path / "site") for _ in range(4)]
    said = [build.communicate()[0] for build in builds]
    assert [build.returncode for build in builds] == [0] * 4, said
    assert any("Another build writes into" in words for words in said)
    together = contents(tmp_path / "site")
    alone = start(tiny_book, tmp_path / "alone")
    alone.communicate()
    assert alone.returncode == 0
    assert together == contents(tmp_path / "alone")
    assert b"<svg" in together["part-1/1-tiny/index.html"]


def test_the_build_after_one_that_was_killed_or_stopped_is_right(tmp_path: Path) -> None:
    """Three of them, one of each signal; ``make faults`` makes twenty."""
    wrong, counted = kill_builds(tmp_path, 3, random.Random(1), versions=2)
    assert not wrong and counted["builds"] == 3


def test_a_full_disk_ends_the_build_with_a_message(tiny_book: Path, tmp_path: Path) -> None:
    def shrink() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000))

    build = start(tiny_book, tmp_path / "site", shrink)
    said = build.communicate()[0]
    assert build.returncode == 1
    assert "File too large" in said and "The site was not built" in said
    assert "Traceback" not in said
