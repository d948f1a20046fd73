"""Every link inside the site leads somewhere, and no page asks another host for anything."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup

# The site's own address, where nothing is set.
OWN = "http://127.0.0.1:8000/"
# Elements that a browser fetches by itself, and the attribute that says from where.
FETCHED = {
    "script": "src",
    "img": "src",
    "source": "src",
    "iframe": "src",
    "video": "src",
    "audio": "src",
    "object": "data",
    "embed": "src",
    "image": "href",
    "use": "href",
}
# Links in the head that are addresses only.
NOT_FETCHED = {"canonical", "alternate", "prev", "next", "license"}


def external(address: str) -> bool:
    """Whether a browser would go to another host for it."""
    parts = urlsplit(address)
    return parts.netloc != "" and not address.startswith(OWN)


def asked_elsewhere(html: str) -> list[str]:
    """What a page makes the browser fetch from another host."""
    page = BeautifulSoup(html, "html.parser")
    wanted = [
        str(tag[attribute]) for name, attribute in FETCHED.items()
        for tag in page.find_all(name) if tag.has_attr(attribute)
    ]  # fmt: skip
    wanted += [
        str(link.get("href", ""))
        for link in page.find_all("link")
        if not NOT_FETCHED.intersection(link.get("rel") or [])
    ]
    wanted += [
        part.split()[0] for tag in page.select("[srcset]") for part in str(tag["srcset"]).split(",")
    ]
    styles = [style.get_text() for style in page.find_all("style")]
    styles += [str(tag["style"]) for tag in page.select("[style]")]
    wanted += [address for style in styles for address in asked_by_style(style)]
    # The theme's script asks the repository's host for stars where it sees this attribute.
    wanted += ["//stars" for _ in page.select('[data-md-component="source"]')]
    return [address for address in wanted if external(address)]


def asked_by_style(css: str) -> list[str]:
    """Addresses in a style sheet."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    return [m[1] for m in re.finditer(r"(?:url\(|@import)\s*[\"']?([^\"')\s;]+)", css)]


def goal(page: str, address: str, files: set[str]) -> tuple[str, str] | None:
    """File below the site and place in it that a page's address means; nothing for other hosts."""
    full, fragment = urldefrag(urljoin(OWN + page, address))
    if not full.startswith(OWN):
        return None
    path = unquote(urlsplit(full).path).removeprefix("/")
    if path == "" or path.endswith("/"):
        path += "index.html"
    elif path not in files and f"{path}/index.html" in files:
        path += "/index.html"  # servers add the slash
    return path, unquote(fragment)


def dead_links(pages: dict[str, BeautifulSoup], files: set[str]) -> list[str]:
    """Links between pages and to files whose goal is not there."""
    places = {name: {str(tag["id"]) for tag in page.select("[id]")} for name, page in pages.items()}
    dead = []
    for name, page in pages.items():
        wanted = {str(tag["href"]) for tag in page.select("[href]")}
        wanted |= {str(tag["src"]) for tag in page.select("[src]")}
        for address in sorted(wanted):
            found = goal(name, address, files)
            if found is None:
                continue
            file, place = found
            if file not in files:
                dead.append(f"{name}: {address} leads nowhere")
            elif place and file in places and place not in places[file]:
                dead.append(f"{name}: {address} has no such place")
    return dead


def files_of(site: Path) -> set[str]:
    """All files of the site by their path below it."""
    return {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}


def test_every_internal_link_and_anchor_resolves(
    site: Path, pages: dict[str, BeautifulSoup]
) -> None:
    assert not dead_links(pages, files_of(site))


@pytest.mark.parametrize(
    "href", ["b/", "a/#gone", "#gone", "a/index.htm", "/b/", f"{OWN}b/", "x.py/"]
)
def test_dead_links_are_seen(href: str) -> None:
    pages = {
        "index.html": BeautifulSoup(f'<p id="top"><a href="{href}">x</a>', "html.parser"),
        "a/index.html": BeautifulSoup('<p id="here"><a href="../#top">', "html.parser"),
    }
    assert len(dead_links(pages, {"index.html", "a/index.html", "x.py"})) == 1


@pytest.mark.parametrize("href", ["a/", "a", "a/#here", "#top", ".", "./", "x.py", "/a/", OWN])
def test_living_links_pass(href: str) -> None:
    pages = {
        "index.html": BeautifulSoup(f'<p id="top"><a href="{href}">x</a>', "html.parser"),
        "a/index.html": BeautifulSoup('<p id="here">', "html.parser"),
    }
    assert not dead_links(pages, {"index.html", "a/index.html", "x.py"})


def test_no_page_asks_another_host(site: Path) -> None:
    found = {
        path.relative_to(site).as_posix(): asked
        for path in site.rglob("*.html")
        if (asked := asked_elsewhere(path.read_text("utf-8")))
    }
    assert not found


def test_no_style_sheet_asks_another_host(site: Path) -> None:
    sheets = list(site.rglob("*.css"))
    assert len(sheets) >= 5
    for sheet in sheets:
        asked = asked_by_style(sheet.read_text("utf-8"))
        assert not [address for address in asked if external(address)]


def test_every_font_and_picture_of_a_style_sheet_is_there(site: Path) -> None:
    for sheet in site.rglob("*.css"):
        for address in asked_by_style(sheet.read_text("utf-8")):
            if not address.startswith(("data:", "#")):
                assert (sheet.parent / unquote(urlsplit(address).path)).is_file(), address


@pytest.mark.parametrize(
    "html",
    [
        '<script src="https://cdn.example/x.js"></script>',
        '<link rel="stylesheet" href="//fonts.example/css">',
        '<link rel="preconnect" href="https://fonts.example">',
        '<img src="http://pictures.example/a.png">',
        '<img srcset="a.png 1x, https://pictures.example/b.png 2x">',
        "<style>@font-face { src: url(https://fonts.example/a.woff2) }</style>",
        "<style>@import 'https://fonts.example/a.css';</style>",
        '<p style="background: url(//pictures.example/a.png)">',
        '<a data-md-component="source" href="x">',
    ],
)
def test_requests_to_another_host_are_seen(html: str) -> None:
    assert asked_elsewhere(html)


def test_a_link_to_another_host_is_no_request() -> None:
    assert not asked_elsewhere('<a href="https://doi.org/10.1000/1">paper</a>')
