"""What all tests share: the site, built once from the tree as it is."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser

from loopbook.browser.chromium import chromium
from loopbook.browser.server import served

# The same examples in every run: a test that fails here fails for everyone.
settings.register_profile("steady", derandomize=True)
settings.load_profile("steady")

ROOT = Path(__file__).resolve().parents[1]
# Tests may run side by side: each process makes its own things.
MADE = ROOT / ".build" / "tests" / os.environ.get("PYTEST_XDIST_WORKER", "alone")


def build(root: Path, site: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Build the book below ``root`` into a folder that is empty before, in a process of its own."""
    shutil.rmtree(site, ignore_errors=True)
    unset = {"SITE_URL", "REPO_URL", "EDIT_URI", "PYTHONHASHSEED"}
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--site-dir", str(site)],
        cwd=root,
        env={k: v for k, v in os.environ.items() if k not in unset} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="session")
def build_book() -> Callable[..., subprocess.CompletedProcess[str]]:
    """build_book(root, site, NAME=VALUE…) builds a book and returns what the command said."""
    return build


@pytest.fixture(scope="session")
def site() -> Path:
    """The folder of the built site; stale snippets are run first."""
    folder = MADE / "site"
    done = build(ROOT, folder, PYTHONHASHSEED="1")
    if done.returncode:
        pytest.fail(f"the site does not build:\n{done.stdout}\n{done.stderr}", pytrace=False)
    return folder


@pytest.fixture
def hangups() -> Iterator[None]:
    """What is started hears when its terminal is closed, even if ``nohup`` runs the tests."""
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGHUP, before)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium, shared by the tests of one process; open a new context in each."""
    with chromium() as started:
        yield started


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Where the built site is served with gzip, ending in ``/``."""
    with served(site) as url:
        yield url
