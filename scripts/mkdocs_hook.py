"""Glue between MkDocs and the engine: run what is stale, publish the scripts, sum up."""

from __future__ import annotations

import errno
import logging
import os
import posixpath
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import CountHandler
from mkdocs.utils.templates import TemplateContext

from loopbook.blocks.book import Book
from loopbook.devices.status import gpu_runs
from loopbook.editions.offline import WORKER, worker_script
from loopbook.errors import BookError
from loopbook.kept.desk import Desk
from loopbook.kept.shelf import shelf_of
from loopbook.labs.lab import Lab, find_labs
from loopbook.labs.notebook import write_notebook
from loopbook.labs.page import finished, notebook_file, use_our_layout
from loopbook.links import FOLDERS
from loopbook.notebooks.publish import Notebooks, begin
from loopbook.regular import passing
from loopbook.runner.book import run_book
from loopbook.runner.interrupt import told
from loopbook.runner.server import keep_warm
from loopbook.site.finish import finish
from loopbook.site.pages import KeptIndex, keep_conversion
from loopbook.site.publish import published_scripts
from loopbook.site.rebuild import Rebuild
from loopbook.site.serving import Built, Later, Made, Preview, keep_files
from loopbook.site.templates import KeptTemplates
from loopbook.site.turn import take_turn
from loopbook.site.watching import watch_closely
from loopbook.text import check_name

log = logging.getLogger("mkdocs.book")
# A full disk, a quota, a limit, a folder that is locked.
UNWRITABLE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM)


@dataclass
class Build:
    """What is known of the build under way."""

    serving: bool = False
    started: float = 0.0
    pages: int = 0
    runs: str = ""
    labs: dict[str, Lab] = field(default_factory=dict)
    notebooks: Notebooks | None = None
    desk: Desk | None = None
    index: KeptIndex | None = None
    nav: Navigation = field(default_factory=lambda: Navigation([], []))
    preview: Preview = field(default_factory=Preview)
    open: ExitStack = field(default_factory=ExitStack)
    warnings: CountHandler = field(default_factory=CountHandler)


_build = Build()


def _root(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path).resolve().parent


def on_startup(command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
    """Remember whether an author is watching, who may be in the middle of a change."""
    _build.serving = command == "serve"


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Tell the blocks where the book is, and drop links to a repository that is not known."""
    if not _build.serving:
        _build.preview = Preview()  # of one build: what another one left is not known
    _build.preview.go_on()
    if not config.repo_url:
        config.edit_uri = None
    for extension in ("blocks", "mathematics", "site.heading", "series"):
        config.mdx_configs.setdefault(f"loopbook.{extension}", {})["root"] = str(_root(config))
    if config.extra["offline"]:
        config.extra["polyfills"] = [WORKER]
    # The preview reloads a page by a script inside it; a page in the file system is no 'self'.
    if _build.serving or config.extra["offline"]:
        config.extra.pop("policy", None)
    use_our_layout()
    _build.started, _build.pages = time.monotonic(), 0
    _build.warnings = CountHandler(level=logging.WARNING)
    logging.getLogger("mkdocs").addHandler(_build.warnings)
    return config


def on_pre_build(config: MkDocsConfig) -> None:
    """Run every stale snippet; a page is never made from a run that went wrong."""
    _run(_root(config))
    _build.preview.go_on()
    _build.open.close()
    _build.open.enter_context(_at_a_desk(_root(config)))
    if runs := gpu_runs(_root(config)):
        log.info(runs)
    if not _build.serving:  # else the site is in a folder of its own
        _build.open.enter_context(told())
        take_turn(Path(config.site_dir), _root(config) / ".build")
    _build.open.enter_context(_build.preview.folder.left_as_it_is(_build.preview.go_on))
    _build.preview.go_on()
    _build.notebooks = begin(_root(config), serving=_build.serving)
    _build.preview.go_on()


def _run(root: Path, only: Callable[[str], bool] | None = None) -> None:
    summary = run_book(root, serving=_build.serving, only=only, step=_build.preview.go_on)
    if summary.failed:
        raise Abort(f"No pages were built: {len(summary.failed)} snippet(s) failed, see above.")
    _build.runs = f"{summary.ran} run, {summary.reused} reused, {summary.figures} figures"


@contextmanager
def _at_a_desk(root: Path) -> Iterator[Desk]:
    """Until the block ends, pages are converted with what is known of the book as it is now."""
    _build.desk = Desk(Book(root), shelf_of(root))
    with _build.desk.in_use():
        yield _build.desk


@contextmanager
def _between_builds(config: MkDocsConfig) -> Iterator[Desk]:
    """The same for single pages, of which the search hears with the next whole build."""
    search = config.plugins.get("material/search")
    if _build.index and search is not None:
        _build.index.closed, search.search_index = True, _build.index
    with _at_a_desk(_root(config)) as desk:
        yield desk


@event_priority(50)  # before mkdocs-jupyter, which turns notebooks into pages
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Put the scripts that pages link to beside the pages, and make the labs' notebooks."""
    root = _root(config)
    for file in tuple(files):
        check_name(f"docs/{file.src_uri}")
        if passing(posixpath.basename(file.src_uri)):
            files.remove(file)
    _build.preview.go_on()
    _build.labs = {lab.uri: lab for lab in find_labs(Book(root))}
    for lab in _build.labs.values():
        write_notebook(lab)
        files.append(notebook_file(lab, config))
    for uri, data in published_scripts(root):
        _build.preview.go_on()
        files.append(Made.generated(config, uri, content=data))
    for uri in _build.notebooks.files() if _build.notebooks else ():
        files.append(Later.generated(config, uri, content=b""))
    if config.extra["offline"]:
        files.append(File.generated(config, WORKER, content=worker_script()))
    return files


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Remember the menu."""
    _build.nav = nav
    return nav


def on_pre_page(page: Page, config: MkDocsConfig, files: Files) -> Page:
    """Convert a page only if something that it asks has another answer than before."""
    _build.preview.go_on()
    if _build.desk and page.file.src_uri not in _build.labs:
        keep_conversion(page, _build.desk)
    return page


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Read the words of a page for the search only where they are new."""
    search = config.plugins.get("material/search")
    if _build.desk and search is not None:
        _build.index = search.search_index = KeptIndex(_build.desk, search.search_index)
    if shelf := shelf_of(_root(config)):
        env.bytecode_cache = KeptTemplates(shelf)
    wanted: Callable[[InclusionLevel], bool] = InclusionLevel.is_included
    if _build.serving:
        wanted = InclusionLevel.is_in_serve
    paths = (file.abs_dest_path for file in files if wanted(file.inclusion))
    _build.preview.folder.begin(config.site_dir, paths)
    _build.preview.begin(Built(config, files, _build.nav, env))
    return env


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Count the page."""
    _build.preview.go_on()
    _build.pages += 1
    if lab := _build.labs.get(page.file.src_uri):
        return finished(html, lab, page, config, files)
    return html


@event_priority(-100)  # behind the search
def on_page_context(
    context: TemplateContext, page: Page, config: MkDocsConfig, nav: Navigation
) -> TemplateContext:
    """Give a page back its content, which the search need not go through once more."""
    if _build.index:
        _build.index.put_back(page)
    return context


def on_post_build(config: MkDocsConfig) -> None:
    """Write what the pages name and MkDocs does not make; sum up in one line."""
    _build.preview.go_on()
    _build.preview.written()
    finish(
        Path(config.site_dir),
        _root(config),
        offline=config.extra["offline"],
        serving=_build.serving,
        notebooks=_build.notebooks,
        step=_build.preview.go_on,
    )
    _build.open.close()
    _build.preview.end()
    warnings = sum(_build.warnings.counts.values())
    _forget_warnings()
    seconds = time.monotonic() - _build.started
    log.info(
        f"Snippets: {_build.runs} · pages: {_build.pages} · warnings: {warnings} · {seconds:.1f} s"
    )


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
    """See changes at once, and import what snippets need before one is saved."""
    root = _root(config)
    keep_files(server)
    server.builder = Rebuild(
        server,
        _build.preview,
        watch_closely(server, config),
        run=lambda only: _run(root, only),
        desk=_between_builds,
    )
    keep_warm()
    return server


def on_build_error(error: Exception, **_: Any) -> None:
    """End with a message, without a traceback, where the error is one that a person can mend."""
    _end()
    said = _build.warnings.counts[logging.ERROR]  # MkDocs has named the page and the error
    _forget_warnings()
    if isinstance(error, BookError):
        raise Abort("The site was not built." if said else f"{error}\n\nThe site was not built.")
    if isinstance(error, FileNotFoundError) and (gone := _of_the_book(error.filename)):
        what = BookError("it went away while the site was built", file=gone, cure="build again")
        raise Abort(f"{what}\n\nThe site was not built.")
    if isinstance(error, OSError) and error.errno in UNWRITABLE:
        where = error.filename or "the site's folder"
        cure = "make room there, or make it writable, and build again"
        raise Abort(f"{where}: {error.strerror}\n  → {cure}\n\nThe site was not built.")


def on_shutdown() -> None:
    """Leave nothing behind of a build that was stopped."""
    _end()


def _end() -> None:
    if _build.notebooks:
        _build.notebooks.end()
    _build.open.close()


def _of_the_book(path: object) -> str:
    """An author's file, below the book's root; empty for any other."""
    root = _build.desk.book.root if _build.desk else Path()
    name = os.path.realpath(str(path)).removeprefix(f"{root}{os.sep}").replace(os.sep, "/")
    return name if name.split("/")[0] in FOLDERS else ""


def _forget_warnings() -> None:
    logging.getLogger("mkdocs").removeHandler(_build.warnings)
