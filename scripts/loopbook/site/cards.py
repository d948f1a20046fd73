"""The cards of a site's pages: drawn where new, taken from a store where they are known."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path

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
            kept = _kept(store, (book, head.section, head.title))
            shutil.copyfile(kept, head.file.with_name(NAME))


def _top(pages: list[Head]) -> Path:
    """The folder of the home page."""
    return min((head.file.parent for head in pages), key=lambda folder: len(folder.parts))


@cache
def _made_by() -> tuple[str, ...]:
    return version("matplotlib"), version("pillow"), _DRAWN_BY.read_text("utf-8")


def _kept(store: Path, words: tuple[str, str, str]) -> Path:
    """The file of the card with these words, which is drawn if it is not there."""
    key = hashlib.sha256(json.dumps([*words, *_made_by()]).encode()).hexdigest()[:24]
    file = store / f"{key}.png"
    if not file.is_file():
        # Only now: drawing needs matplotlib, which takes its time to load.
        from loopbook.site.card import Card, draw

        store.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=store)
        with os.fdopen(handle, "wb") as new:
            new.write(draw(Card(*words)))
        Path(name).replace(file)
    return file
