"""Pictures of the built pages in both themes and at two widths: python scripts/screenshots.py"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, Request

from loopbook.browser.chromium import chromium
from loopbook.browser.server import served
from loopbook.browser.visit import Traffic
from loopbook.errors import BookError

ROOT = Path(__file__).resolve().parent.parent
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
TALLEST = 5000  # pixels of one picture; browsers draw no picture of any height
OVERLAP = 80  # the header covers this much of a page that has been scrolled
_SCROLL = "top => window.scrollTo({top, behavior: 'instant'})"
WIDTHS = {1280: 900, 360: 740}  # width: height of the first screen


class Camera:
    """Takes pictures of pages, and notes what is wrong with them.

    Args:
        browser: the browser.
        address: where the site is served.
        output: the folder for the pictures.
        full: whether to take the whole page or its first screen.
        unfold: whether to open what is folded.
    """

    def __init__(
        self, browser: Browser, address: str, output: Path, full: bool, unfold: bool
    ) -> None:
        self.faults: set[str] = set()
        self._unfold = unfold
        self._browser, self._address = browser, address
        self._output, self._full = output, full

    def shoot(self, names: list[str], theme: Literal["light", "dark"], width: int) -> None:
        """Take one picture of each page in this theme and width."""
        context = self._browser.new_context(
            color_scheme=theme, viewport={"width": width, "height": WIDTHS[width]}
        )
        page = context.new_page()
        page.on("request", self._asked)
        page.on("console", self._said)
        traffic = Traffic(page)
        for name in names:
            page.goto(self._address if name == "." else f"{self._address}{name}/")
            self._lay_out(page)
            traffic.settle()
            title = "home" if name == "." else name.replace("/", "--")
            for part, top in enumerate(self._tops(page, width), 1):
                page.evaluate(_SCROLL, top)
                page.wait_for_timeout(100)
                picture = self._output / f"{title}.{theme}.{width}.{part:02}.png"
                page.screenshot(path=picture, timeout=120_000)
                print(picture)
            if page.evaluate("document.documentElement.scrollWidth") > width:
                self.faults.add(f"{title} is wider than {width} pixels")
        context.close()

    def _lay_out(self, page: Page) -> None:
        """Show what waits for a reader: parts far down, and folds if asked for."""
        page.add_style_tag(content="* { content-visibility: visible !important }")
        if self._unfold:
            page.evaluate("document.querySelectorAll('details').forEach((d) => (d.open = true))")

    def _tops(self, page: Page, width: int) -> list[int]:
        """Where each picture begins; a long page takes several, which overlap a little."""
        page.set_viewport_size({"width": width, "height": WIDTHS[width]})
        if not self._full:
            return [0]
        total = int(page.evaluate("document.documentElement.scrollHeight"))
        height = min(total, TALLEST)
        page.set_viewport_size({"width": width, "height": height})
        return list(range(0, max(total - OVERLAP, 1), height - OVERLAP))

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self._address, "data:", "blob:")):
            self.faults.add(f"asked another host: {urlsplit(request.url).netloc}")

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.faults.add(f"console: {message.text}")


def page_names(site: Path, wanted: list[str]) -> list[str]:
    """Addresses of the pages below the site, all or those that contain a wanted word."""
    names = [path.parent.relative_to(site).as_posix() for path in site.rglob("index.html")]
    return sorted(n for n in names if not wanted or any(word in n for word in wanted))


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", nargs="*", help="only pages whose address contains this")
    parser.add_argument("--site", type=Path, default=ROOT / "site")
    parser.add_argument("--output", type=Path, default=ROOT / ".build" / "screenshots")
    parser.add_argument("--first-screen", action="store_true", help="not the whole page")
    parser.add_argument("--unfold", action="store_true", help="with all that is folded opened")
    options = parser.parse_args()
    if not (options.site / "index.html").is_file():
        raise BookError("the site is not built", file=options.site, cure="make site")
    options.output.mkdir(parents=True, exist_ok=True)
    with chromium() as browser, served(options.site) as address:
        camera = Camera(browser, address, options.output, not options.first_screen, options.unfold)
        for theme in THEMES:
            for width in WIDTHS:
                camera.shoot(page_names(options.site, options.pages), theme, width)
    for fault in sorted(camera.faults):
        print(fault, file=sys.stderr)
    return 1 if camera.faults else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BookError as error:
        sys.exit(str(error))
