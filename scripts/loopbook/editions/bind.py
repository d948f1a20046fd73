"""All pages of the book in one: places renamed, links turned inwards, answers at the end."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urldefrag, urljoin

from bs4 import BeautifulSoup, Tag

from loopbook.editions.leaves import Leaf, plain

STYLE = Path(__file__).with_name("book.css")
#: Attributes that name places of the same page.
REFERENCES = ("for", "aria-labelledby", "aria-describedby", "aria-controls")
_INNER = re.compile(r"url\(\s*#([^)]+)\)")
#: Of use on a screen only.
SCREEN = "script, .headerlink, .md-clipboard, .run-download, .md-content__button, .screen-only"
ANSWERS = "answers"
#: What is put off to the end of the book: the rest is shown where it stands.
PUT_OFF = ("hint", "solution")


@dataclass(frozen=True)
class Bound:
    """The whole book as one HTML page, but for the numbers of the paper's pages.

    Attributes:
        head: all before the contents.
        entries: the contents: place, words and kind of each.
        body: all behind the contents.
    """

    head: str
    entries: tuple[tuple[str, str, str], ...]
    body: str

    def page(self, numbers: Mapping[str, int]) -> str:
        """The HTML page.

        Args:
            numbers: the page of paper on which each place begins, as far as known.
        """
        contents = "".join(_entry(*entry, numbers) for entry in self.entries)
        return f"{self.head}<ol>{contents}</ol>{self.body}"


def bind(leaves: list[Leaf], title: str, base: str) -> Bound:
    """Bind the pages of the book.

    Args:
        leaves: the pages, in order.
        title: of the book.
        base: the published site's address, for links to pages that are not bound; without one,
            they are no links.
    """
    slugs = {leaf.href: leaf.slug for leaf in leaves}
    answers: list[str] = []
    bodies: list[str] = []
    entries: list[tuple[str, str, str]] = []
    part = ""
    for leaf in leaves:
        article = _renamed(leaf)
        for unwanted in article.select(SCREEN):
            unwanted.decompose()
        _turn_links(article, leaf, slugs, base)
        sections = _number_headings(article, leaf)
        _unfold(article, leaf, answers)
        if leaf.part != part:
            part = leaf.part
            entries.append(("", part, "part"))
        entries.append((leaf.slug, leaf.name, "chapter"))
        if leaf.number:
            entries += [(place, words, "section") for place, words in sections]
        bodies.append(
            f'<section class="leaf" id="{leaf.slug}">{article.decode_contents()}</section>'
        )
    if answers:
        entries.append((ANSWERS, "Hints and solutions", "chapter"))
        bodies.append(
            f'<section class="leaf" id="{ANSWERS}"><h1>Hints and solutions</h1>'
            f"{''.join(answers)}</section>"
        )
    name = html.escape(title)
    return Bound(
        '<!doctype html><html lang="en" dir="ltr"><head><meta charset="utf-8">'
        f"<title>{name}</title>{_styles(leaves)}<style>{STYLE.read_text('utf-8')}</style></head>"
        '<body data-md-color-scheme="default" data-md-color-primary="custom">'
        f'<header class="title-page"><h1>{name}</h1></header>'
        '<nav class="contents"><h1>Contents</h1>',
        tuple(entries),
        f'</nav><main class="md-typeset">{"".join(bodies)}</main></body></html>',
    )


def _styles(leaves: list[Leaf]) -> str:
    """The site's own style sheets, as the pages link to them."""
    document = leaves[0].article.find_parent("html")
    links = document.select('link[rel="stylesheet"]') if isinstance(document, Tag) else ()
    found = [
        posixpath.normpath(posixpath.join(leaves[0].href, str(link["href"]))) for link in links
    ]
    return "".join(f'<link rel="stylesheet" href="{name}">' for name in found)


def _entry(place: str, words: str, css: str, numbers: Mapping[str, int]) -> str:
    text = html.escape(words)
    if not place:
        return f'<li class="{css}">{text}</li>'
    return (
        f'<li class="{css}"><a href="#{place}"><span class="words">{text}</span>'
        f'<span class="page">{numbers.get(place, "")}</span></a></li>'
    )


def _renamed(leaf: Leaf) -> Tag:
    """A copy of the article whose places begin with the page's word."""
    prefix = f"{leaf.slug}--"
    article = BeautifulSoup(str(leaf.article), "html.parser").article
    assert article is not None
    for element in article.find_all(True):
        if "id" in element.attrs:
            element["id"] = prefix + str(element["id"])
        for name in REFERENCES:
            if name in element.attrs:
                words = str(element[name]).split()
                element[name] = " ".join(prefix + word for word in words)
        for name, value in list(element.attrs.items()):
            if isinstance(value, str) and "url(" in value:
                element[name] = _INNER.sub(rf"url(#{prefix}\1)", value)
        if element.name == "use" and str(element.get("href", "")).startswith("#"):
            element["href"] = f"#{prefix}{str(element['href'])[1:]}"
        if element.name == "style" and element.string:
            rules = _INNER.sub(rf"url(#{prefix}\1)", str(element.string))
            element.string = re.sub(r"#(?=[A-Za-z][\w-]*-svg\b)", f"#{prefix}", rules)
    return article


def _turn_links(article: Tag, leaf: Leaf, slugs: Mapping[str, str], base: str) -> None:
    """Links to bound pages lead to their places; others to the published site."""
    for link in article.select("a[href]"):
        target, place = urldefrag(str(link["href"]))
        if re.match(r"[a-z][a-z0-9+.-]*:", target):
            continue
        path = posixpath.normpath(posixpath.join(leaf.href, target)) + "/" if target else leaf.href
        slug = slugs.get(path)
        if slug is None and not base:
            del link["href"]
        elif slug is None:
            link["href"] = urljoin(urljoin(base, leaf.href), str(link["href"]))
        else:
            link["href"] = f"#{slug}--{place}" if place else f"#{slug}"
    for image in article.select("img[src]"):
        source = str(image["src"])
        if not re.match(r"[a-z]+:", source):
            image["src"] = posixpath.normpath(posixpath.join(leaf.href, source))


def _number_headings(article: Tag, leaf: Leaf) -> list[tuple[str, str]]:
    """Put numbers before a chapter's headings; returns its sections' places and words."""
    sections: list[tuple[str, str]] = []
    first = article.find("h1")
    if isinstance(first, Tag) and leaf.name != leaf.title:
        first.insert(0, f"{leaf.number} ")
    if not leaf.number or leaf.number.startswith("Lab"):
        return [(str(h.get("id", "")), plain(h)) for h in article.select("h2[id]")]
    for number, heading in enumerate(article.select("h2"), 1):
        sections.append((str(heading["id"]), f"{leaf.number}.{number} {plain(heading)}"))
        heading.insert(0, f"{leaf.number}.{number} ")
    return sections


def _unfold(article: Tag, leaf: Leaf, answers: list[str]) -> None:
    """Open what is folded; what belongs to an exercise moves to the end of the book."""
    kept: list[str] = []
    for exercise in article.select("section.exercise"):
        title = exercise.select_one(".exercise-title")
        place = str(exercise["id"])
        folds = [fold for fold in exercise.find_all("details") if _kind(fold) in PUT_OFF]
        if not folds or title is None:
            continue
        moved = "".join(f'<div class="answer">{_opened(fold.extract())}</div>' for fold in folds)
        kept.append(
            f'<section id="{place}--answer"><h3><a href="#{place}">'
            f"{html.escape(' '.join(title.get_text().split()))}</a></h3>{moved}</section>"
        )
        note = BeautifulSoup(
            f'<p class="answer-link"><a href="#{place}--answer">Hint and solution</a> '
            "are at the end of the book.</p>",
            "html.parser",
        )
        exercise.append(note)
    for fold in article.find_all("details"):
        fold["open"] = ""
    if kept:
        heading = html.escape(leaf.name)
        answers.append(f"<h2>{heading}</h2>{''.join(kept)}")


def _kind(fold: Tag) -> str:
    return " ".join(fold.get_attribute_list("class"))


def _opened(fold: Tag) -> str:
    fold["open"] = ""
    for inner in fold.find_all("details"):
        inner["open"] = ""
    return str(fold)
