"""After a change the live preview shows the page at once, and then builds the whole book."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.livereload import LiveReloadServer
from watchdog.events import DirModifiedEvent, FileModifiedEvent, FileMovedEvent, FileSystemEvent

from loopbook.errors import BookError
from loopbook.reproduce.differences import differences
from loopbook.site import rebuild
from loopbook.site.watching import Changes
from loopbook.synthetic.small import EDITS, ONE, TWO, run

HOOK = "scripts/mkdocs_hook.py"


@dataclass
class Author:
    """Someone who changes a book and looks at its preview, which begins and ends builds at a call.

    Attributes:
        book: the book's folder.
        site: its site.
        server: the preview's server; it serves nothing.
        early: the site's pages as they were when the last build of the whole book began.
        epoch: what the server's browsers were shown then.
        in_between: what happens when that build begins.
    """

    book: Path
    site: Path
    server: LiveReloadServer
    early: dict[str, str] = field(default_factory=dict)
    epoch: int = 0
    in_between: Callable[[], object] = lambda: None

    def pages(self) -> dict[str, str]:
        """All pages by their path below the site."""
        files = self.site.rglob("*.html")
        return {path.relative_to(self.site).as_posix(): path.read_text() for path in files}

    def whole(self) -> None:
        """Build the whole book, as `mkdocs serve` does."""
        config = load_config(str(self.book / "mkdocs.yml"), site_dir=str(self.site))
        self.early, self.epoch = self.pages(), self.server._visible_epoch
        self.in_between()
        build(config, serve_url="http://127.0.0.1:8000/")

    def saved(self, *paths: str) -> None:
        """What the server does after files were written."""
        rebuild_ = self.server.builder
        assert isinstance(rebuild_, rebuild.Rebuild)
        for path in paths:
            rebuild_._changes.note(FileModifiedEvent(str(self.book / path)))
        self.server._wanted_epoch += 1
        self.server._want_rebuild = False
        self.server.builder()

    def shown_early(self, before: dict[str, str]) -> set[str]:
        """The pages that were new before the whole book was built."""
        return {name for name in self.early if self.early[name] != before.get(name)}


@pytest.fixture
def author(small_book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Author]:
    """The small book with a preview that was built once."""
    monkeypatch.setattr(rebuild, "PAUSE", 0.0)
    site = tmp_path / "site"
    server = LiveReloadServer(lambda: None, "127.0.0.1", 0, str(site))
    author = Author(small_book, site, server)
    server.builder = author.whole
    config = load_config(str(small_book / "mkdocs.yml"), site_dir=str(site))
    config.plugins.on_startup(command="serve", dirty=False)
    author.whole()
    server.watch(config.docs_dir)
    server.watch(str(small_book / "mkdocs.yml"))
    config.plugins.on_serve(server, config=config, builder=author.whole)
    yield author
    server.server_close()


def page(name: str) -> str:
    """The file of a page."""
    return f"{name}/index.html"


@pytest.fixture
def fresh(
    author: Author,
    previewed: Callable[[Path, Path], Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[[], Path]:
    """Call it for the preview of the book as it is now, made anew."""

    def make() -> Path:
        copy = tmp_path / "copy"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(author.book, copy)
        with monkeypatch.context() as patch:
            patch.setenv("BOOK_FRESH", "1")
            patch.chdir(copy)
            return previewed(copy, tmp_path / "fresh")

    return make


def test_a_changed_page_is_shown_before_the_book_is_built_and_is_the_same(
    author: Author, fresh: Callable[[], Path]
) -> None:
    before = author.pages()
    EDITS["text"](author.book, 7)
    author.saved(f"docs/{ONE}.md")
    assert author.shown_early(before) == {page(ONE)}
    assert author.epoch == author.server._wanted_epoch, "browsers are told before the whole build"
    assert "Words 7." in author.early[page(ONE)]
    assert author.early[page(ONE)] == author.pages()[page(ONE)]
    assert not differences(author.site, fresh())


def test_every_page_that_shows_a_changed_script_is_shown(author: Author) -> None:
    before = author.pages()
    run(author.book, TWO, 9)
    author.saved(f"snippets/{TWO}/run.py")
    assert author.shown_early(before) == {page(TWO)}
    assert "sum: 9" in author.early[page(TWO)]


def test_only_scripts_of_the_changed_chapter_are_looked_at_before_its_page_is_shown(
    author: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[dict[str, bool]] = []
    names = (f"{ONE}/run.py", f"{TWO}/run.py", f"{TWO}/exercises/one/solution.py", f"{TWO}s/run.py")

    def look(only: Callable[[str], bool]) -> None:
        looked.append({name: only(name) for name in names})

    monkeypatch.setattr(author.server.builder, "_run", look)
    run(author.book, TWO, 9)
    author.saved(f"snippets/{TWO}/run.py")
    assert looked == [dict(zip(names, (False, True, True, False), strict=True))]


def test_other_pages_follow_with_the_whole_book(author: Author, fresh: Callable[[], Path]) -> None:
    before = author.pages()
    EDITS["a number before others"](author.book, 3)
    wanted = author.server._wanted_epoch
    author.saved(f"docs/{TWO}.md")
    assert author.shown_early(before) == {page(TWO)}
    assert author.pages()[page(ONE)] != before[page(ONE)], "it refers to a figure by its number"
    assert author.server._wanted_epoch > wanted + 1, "browsers are to load again"
    assert not differences(author.site, fresh())


def test_browsers_load_once_where_the_page_is_all_that_changed(author: Author) -> None:
    EDITS["text"](author.book, 7)
    wanted = author.server._wanted_epoch
    author.saved(f"docs/{ONE}.md")
    assert author.server._wanted_epoch == wanted + 1


@pytest.mark.parametrize(
    ("edit", "paths"),
    [
        ("new page", ["mkdocs.yml", "docs/more-4.md"]),
        ("style", ["docs/assets/book.css"]),
        ("name", ["mkdocs.yml"]),
    ],
)
def test_what_may_concern_every_page_waits_for_the_whole_book(
    author: Author, fresh: Callable[[], Path], edit: str, paths: list[str]
) -> None:
    before = author.pages()
    EDITS["text"](author.book, 4)
    EDITS[edit](author.book, 4)
    author.saved(f"docs/{ONE}.md", *paths)
    assert not author.shown_early(before)
    assert not differences(author.site, fresh())


def test_a_page_that_is_gone_is_no_page_to_show(author: Author) -> None:
    (author.book / f"docs/{ONE}.md").unlink()
    with pytest.raises((BookError, SystemExit)):
        author.saved(f"docs/{ONE}.md")
    assert page(ONE) in author.early


def test_files_that_editors_keep_for_a_moment_do_not_matter(author: Author) -> None:
    before = author.pages()
    EDITS["text"](author.book, 7)
    author.saved(f"docs/{ONE}.md", f"docs/{ONE}.md~", "docs/part-1/4913", "docs/part-1/.#1-one.md")
    assert author.shown_early(before) == {page(ONE)}


def test_a_page_that_cannot_be_made_is_an_error_said_once(
    author: Author, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    before = author.pages()
    file = author.book / f"docs/{ONE}.md"
    file.write_text(file.read_text("utf-8") + "\n/// code | none.py\n///\n", "utf-8")
    with pytest.raises(SystemExit, match="was not built"):
        author.saved(f"docs/{ONE}.md")
    assert author.pages() == before
    said = [record for record in caplog.records if "none.py" in record.getMessage()]
    assert len(said) == 1 and f"{ONE}.md" in said[0].getMessage()


def test_a_newer_change_ends_a_build_without_a_word(
    author: Author, fresh: Callable[[], Path], caplog: pytest.LogCaptureFixture
) -> None:
    def change_again() -> None:
        EDITS["meaning"](author.book, 5)
        author.server._want_rebuild = True

    EDITS["text"](author.book, 5)
    author.in_between = change_again
    author.saved(f"docs/{ONE}.md")
    assert "Words 5." in author.pages()[page(ONE)]
    assert "How far 5 steps go" not in author.pages()[page("glossary")]
    assert not [r for r in caplog.records if r.levelno >= logging.WARNING]
    before, author.in_between = author.pages(), lambda: None
    author.saved("docs/glossary.md")
    assert author.shown_early(before) == {page("glossary")}
    assert not differences(author.site, fresh())


@pytest.mark.parametrize("moment", range(0, 110, 12))
def test_a_build_given_up_at_any_moment_leaves_nothing_wrong(
    author: Author,
    fresh: Callable[[], Path],
    caplog: pytest.LogCaptureFixture,
    moment: int,
) -> None:
    def after_a_while() -> None:
        left = iter(range(moment))
        hook = author.server.builder
        assert isinstance(hook, rebuild.Rebuild)
        hook._preview.newer = lambda: next(left, None) is None

    EDITS["a number before others"](author.book, 2)
    author.in_between = after_a_while
    author.saved(f"docs/{TWO}.md")
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]
    author.in_between = lambda: None
    EDITS["text"](author.book, 3)
    author.saved(f"docs/{ONE}.md")
    assert not differences(author.site, fresh())


def test_changes_are_told_once_and_folders_left_out() -> None:
    changes = Changes()
    events: list[FileSystemEvent] = [
        FileModifiedEvent("/a/one.md"),
        FileMovedEvent("/a/two.tmp", "/a/two.md"),
        DirModifiedEvent("/a"),
    ]
    for event in events:
        changes.note(event)
    assert changes.taken() == {"/a/one.md", "/a/two.tmp", "/a/two.md"}
    assert changes.taken() == frozenset()
