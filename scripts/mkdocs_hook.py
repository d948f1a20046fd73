"""Glue between MkDocs and the engine: run what is stale, publish the scripts, sum up."""

from __future__ import annotations

import errno
import logging
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.utils import CountHandler

from loopbook.blocks.book import Book
from loopbook.devices.status import gpu_runs
from loopbook.editions.offline import WORKER, worker_script
from loopbook.errors import BookError
from loopbook.kept.desk import Desk
from loopbook.kept.shelf import shelf_of
from loopbook.labs.lab import Lab, find_labs
from loopbook.labs.notebook import write_notebook
from loopbook.labs.page import finished, notebook_file, use_our_layout
from loopbook.notebooks.publish import Notebooks, begin
from loopbook.runner.book import run_book
from loopbook.runner.supervise import keep_warm
from loopbook.site.finish import finish
from loopbook.site.pages import KeptIndex, keep_conversion
from loopbook.site.publish import published_files
from loopbook.site.serving import Preview, watch_closely
from loopbook.site.turn import take_turn
from loopbook.text import plain_bytes

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
    summary = run_book(_root(config), serving=_build.serving)
    if summary.failed:
        raise Abort(f"No pages were built: {len(summary.failed)} snippet(s) failed, see above.")
    book = Book(_root(config))
    _build.open.close()
    _build.desk = Desk(book, shelf_of(book.root))
    _build.open.enter_context(_build.desk.in_use())
    if _build.serving:
        _build.open.enter_context(_build.preview.left_as_it_is())
    _build.runs = f"{summary.ran} run, {summary.reused} reused, {summary.figures} figures"
    if runs := gpu_runs(_root(config)):
        log.info(runs)
    if not _build.serving:  # else the site is in a folder of its own
        take_turn(Path(config.site_dir), _root(config) / ".build")
    _build.notebooks = begin(_root(config), serving=_build.serving)


@event_priority(50)  # before mkdocs-jupyter, which turns notebooks into pages
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Put the scripts that pages link to beside the pages, and make the labs' notebooks."""
    root = _root(config)
    _build.labs = {lab.uri: lab for lab in find_labs(Book(root))}
    for lab in _build.labs.values():
        write_notebook(lab)
        files.append(notebook_file(lab, config))
    for uri in published_files(root):
        files.append(File.generated(config, uri, content=plain_bytes(root / uri)))
    for uri in _build.notebooks.files() if _build.notebooks else ():
        files.append(File.generated(config, uri, content=b""))  # written after the pages
    if config.extra["offline"]:
        files.append(File.generated(config, WORKER, content=worker_script()))
    return files


def on_pre_page(page: Page, config: MkDocsConfig, files: Files) -> Page:
    """Convert a page only if something that it asks has another answer than before."""
    if _build.desk and page.file.src_uri not in _build.labs:
        keep_conversion(page, _build.desk)
    return page


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Read the words of a page for the search only where they are new."""
    search = config.plugins.get("material/search")
    if _build.desk and search is not None:
        search.search_index = KeptIndex(_build.desk, search.search_index)
    if _build.serving:
        names = frozenset(file.dest_uri for file in files)
        _build.preview.begin(names, config.site_dir, env)
    return env


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Count the page."""
    _build.pages += 1
    if lab := _build.labs.get(page.file.src_uri):
        return finished(html, lab, page, config, files)
    return html


def on_post_build(config: MkDocsConfig) -> None:
    """Write what the pages name and MkDocs does not make; sum up in one line."""
    site, offline = Path(config.site_dir), config.extra["offline"]
    finish(site, _root(config), offline, serving=_build.serving, notebooks=_build.notebooks)
    _build.open.close()
    warnings = sum(_build.warnings.counts.values())
    _forget_warnings()
    seconds = time.monotonic() - _build.started
    log.info(
        f"Snippets: {_build.runs} · pages: {_build.pages} · warnings: {warnings} · {seconds:.1f} s"
    )


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
    """See changes at once, and import what snippets need before one is saved."""
    watch_closely(server, config)
    keep_warm()
    return server


def on_build_error(error: Exception, **_: Any) -> None:
    """End with a message, without a traceback, where the error is one that a person can mend."""
    _build.open.close()
    said = _build.warnings.counts[logging.ERROR]  # MkDocs has named the page and the error
    _forget_warnings()
    if isinstance(error, BookError):
        raise Abort("The site was not built." if said else f"{error}\n\nThe site was not built.")
    if isinstance(error, OSError) and error.errno in UNWRITABLE:
        where = error.filename or "the site's folder"
        cure = "make room there, or make it writable, and build again"
        raise Abort(f"{where}: {error.strerror}\n  → {cure}\n\nThe site was not built.")


def _forget_warnings() -> None:
    logging.getLogger("mkdocs").removeHandler(_build.warnings)
