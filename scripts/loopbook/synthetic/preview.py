"""A live preview as its author sees it: how long until a change stands in the browser."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page

from loopbook.errors import BookError

#: Seconds that the first build of a preview may take, and one change.
BEGIN, CHANGE = 900.0, 300.0
#: Asked before each frame, of whatever document the page then holds.
_SHOWN = "words => document.querySelector('article')?.textContent.includes(words)"


@contextmanager
def preview(root: Path) -> Iterator[str]:
    """``mkdocs serve`` until the block ends; the address, ending in ``/``.

    Raises:
        BookError: it does not begin to serve.
    """
    with socket.create_server(("127.0.0.1", 0)) as free:
        host = f"127.0.0.1:{free.getsockname()[1]}"
    command = [sys.executable, "-m", "mkdocs", "serve", "--quiet", "--dev-addr", host]
    environment = os.environ | {"SITE_URL": f"http://{host}/", "NO_MKDOCS_2_WARNING": "1"}
    process = subprocess.Popen(command, cwd=root, env=environment)
    try:
        end = time.monotonic() + BEGIN
        while not _answers(f"http://{host}/"):
            if process.poll() is not None or time.monotonic() > end:
                raise BookError("the preview does not begin", file=root / "mkdocs.yml")
            time.sleep(0.2)
        yield f"http://{host}/"
    finally:
        process.terminate()
        process.wait()


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5):
            return True
    except (urllib.error.URLError, OSError):
        return False


def author_page(browser: Browser) -> Page:
    """A page as a person has it, of the window's size.

    By default Playwright emulates a screen and its colours, and lets go of both before each
    navigation: the page that is left is laid out once more, which nobody who writes waits for.
    """
    return browser.new_page(
        no_viewport=True, color_scheme="null", reduced_motion="null", forced_colors="null"
    )


def seconds_until_shown(
    page: Page, change: Callable[[str], object], words: str, times: int
) -> list[float]:
    """Seconds from each change until its words stand in the page that is open.

    The author looks at what is shown for one, two or three seconds before the next change, which
    so meets a preview that waits, or one that still builds the other pages.

    Args:
        page: shows what will change.
        change: makes a change with the words that it is given.
        words: how they begin; each change has a number behind them.
        times: how many changes.
    """
    found = []
    for number in range(times):
        page.wait_for_load_state("load")
        time.sleep(1.0 + number % 3)  # the last reload is over, and its poll has begun
        start = time.perf_counter()
        change(f"{words} {number}.")
        page.wait_for_function(_SHOWN, arg=f"{words} {number}.", timeout=CHANGE * 1000)
        found.append(time.perf_counter() - start)
    return found
