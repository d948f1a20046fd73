"""The feed of new chapters is one that programs read, and the same whenever it is built."""

from __future__ import annotations

import datetime
from pathlib import Path

import feedparser
import pytest
from bs4 import BeautifulSoup

from loopbook.site.feed import write_feed
from loopbook.site.head import Head, heads

DOCS = Path(__file__).resolve().parents[2] / "docs"
BASE = "https://book.example/loop/"


def page(site: Path, path: str, title: str, day: str = "", tags: tuple[str, ...] = ()) -> Head:
    url = BASE if path == "." else f"{BASE}{path}/"
    published = datetime.date.fromisoformat(day) if day else None
    file = site / path / "index.html"
    return Head(file, url, title, f"About {title}.", "", published, tags, "")


def read(site: Path) -> feedparser.FeedParserDict:
    return feedparser.parse((site / "feed.xml").read_bytes())


def test_a_reader_finds_the_chapters_newest_first(tmp_path: Path) -> None:
    pages = [
        page(tmp_path, ".", "Loops & leaps"),
        page(tmp_path, "part-1/1-a", "Older <first>", "2026-11-20", ("by hand",)),
        page(tmp_path, "part-1/2-b", "Newer", "2027-01-02"),
        page(tmp_path, "notes", "Undated"),
    ]
    write_feed(tmp_path, pages)
    feed = read(tmp_path)
    assert not feed.bozo and feed.version == "rss20"
    assert (feed.feed.title, feed.feed.link) == ("Loops & leaps", BASE)
    assert [entry.title for entry in feed.entries] == ["Newer", "Older <first>"]
    newest, oldest = feed.entries
    assert newest.link == newest.id == f"{BASE}part-1/2-b/"
    assert newest.published_parsed[:6] == (2027, 1, 2, 0, 0, 0)
    assert newest.summary == "About Newer."
    assert [tag.term for tag in oldest.tags] == ["by hand"]


def test_the_same_chapters_are_the_same_bytes(tmp_path: Path) -> None:
    pages = [page(tmp_path, ".", "Home"), *(page(tmp_path, n, n, "2026-11-20") for n in "ab")]
    made = []
    for order in (pages, [pages[0], *reversed(pages[1:])]):
        write_feed(tmp_path, order)
        made.append((tmp_path / "feed.xml").read_bytes())
    assert made[0] == made[1]


def test_a_site_without_an_address_has_no_feed(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<head><title>Home</title></head>", "utf-8")
    write_feed(tmp_path, heads(tmp_path))
    assert not (tmp_path / "feed.xml").exists()


def test_feed_holds_every_chapter_of_the_book(site: Path) -> None:
    feed = read(site)
    assert not feed.bozo
    links = {entry.link.removeprefix("http://127.0.0.1:8000/") for entry in feed.entries}
    chapters = {p.relative_to(DOCS).with_suffix("").as_posix() for p in DOCS.glob("part-*/*.md")}
    assert links == {f"{chapter}/" for chapter in chapters}
    assert all(entry.summary and entry.published for entry in feed.entries)


def test_every_page_leads_to_the_feed(pages: dict[str, BeautifulSoup]) -> None:
    for name, found in pages.items():
        if name != "404.html":
            link = found.select_one('link[rel="alternate"][type="application/rss+xml"]')
            assert link is not None, name
            assert str(link["href"]) == "../" * name.count("/") + "feed.xml"


@pytest.mark.parametrize("name", sorted(p.relative_to(DOCS).as_posix() for p in DOCS.rglob("*.md")))
def test_every_page_says_what_it_holds(pages: dict[str, BeautifulSoup], name: str) -> None:
    stem = name.removesuffix(".md")
    found = pages["index.html" if stem == "index" else f"{stem}/index.html"]
    words = str(found.select_one('meta[name="description"]')["content"])
    assert 50 <= len(words) <= 200
    others = [
        page.select_one('meta[name="description"]')["content"]
        for other, page in pages.items()
        if other != "404.html"
    ]
    assert others.count(words) == 1
