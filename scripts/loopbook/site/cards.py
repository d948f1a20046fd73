"""The cards of a site's pages: drawn where new, taken from a store where they are known."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path

from loopbook.kept import seal
from loopbook.site.head import Head

NAME = "card.png"
_DRAWN_BY = Path(__file__).with_name("card.py")


def write_cards(heads: Iterable[Head], store: Path) -> None:
    """Write the card that each page names in its head, beside the page.

    Args:
        heads: the heads of the pages.
        store: where cards are kept from build to build, by their content.
    """
    pages = list(heads)
    book = next((head.title for head in pages if head.file.parent == _top(pages)), "")
    for head in pages:
        if head.image.endswith(f"/{NAME}"):
            card = _kept(store, (book, head.section, head.title))
            head.file.with_name(NAME).write_bytes(card)


def _top(pages: list[Head]) -> Path:
    """The folder of the home page."""
    return min((head.file.parent for head in pages), key=lambda folder: len(folder.parts))


@cache
def _made_by() -> tuple[str, ...]:
    return version("matplotlib"), version("pillow"), _DRAWN_BY.read_text("utf-8")


def _kept(store: Path, words: tuple[str, str, str]) -> bytes:
    """The card with these words, which is drawn if it is not there."""
    key = hashlib.sha256(json.dumps([*words, *_made_by()]).encode()).hexdigest()[:24]

    def drawn() -> bytes:
        # Only now: drawing needs matplotlib, which takes its time to load.
        from loopbook.site.card import Card, draw

        return draw(Card(*words))

    return seal.kept(store / key, drawn)
