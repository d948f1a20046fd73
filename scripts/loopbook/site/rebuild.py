"""What the live preview does after a change: first the pages that it concerns, then the book.

The page that an author is writing is converted and shown at once, beside the other pages as the
last build left them. The whole book is built in the next pause, and given up if the pause ends.
"""

from __future__ import annotations

import gc
import logging
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from mkdocs.commands.build import _build_page, _populate_page
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import InclusionLevel
from mkdocs.structure.pages import Page

from loopbook.kept.desk import Desk
from loopbook.site.serving import Built, Preview, Superseded
from loopbook.site.watching import Changes

#: Seconds without a change after which the whole book is built.
PAUSE = 1.5
#: Folders of a chapter's scripts, and of what they left.
_ROOMS = ("snippets", ".build/records")
#: What browsers must load again if a build of the whole book has written it.
_SEEN = (".html", ".css", ".js")
_PREVIEWED = InclusionLevel.is_in_serve

log = logging.getLogger("mkdocs.book")


class Rebuild:
    """The builder of a live preview, in the place of the server's own.

    Args:
        server: the preview's server; its builder builds the whole book.
        preview: what is known of the builds.
        changes: what was changed.
        run: runs those of the stale scripts that it is told to look at.
        desk: opens a desk for single pages, with the settings that they are made with.
    """

    def __init__(
        self,
        server: LiveReloadServer,
        preview: Preview,
        changes: Changes,
        run: Callable[[Callable[[str], bool]], object],
        desk: Callable[[MkDocsConfig], AbstractContextManager[Desk]],
    ) -> None:
        self._server, self._preview, self._changes = server, preview, changes
        self._run, self._desk, self._whole = run, desk, server.builder
        logging.getLogger("mkdocs.commands.build").addFilter(_is_no_giving_up)

    def __call__(self) -> None:
        """Show what the changes concern, wait for a pause, and build the whole book."""
        shown = self._show(self._changes.taken())
        if shown and self._changed_within(PAUSE):
            return  # the call for that change builds the book
        if shown:
            self._preview.newer = lambda: self._server._want_rebuild
        try:
            self._whole()
        except Superseded:
            return
        finally:
            self._preview.newer = lambda: False
        if shown and any(path.endswith(_SEEN) for path in self._preview.folder.written):
            self._server._wanted_epoch = time.time_ns() // 1_000_000  # reload once more

    def _show(self, changed: frozenset[str]) -> bool:
        """Whether all pages that these files concern were made and shown, and there are some."""
        built, start = self._preview.built, time.monotonic()
        if built is None:
            return False
        root = Path(built.config.config_file_path).resolve().parent
        pages, changed = _by_source(built), frozenset(filter(_matters, changed))
        scripts = {path for path in changed if path.startswith(f"{root / 'snippets'}{os.sep}")}
        if changed - scripts - pages.keys() or not all(map(os.path.isfile, changed)):
            return False  # the menu may be another one, or a style sheet
        rooms = {os.path.relpath(os.path.dirname(path), root / "snippets") for path in scripts}
        chapters = tuple({"/".join(room.split("/")[:2]) + "/" for room in rooms})
        if chapters:
            self._run(lambda name: name.startswith(chapters))
        with self._desk(built.config) as desk, _quiet(), _no_tidying():
            wanted = [
                page
                for path, page in pages.items()
                if path in changed
                or (_room(page).startswith(chapters) and _asks(page, desk, rooms))
            ]
            try:
                for page in wanted:
                    _write(page, built)
            except Exception:
                return False  # the whole build will say it
        if wanted:
            names = ", ".join(sorted(page.file.src_uri for page in wanted))
            log.info(f"Shown: {names} · {time.monotonic() - start:.1f} s")
            with self._server._epoch_cond:
                self._server._visible_epoch = self._server._wanted_epoch
                self._server._epoch_cond.notify_all()
        return bool(wanted)

    def _changed_within(self, seconds: float) -> bool:
        """Wait for a change, or for the end."""
        with self._server._rebuild_cond:
            return self._server._rebuild_cond.wait_for(
                lambda: self._server._want_rebuild or self._server._shutdown, timeout=seconds
            )


def _by_source(built: Built) -> dict[str, Page]:
    """The pages that are written in Markdown, by their source's path."""
    return {
        file.abs_src_path: file.page
        for file in built.files.documentation_pages(inclusion=_PREVIEWED)
        if file.page and file.abs_src_path and file.src_uri.endswith(".md")
    }


def _matters(path: str) -> bool:
    """Whether a changed file is more than something that an editor keeps for a moment."""
    hidden = os.path.basename(path).startswith((".", "#"))
    return not hidden and (os.path.isfile(path) or path.endswith((".md", ".py", ".out")))


def _room(page: Page) -> str:
    """The folder of a page's scripts; what it shows of others comes with the whole book."""
    return f"{page.meta.get('snippets') or page.file.src_uri.removesuffix('.md')}/"


def _asks(page: Page, desk: Desk, rooms: set[str]) -> bool:
    """Whether a page was made from a file of these folders of scripts that is another one now."""
    below = tuple(f"{top}/{room}/" for room in rooms for top in _ROOMS)
    return desk.outdated(f"page {page.file.src_uri}", below)


def _write(page: Page, built: Built) -> None:
    _populate_page(page, built.config, built.files)
    pages = built.files.documentation_pages(inclusion=_PREVIEWED)
    _build_page(page, built.config, pages, built.nav, built.env)


@contextmanager
def _quiet() -> Iterator[None]:
    """Until the block ends, MkDocs says nothing: the build of the whole book will say it."""
    mkdocs = logging.getLogger("mkdocs")
    told = mkdocs.handlers, mkdocs.propagate
    mkdocs.handlers, mkdocs.propagate = [logging.NullHandler()], False
    try:
        yield
    finally:
        mkdocs.handlers, mkdocs.propagate = told


@contextmanager
def _no_tidying() -> Iterator[None]:
    """Until the block ends, no garbage is looked for among all that a book consists of."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


def _is_no_giving_up(record: logging.LogRecord) -> bool:
    """Whether MkDocs says more than that a build was given up."""
    return not isinstance(sys.exception(), Superseded)
