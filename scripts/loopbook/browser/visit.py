"""A visit to a page, which ends when the page is there and asks for nothing any more.

Playwright's "networkidle" only says that nothing was asked for during half a second. On a busy
machine that happens between two parts of a page which is still being read, and it is said once.
"""

from __future__ import annotations

from playwright.sync_api import Page, Request

#: Milliseconds between two looks at what is under way.
_LOOK = 100


class Traffic:
    """What a page is asking for, from the moment this is made.

    Args:
        page: the page.
    """

    def __init__(self, page: Page) -> None:
        self._page = page
        self._under_way: set[Request] = set()
        page.on("request", self._begun)
        page.on("requestfinished", self._ended)
        page.on("requestfailed", self._ended)

    def _begun(self, request: Request) -> None:
        self._under_way.add(request)

    def _ended(self, request: Request) -> None:
        self._under_way.discard(request)

    def settle(self) -> None:
        """Wait until nothing has been under way for half a second, at most for half a minute."""
        quiet = 0
        for _ in range(300):
            self._page.wait_for_timeout(_LOOK)
            quiet = 0 if self._under_way else quiet + 1
            if quiet == 5:
                return


def visit(page: Page, address: str) -> Traffic:
    """Go to a page, and wait until all of it is loaded and what its scripts asked for is there.

    Args:
        page: where it is opened.
        address: the page's.

    Returns:
        The page's traffic, to wait for what it asks for later.
    """
    traffic = Traffic(page)
    page.goto(address, wait_until="load")
    traffic.settle()
    return traffic
