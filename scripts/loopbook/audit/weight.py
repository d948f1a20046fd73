"""What a page weighs over the wire, when it has loaded and when it has been read to its end."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Request

from loopbook.browser.visit import visit

#: Goes through a page in steps of a screen, as a reader does, and gives late parts their time.
_READ = """async () => {
  for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight) {
    scrollTo({top: y, behavior: "instant"});
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 20)));
  }
}"""


@dataclass(frozen=True)
class Weight:
    """Bytes that a browser without a cache is sent for one page, headers included.

    Attributes:
        loaded: until the page has loaded.
        read: until it has been scrolled to its end.
        parts: bytes by the path of what was sent, heaviest first.
        hosts: other hosts that were asked.
    """

    loaded: int
    read: int
    parts: dict[str, int]
    hosts: tuple[str, ...]


@dataclass
class _Scale:
    here: str
    sent: dict[str, int] = field(default_factory=dict)
    hosts: set[str] = field(default_factory=set)

    def asked(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != self.here:
            self.hosts.add(parts.netloc)

    def done(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https"):
            sizes = request.sizes()
            size = sizes["responseBodySize"] + sizes["responseHeadersSize"]
            self.sent[parts.path] = self.sent.get(parts.path, 0) + size


def weigh(browser: Browser, address: str, width: int = 412) -> Weight:
    """Load a page into an empty browser, scroll through it, touch nothing.

    Args:
        browser: the browser.
        address: of the page.
        width: of the screen, that of the phone which Lighthouse plays.
    """
    context = browser.new_context(viewport={"width": width, "height": 823})
    try:
        page = context.new_page()
        scale = _Scale(urlsplit(address).netloc)
        page.on("request", scale.asked)
        page.on("requestfinished", scale.done)
        traffic = visit(page, address)
        loaded = sum(scale.sent.values())
        page.evaluate(_READ)
        traffic.settle()
        parts = dict(sorted(scale.sent.items(), key=lambda part: (-part[1], part[0])))
        return Weight(loaded, sum(parts.values()), parts, tuple(sorted(scale.hosts)))
    finally:
        context.close()
