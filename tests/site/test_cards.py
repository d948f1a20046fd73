"""Each page has a card of its own that link previews find and that is small."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from PIL import Image

from loopbook.site.card import HEIGHT, WIDTH, Card, draw
from loopbook.site.cards import write_cards
from loopbook.site.head import Head

BASE = "http://127.0.0.1:8000/"
LIMIT = 60_000  # bytes
LONG = "A title of many words that goes on and on about eigenvalues " * 3
PAPER = (253, 252, 250)


def said(page: BeautifulSoup, name: str) -> str:
    found = page.select_one(f'meta[property="{name}"], meta[name="{name}"]')
    assert found is not None, name
    return str(found["content"])


def test_every_page_names_its_own_card(site: Path, pages: dict[str, BeautifulSoup]) -> None:
    for name, page in pages.items():
        if name == "404.html":
            continue
        url = BASE + name.removesuffix("index.html")
        assert said(page, "og:url") == url
        assert said(page, "og:image") == f"{url}card.png"
        assert said(page, "twitter:card") == "summary_large_image"
        assert said(page, "og:title") and said(page, "og:description")
        card = (site / name).with_name("card.png").read_bytes()
        assert len(card) < LIMIT
        assert Image.open(io.BytesIO(card)).size == (WIDTH, HEIGHT)


def test_cards_of_two_pages_differ(site: Path) -> None:
    cards = [path.read_bytes() for path in site.rglob("card.png")]
    assert len(cards) >= 6 and len(set(cards)) == len(cards)


def test_a_chapter_names_its_part_and_day(pages: dict[str, BeautifulSoup]) -> None:
    page = pages["part-1/2-linear-regression/index.html"]
    assert said(page, "article:section") == "Part 1 · The loop, by hand"
    assert said(page, "article:published_time") == "2026-11-20"
    assert said(page, "og:type") == "article"
    assert said(pages["notation/index.html"], "og:type") == "website"


def test_the_same_words_are_the_same_bytes() -> None:
    card = Card("The book", "Part 1", "A $title$ with signs")
    assert draw(card) == draw(card)
    assert draw(card) != draw(Card("The book", "Part 2", card.title))


@pytest.mark.parametrize("title", ["Short", LONG.strip(), "Unbreakable" * 4])
def test_words_stay_on_the_card_and_clear_of_the_picture(title: str) -> None:
    card = Image.open(io.BytesIO(draw(Card("The book", "Part 1 · Words", title)))).convert("RGB")
    blank = Image.open(io.BytesIO(draw(Card("", "", "")))).convert("RGB")
    assert blank.getpixel((5, 5)) == pytest.approx(PAPER, abs=3)
    edges = [(0, 0, 70, HEIGHT), (0, 0, WIDTH, 40), (0, HEIGHT - 40, WIDTH, HEIGHT)]
    for box in [*edges, (740, 0, 770, HEIGHT)]:
        strip = card.crop(box)
        assert all(abs(a - b) <= 4 for low_high, b in zip(strip.getextrema(), PAPER, strict=True)
                   for a in low_high), box  # fmt: skip


def test_a_known_card_is_not_drawn_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = tmp_path / "site"
    site.mkdir()
    head = Head(site / "index.html", BASE, "Home", "", "", None, (), f"{BASE}card.png")
    write_cards([head], tmp_path / "store")
    drawn = (site / "card.png").read_bytes()
    monkeypatch.setattr("loopbook.site.card.draw", lambda card: pytest.fail("drawn again"))
    write_cards([head], tmp_path / "store")
    assert (site / "card.png").read_bytes() == drawn


def test_a_page_that_names_no_card_gets_none(tmp_path: Path) -> None:
    head = Head(tmp_path / "index.html", BASE, "Home", "", "", None, (), "")
    write_cards([head], tmp_path / "store")
    assert not list(tmp_path.rglob("*.png"))
