"""A build that is stopped, or fails, while notebooks run beside it ends at once, and so do they."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

SLOW = '''"""Take a minute in a notebook, and no time elsewhere."""

import sys
import time

if "ipykernel" in sys.modules:
    open({marker!r}, "w").close()
    time.sleep(60)
'''
FOLDER = "part-1/1-tiny"
BUILD = ("-m", "mkdocs", "build")
SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"
RUN = "import pathlib, loopbook.runner.cli; loopbook.runner.cli.main(pathlib.Path.cwd(), [])"


@pytest.fixture
def temporary() -> Iterator[Path]:
    """A folder for temporary files, short enough for a kernel's sockets."""
    with tempfile.TemporaryDirectory(dir="/tmp") as place:
        yield Path(place)


@pytest.fixture
def slow_book(tiny_book: Path, temporary: Path) -> Path:
    """A book with a slow notebook, which leaves a file when it has come to its slow part."""
    slow = SLOW.format(marker=str(temporary / "there"))
    (tiny_book / f"snippets/{FOLDER}/slow.py").write_text(slow, "utf-8")
    (tiny_book / f"snippets/{FOLDER}/slow.out").write_text("", "utf-8")
    with (tiny_book / f"docs/{FOLDER}.md").open("a", encoding="utf-8") as chapter:
        chapter.write("\n/// code | slow.py\n///\n\n/// takeaway\n///\n")
    return tiny_book


def begun(book: Path, temporary: Path, *command: str) -> subprocess.Popen[str]:
    """A build of a book, or another command for it."""
    return subprocess.Popen(
        [sys.executable, *(command or BUILD)],
        cwd=book,
        env=os.environ | {"TMPDIR": str(temporary)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )


def come_to(done: Callable[[], bool], build: subprocess.Popen[str]) -> None:
    until = time.monotonic() + 120
    while not done():
        assert time.monotonic() < until and build.poll() is None
        time.sleep(0.02)


def left_running(temporary: Path) -> list[str]:
    """The processes that work in a folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if os.readlink(process / "cwd").startswith(f"{temporary}/"):
                found.append((process / "cmdline").read_text().replace("\0", " "))
        except OSError:
            continue
    return found


@pytest.mark.usefixtures("hangups")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_a_build_and_its_notebooks_within_two_seconds(
    slow_book: Path, temporary: Path, number: signal.Signals
) -> None:
    build = begun(slow_book, temporary)
    come_to((temporary / "there").exists, build)
    assert left_running(temporary)
    begin = time.monotonic()
    build.send_signal(number)
    said, _ = build.communicate(timeout=100)
    assert time.monotonic() < begin + 2
    assert build.returncode == 1
    assert "Aborted!" in said and "Traceback" not in said
    assert left_running(temporary) == []
    assert not list(temporary.glob("loopbook-*"))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_finishing_of_a_site_as_soon(
    slow_book: Path, temporary: Path, number: signal.Signals
) -> None:
    for command in (("-c", RUN), ("-m", "zensical", "build", "--clean")):
        prepared = begun(slow_book, temporary, *command)
        said, _ = prepared.communicate(timeout=120)
        assert prepared.returncode == 0, said
    finishing = begun(slow_book, temporary, str(SCRIPTS / "finish_site.py"), "site")
    come_to((temporary / "there").exists, finishing)
    begin = time.monotonic()
    finishing.send_signal(number)
    said, _ = finishing.communicate(timeout=100)
    assert time.monotonic() < begin + 2
    assert (finishing.returncode, said) == (128 + number, "finish_site: stopped\n")
    assert left_running(temporary) == []
    assert not list(temporary.glob("loopbook-*"))


def test_a_build_that_fails_waits_for_no_notebook(slow_book: Path, temporary: Path) -> None:
    home = slow_book / "docs/index.md"
    home.write_text(home.read_text("utf-8") + "\n/// code | none.py\n///\n", "utf-8")
    begin = time.monotonic()
    build = begun(slow_book, temporary)
    said, _ = build.communicate(timeout=100)
    assert time.monotonic() < begin + 50, "the notebook alone takes a minute"
    assert build.returncode == 1 and "docs/index.md" in said and "Traceback" not in said
    assert left_running(temporary) == []
    assert not list(temporary.glob("loopbook-*"))
