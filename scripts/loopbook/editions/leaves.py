"""The pages of a built site that make the book, in the order of its menu."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from pathlib import Path

from bs4 import BeautifulSoup, Tag

from loopbook.errors import BookError

#: Pages that are read: chapters and labs, and what they refer to. The rest is for the screen.
READ = re.compile(r"part-\d+/[^/]+/|notation/|glossary/|bibliography/")
_NUMBER = re.compile(r"part-(\d+)/(\d+)-")
_LAB = re.compile(r"part-(\d+)/lab-(\d+)")


@dataclass(frozen=True)
class Leaf:
    """One page of the book.

    Attributes:
        href: its address below the site, ending in ``/``.
        part: the heading of the menu that it stands under.
        article: what is on it.
    """

    href: str
    part: str
    article: Tag

    @property
    def slug(self) -> str:
        """The address as one word, which begins the names of its places in the whole book."""
        return self.href.strip("/").replace("/", "-")

    @property
    def number(self) -> str:
        """``1.2`` for a chapter, ``Lab 1`` for a lab, nothing for other pages."""
        if lab := _LAB.match(self.href):
            return f"Lab {lab[2]}"
        chapter = _NUMBER.match(self.href)
        return f"{int(chapter[1])}.{int(chapter[2])}" if chapter else ""

    @property
    def title(self) -> str:
        """The page's title, without the mark of its link."""
        heading = self.article.find("h1")
        if not isinstance(heading, Tag):
            raise BookError(f"the page {self.href} has no title")
        return plain(heading)

    @property
    def name(self) -> str:
        """Number and title; a lab's title begins with its number already."""
        title = self.title
        return title if title.startswith(self.number) else f"{self.number} {title}"


def plain(heading: Tag) -> str:
    """The words of a heading, formulas in theirs."""
    copy = BeautifulSoup(str(heading), "html.parser")
    for link in copy.select("a.headerlink, mjx-container"):
        link.decompose()
    return " ".join(copy.get_text().split())


def leaves(site: Path) -> list[Leaf]:
    """The pages of the book, as the menu of the home page lists them.

    Raises:
        BookError: the site was not built, or its menu names none of them.
    """
    home = site / "index.html"
    if not home.is_file():
        raise BookError("the site is not built", file=site, cure="make site")
    menu = BeautifulSoup(home.read_text("utf-8"), "html.parser").select_one("nav.md-nav--primary")
    found: list[Leaf] = []
    for link in menu.select("a.md-nav__link[href]") if menu else ():
        href = posixpath.normpath(str(link["href"])) + "/"
        if READ.fullmatch(href) and href not in {leaf.href for leaf in found}:
            found.append(_leaf(site, href, _part(link)))
    if not found:
        raise BookError("the menu names no page of the book", file=home, cure="make site")
    return found


def _part(link: Tag) -> str:
    """The heading of the menu above a link."""
    nav = link.find_parent("nav", attrs={"data-md-level": "1"})
    title = nav.find("label", class_="md-nav__title") if isinstance(nav, Tag) else None
    return " ".join(title.get_text().split()) if isinstance(title, Tag) else ""


def _leaf(site: Path, href: str, part: str) -> Leaf:
    file = site / href / "index.html"
    page = BeautifulSoup(file.read_text("utf-8"), "html.parser")
    article = page.select_one("article.md-content__inner")
    if article is None:
        raise BookError("the page has no article", file=file)
    return Leaf(href, part, article)
