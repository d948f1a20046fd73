"""Pictures of the built pages in both themes and at two widths: python scripts/screenshots.py"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Request

from loopbook.browser.chromium import chromium
from loopbook.browser.server import served
from loopbook.errors import BookError

ROOT = Path(__file__).resolve().parent.parent
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
WIDTHS = {1280: 900, 360: 740}  # width: height of the first screen


class Camera:
    """Takes pictures of pages, and notes what is wrong with them.

    Args:
        browser: the browser.
        address: where the site is served.
        output: the folder for the pictures.
        full: whether to take the whole page or its first screen.
    """

    def __init__(self, browser: Browser, address: str, output: Path, full: bool) -> None:
        self.faults: set[str] = set()
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
        for name in names:
            page.goto(self._address if name == "." else f"{self._address}{name}/")
            page.wait_for_load_state("networkidle")
            title = "home" if name == "." else name.replace("/", "--")
            picture = self._output / f"{title}.{theme}.{width}.png"
            page.screenshot(path=picture, full_page=self._full)
            print(picture)
            if page.evaluate("document.documentElement.scrollWidth") > width:
                self.faults.add(f"{title} is wider than {width} pixels")
        context.close()

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
    options = parser.parse_args()
    if not (options.site / "index.html").is_file():
        raise BookError("the site is not built", file=options.site, cure="make site")
    options.output.mkdir(parents=True, exist_ok=True)
    with chromium() as browser, served(options.site) as address:
        camera = Camera(browser, address, options.output, not options.first_screen)
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
