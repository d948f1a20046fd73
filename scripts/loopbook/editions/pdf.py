"""The whole book as one PDF, printed by Chromium, with page numbers in its contents."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Page
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, ByteStringObject, NameObject

from loopbook.browser.server import served
from loopbook.editions.bind import bind
from loopbook.editions.leaves import leaves
from loopbook.errors import BookError

FOOTER = (
    '<div style="width:100%;font:8px sans-serif;text-align:center;color:#555">'
    '<span class="pageNumber"></span></div>'
)
#: The contents' length may change when page numbers are filled in, but not often.
ROUNDS = 4


def write_pdf(browser: Browser, site: Path, target: Path) -> int:
    """Print the book; returns how many pages of paper it has.

    Args:
        browser: prints.
        site: the built site.
        target: the PDF; it appears whole or not at all.

    Raises:
        BookError: the site is not built, something of the book cannot be loaded, or a link of
            the book leads nowhere.
    """
    pages = leaves(site)
    title, base = _title_and_base(site)
    book = bind(pages, title, base)
    numbers: dict[str, int] = {}
    for _ in range(ROUNDS):
        data = _printed(browser, site, book.page(numbers), final=bool(numbers))
        found = _places(data)
        if found == numbers:
            return _finish(data, title, target)
        numbers = found
    raise BookError("the page numbers of the contents do not settle", file=target)


def _title_and_base(site: Path) -> tuple[str, str]:
    """The book's title, and where it is published; no address if that is this machine."""
    home = BeautifulSoup((site / "index.html").read_text("utf-8"), "html.parser")
    link = home.select_one('link[rel="canonical"]')
    address = str(link["href"]) if link else ""
    name = home.select_one(".md-header__title .md-ellipsis")
    title = " ".join(name.get_text().split()) if name else "Book"
    return title, "" if "//127.0.0.1" in address or "//localhost" in address else address


def _printed(browser: Browser, site: Path, document: str, final: bool) -> bytes:
    with _stand_beside(site, document) as folder, served(folder) as address:
        page = browser.new_page(color_scheme="light")
        lost: list[str] = []
        page.on("response", lambda r: lost.append(r.url) if r.status >= 400 else None)
        page.on("requestfailed", lambda request: lost.append(request.url))
        page.goto(f"{address}book.html", wait_until="load")
        page.evaluate("document.fonts.ready")
        dead = _dead_links(page)
        if lost or dead:
            page.close()
            raise BookError(
                "the printed book would lack "
                + ", ".join(
                    [*(f"the file {url}" for url in lost), *(f"the place {d}" for d in dead)]
                )
            )
        data = page.pdf(
            format="A4",
            margin={"top": "18mm", "bottom": "18mm", "left": "20mm", "right": "20mm"},
            print_background=True,
            display_header_footer=True,
            header_template="<span></span>",
            footer_template=FOOTER,
            outline=final,
            tagged=final,
        )
        page.close()
    return data


def _dead_links(page: Page) -> list[str]:
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('a[href^="#"]')]
            .map((link) => decodeURIComponent(link.getAttribute("href").slice(1)))
            .filter((place) => !document.getElementById(place))"""
    )
    return sorted(set(found))


@contextmanager
def _stand_beside(site: Path, document: str) -> Iterator[Path]:
    """A folder in which the document finds what the site's pages find."""
    with tempfile.TemporaryDirectory(prefix="book-") as name:
        folder = Path(name)
        for part in site.iterdir():
            (folder / part.name).symlink_to(part.resolve(), target_is_directory=part.is_dir())
        (folder / "book.html").write_text(document, "utf-8")
        yield folder


def _places(data: bytes) -> dict[str, int]:
    """The page of paper on which each linked place begins, counted from one."""
    with tempfile.TemporaryFile() as file:
        file.write(data)
        reader = PdfReader(file)
        numbers: Mapping[str, int | None] = {
            name.removeprefix("/"): reader.get_destination_page_number(place)
            for name, place in reader.named_destinations.items()
        }
    return {name: number + 1 for name, number in numbers.items() if number is not None}


def _finish(data: bytes, title: str, target: Path) -> int:
    """Write the PDF without the time of printing, so that equal books are equal bytes."""
    with tempfile.TemporaryFile() as file:
        file.write(data)
        writer = PdfWriter(clone_from=file)
    writer.metadata = {"/Title": title, "/Producer": "Chromium"}
    fixed = ByteStringObject(b"0" * 16)
    writer._ID = ArrayObject([fixed, fixed])
    writer.root_object[NameObject("/PageMode")] = NameObject("/UseOutlines")
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(f"{target.name}.new")
    with fresh.open("wb") as out:
        writer.write(out)
    fresh.replace(target)
    return len(writer.pages)
