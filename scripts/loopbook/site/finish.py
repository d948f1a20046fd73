"""What is done when the pages are written, whichever builder wrote them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from loopbook.blocks.book import Book
from loopbook.kept.desk import answered_once
from loopbook.labs.lab import find_labs
from loopbook.labs.notebook import write_notebook
from loopbook.mathematics import write_assets
from loopbook.notebooks.publish import Notebooks, begin
from loopbook.site.cards import write_cards
from loopbook.site.feed import write_feed
from loopbook.site.head import heads
from loopbook.site.publish import published_scripts, stabilise
from loopbook.site.scriptless import write_sheet
from loopbook.styles import SHEET, join_sheets, sheets_of
from loopbook.web import bundle
from loopbook.whole import write_where_new


def finish(
    site: Path,
    root: Path,
    offline: bool = False,
    serving: bool = False,
    notebooks: Notebooks | None = None,
    step: Callable[[], None] = lambda: None,
) -> None:
    """Add to a built site what its pages name and no builder makes.

    Snippets, notebooks and archives, labs without a page, the formulas' style sheet and fonts, the
    pages' own scripts, colours without scripts, cards, the feed. Doing it twice changes nothing.

    Args:
        site: the built site.
        root: the book's folder.
        offline: whether its pages will be opened from the file system.
        serving: whether an author is watching, to whom a light page matters less than a quick one.
        notebooks: those being made, if that was begun.
        step: called often; what it raises ends this, to be done once more.
    """
    with answered_once(Book(root)):
        if notebooks is None:  # else MkDocs has copied them
            for name, data in published_scripts(root):
                write_where_new(site / name, data)
        (notebooks or begin(root)).write(site, step)
        _publish_labs(site, root)
        step()
        write_assets(site, root, step=step)
        step()
        bundle(site, offline=offline)
        if SHEET not in sheets_of((site / "index.html").read_text("utf-8")):
            write_sheet(site)
            if not serving:
                join_sheets(site)
        step()
        pages = list(heads(site))
        write_cards(pages, root / ".build" / "cards")
        write_feed(site, pages)
        stabilise(site)


def _publish_labs(site: Path, root: Path) -> None:
    """Put the notebook of each lab that has no page where the menu leads: Zensical makes none."""
    for lab in find_labs(Book(root)):
        pages = (site / lab.folder / "index.html", site / f"{lab.folder}.html")
        if not any(page.is_file() for page in pages):
            write_notebook(lab)
            (site / lab.uri).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(lab.notebook, site / lab.uri)
