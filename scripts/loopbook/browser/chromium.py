"""Chromium: where it is, and how it is started so that it talks to nobody but us."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Error, Playwright, sync_playwright

from loopbook.errors import BookError

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
#: Switches for a browser that is watched by a program.
QUIET = (
    "--no-sandbox",  # some machines allow no sandbox
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",  # it shall ask nobody but us
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


def executable(playwright: Playwright) -> str:
    """The path of an installed Chromium: the system's, or the one that Playwright installed.

    Raises:
        BookError: there is none.
    """
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    own = playwright.chromium.executable_path
    if found or Path(own).is_file():
        return found or own
    raise BookError(
        "no Chromium was found",
        cure="install the system's package (Debian: apt-get install chromium), "
        "or: python -m playwright install chromium",
    )


@contextmanager
def chromium(*switches: str) -> Iterator[Browser]:
    """A headless Chromium, closed at the end.

    Args:
        switches: what else it is started with.

    Raises:
        BookError: there is none, or it does not start.
    """
    with sync_playwright() as playwright:
        path = executable(playwright)
        try:
            browser = playwright.chromium.launch(executable_path=path, args=[*QUIET, *switches])
        except Error as error:
            raise BookError(f"{path} does not start: {error}") from error
        try:
            yield browser
        finally:
            browser.close()
