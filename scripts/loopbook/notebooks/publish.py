"""What readers take along of each chapter, made while the pages are."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextvars import copy_context
from pathlib import Path

from markdown.extensions.toc import slugify

from loopbook.blocks.book import Book, Source
from loopbook.blocks.index import Index
from loopbook.blocks.room import Room
from loopbook.blocks.spans import located
from loopbook.blocks.takeaway import File, takeaway_of
from loopbook.errors import BookError
from loopbook.kept.desk import Desk, answered_once, desk_of
from loopbook.notebooks.archive import exercises_zip, scripts_zip
from loopbook.notebooks.kernel import end_kernels
from loopbook.notebooks.notebook import chapter_of
from loopbook.whole import write_where_new

_SITE_NAME = re.compile(r"^site_name:[ \t]*(?P<name>[^#\n]+)", re.MULTILINE)
_POLL = 0.1  # seconds

Pack = Callable[[Room, str, str], bytes]

log = logging.getLogger("mkdocs.book")


class Notebooks:
    """The notebooks and archives of a book, being made."""

    def __init__(self, root: Path, name: str, site: str, serving: bool = False) -> None:
        """Begin: notebooks whose outputs are not known yet are run on the side.

        In a live preview nothing is done on the side, where it would hold up the pages.

        Args:
            root: the repository's root.
            name: the book's name.
            site: the address that the site is published at; empty if not known.
            serving: for a live preview, nothing is run: notebooks may be without outputs.
        """
        self._book, self._name, self._serving = Book(root), name, serving
        self._index = Index.of(self._book, frozenset())
        self._desk = desk_of(self._book) or Desk(self._book, None)
        self._site = f"{site.rstrip('/')}/" if site else ""
        with answered_once(self._book):
            self._all = tuple(self._files())
            here = copy_context()
        self._made: Future[dict[str, str]] | None = None
        if not serving:
            worker = ThreadPoolExecutor(1, thread_name_prefix="notebooks")
            self._made = worker.submit(here.run, self._notebooks)
            worker.shutdown(wait=False)

    def end(self) -> None:
        """Make no more of them: this build has failed, or was stopped."""
        while self._made and not self._made.done():
            end_kernels()  # the first that dies ends them all
            wait((self._made,), _POLL)

    def files(self) -> list[str]:
        """Paths of all files on the site."""
        return [file.path for _, _, file in self._all]

    def write(self, site: Path, step: Callable[[], None] = lambda: None) -> None:
        """Put all files into the site's folder.

        Args:
            site: the folder.
            step: called before each file; what it raises ends this.

        Raises:
            BookError: a cell fails, or a script does something else in its notebook.
        """
        try:
            notebooks = self._made.result() if self._made else self._notebooks(step)
        finally:
            self.end()
        for source, room, file in self._all:
            step()
            match file.kind:
                case "notebook":
                    data = notebooks[source.path].encode("utf-8")
                case "scripts":
                    data = self._archive(scripts_zip, source, room, file)
                case "exercises":
                    data = self._archive(exercises_zip, source, room, file)
            write_where_new(site / file.path, data)

    def _archive(self, pack: Pack, source: Source, room: Room, file: File) -> bytes:
        given = (pack.__name__, room.folder, file.name, source.number)
        return self._desk.kept(file.path, given, lambda: pack(room, file.name, source.number))

    def _files(self) -> Iterator[tuple[Source, Room, File]]:
        """The files that some page offers."""
        offering = self._desk.kept("pages that offer files", "", lambda: self._index.offering)
        for source in self._book.sources():
            if source.path in offering:
                room = Room(self._book, source.folder)
                for file in takeaway_of(source, room):
                    yield source, room, file

    def _notebooks(self, step: Callable[[], None] = lambda: None) -> dict[str, str]:
        """The notebooks, by their chapter's path."""
        made: dict[str, str] = {}
        for source, room, file in self._all:
            if file.kind == "notebook":
                step()
                made[source.path] = self._notebook(source, room, file)
        return made

    def _notebook(self, source: Source, room: Room, file: File) -> str:
        """One notebook; in a preview, without outputs until its cells were run."""
        run = not self._serving

        def make() -> str:
            try:
                chapter = chapter_of(source, room, self._index, _anchor, self._site, self._name)
                if not (run or chapter.is_run):
                    log.info(f"{file.path} is without outputs until the site is built")
                return chapter.to_json(run=run)
            except BookError as error:
                raise located(error, source.file, 1) from error

        given = (source.text, self._site, self._name)
        return self._desk.kept(f"{file.path}{'' if run else ' in a preview'}", given, make)


def _anchor(text: str) -> str:
    return slugify(text, "-")


def begin(root: Path, serving: bool = False) -> Notebooks:
    """Begin to make the notebooks; links lead to the site only where its address was given."""
    return Notebooks(root, _name(root), os.environ.get("SITE_URL", ""), serving)


def _name(root: Path) -> str:
    """The book's name, as its settings say it, in one line: other lines are not plain YAML."""
    settings = root / "mkdocs.yml"
    found = _SITE_NAME.search(settings.read_text("utf-8")) if settings.is_file() else None
    return found["name"].strip() if found else ""
