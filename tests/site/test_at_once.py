"""Several builds of one book at once, and a build that is killed: never a wrong page."""

from __future__ import annotations

import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from loopbook.runner.offspring import adopt_orphans, offspring

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
    book: Path, site: Path, before: Callable[[], object] = lambda: None
) -> subprocess.Popen[str]:
    """A build, under way, in a process that first does something to itself."""

    def prepare() -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        before()

    return subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "build", "--site-dir", str(site)],
        cwd=book,
        env={k: v for k, v in os.environ.items() if k not in ("SITE_URL", "REPO_URL")},
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


def test_the_build_after_one_that_was_killed_or_stopped_is_right(
    tiny_book: Path, tmp_path: Path, build_book: Build
) -> None:
    lengthen(tiny_book)
    assert build_book(tiny_book, tmp_path / "site").returncode == 0
    right = contents(tmp_path / "site")
    adopt_orphans()
    chance, before = random.Random(1), offspring(os.getpid())
    for number in (signal.SIGKILL, signal.SIGTERM, signal.SIGINT):
        (tiny_book / SNIPPET / "plot.py").write_text(f"{PLOT}{number} + 0\n", "utf-8")
        build = start(tiny_book, tmp_path / "site")
        assert build.stdout
        build.stdout.readline()  # the snippet was run: now pages are made
        time.sleep(chance.uniform(0, 2))
        build.send_signal(number)
        assert "Traceback" not in build.communicate(timeout=60)[0]
        until = time.monotonic() + 60
        while left := offspring(os.getpid()) - before:
            assert time.monotonic() < until, left
            time.sleep(0.05)
    (tiny_book / SNIPPET / "plot.py").write_text(PLOT, "utf-8")
    assert build_book(tiny_book, tmp_path / "site").returncode == 0
    assert contents(tmp_path / "site") == right


def test_a_full_disk_ends_the_build_with_a_message(tiny_book: Path, tmp_path: Path) -> None:
    def shrink() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000))

    build = start(tiny_book, tmp_path / "site", shrink)
    said = build.communicate()[0]
    assert build.returncode == 1
    assert "File too large" in said and "The site was not built" in said
    assert "Traceback" not in said
