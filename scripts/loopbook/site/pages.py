"""Pages as MkDocs converts them, kept from build to build with all that a conversion asked."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

from material.plugins.search.plugin import SearchIndex  # type: ignore[import-untyped]
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils import CountHandler

from loopbook.kept.desk import Desk
from loopbook.kept.digests import digest
from loopbook.mathematics.signs import signs_on
from loopbook.mathematics.typesetter import shared

#: What the reader of words need not go through: it would find none in a drawing without a word,
#: and leaves out formulas, and figures in what the search is told to leave out.
_DRAWN = re.compile(r"<svg\b[^>]*>(?:<style>[^<]*</style>|<(?!/?svg\b)[^>]*>)*</svg>")
_LEFT_OUT = r"(?=(?:[^<>\"]|\"[^\"]*\")*?\sdata-search-exclude\b)(?:[^<>\"]|\"[^\"]*\")*+>"
_INSIDE = r"[^<]*+(?:<(?!/?{0}\b)[^<]*+)*+(?=</{0}>)"
#: What the search's plugin takes out of a page once it has read it, after a long look.
_VALUED = re.compile(r'data-search-\w+="[^"]')
_FORMULA = re.compile(rf"(<mjx-container\b{_LEFT_OUT})" + _INSIDE.format("mjx-container"))
_PICTURE = re.compile(
    rf"(<div\b{_LEFT_OUT}\s*+<svg\b(?:[^<>\"]|\"[^\"]*\")*+>)" + _INSIDE.format("svg")
)
Render = Callable[[MkDocsConfig, Files], None]


@dataclass(frozen=True)
class Converted:
    """What a conversion leaves on a page.

    Attributes:
        content: the article.
        toc: its table of contents.
        title: its first heading, as MkDocs reads it.
        anchors: identifiers that can be linked to.
        links: files that it links to by an anchor, with what was written for each anchor.
        sought: names of files that its links were looked up by, each with the address found.
        silent: whether nothing was said about it.
        signs: signs of formulas in the article, which need rules in the site's style sheet.
    """

    content: str
    toc: TableOfContents
    title: str | None
    anchors: frozenset[str] | None
    links: dict[str, dict[str, str]] | None
    sought: tuple[tuple[str, str], ...]
    silent: bool
    signs: frozenset[str]


class _Sought:
    """The files of the site as a conversion sees them: what it looks for is noted."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self.found: dict[str, str] = {}

    def get_file_from_path(self, path: str) -> File | None:
        file = self._files.get_file_from_path(path)
        self.found[path] = address(file)
        return file


def address(file: File | None) -> str:
    """What a link to a file depends on; empty without one."""
    return "" if file is None else f"{file.inclusion.name} {file.src_uri} {file.url}"


def keep_conversion(page: Page, desk: Desk) -> None:
    """Let a page take what an equal conversion left, instead of being converted again."""
    convert = partial(type(page).render, page)

    def render(config: MkDocsConfig, files: Files) -> None:
        given = (page.file.src_uri, page.file.url, page.markdown, settings(config))
        made = desk.kept(
            f"page {page.file.src_uri}",
            given,
            lambda: _converted(page, convert, config, files),
            good=lambda made: made.silent,
            still=lambda made: (
                all(address(files.get_file_from_path(path)) == then for path, then in made.sought)
                and (not made.signs or made.signs <= _ruled(desk))
            ),
        )
        page.content, page.toc = made.content, made.toc
        page._title_from_render = made.title
        page.present_anchor_ids = None if made.anchors is None else set(made.anchors)
        if made.links is not None:
            found = {files.get_file_from_path(uri): links for uri, links in made.links.items()}
            page.links_to_anchors = {file: links for file, links in found.items() if file}

    page.render = render  # type: ignore[method-assign]


def settings(config: MkDocsConfig) -> str:
    """A digest of all in the settings that a conversion can see."""
    checks = config.validation.links
    levels = (checks.not_found, checks.absolute_links, checks.unrecognized_links, checks.anchors)
    extensions = [str(name) for name in config.markdown_extensions]
    known = (extensions, config.mdx_configs, config.use_directory_urls)
    return digest([known, [int(level) for level in levels]])


def _converted(page: Page, convert: Render, config: MkDocsConfig, files: Files) -> Converted:
    sought = _Sought(files)
    with _counted() as said:
        convert(config, cast(Files, sought))
    links = page.links_to_anchors
    return Converted(
        content=page.content or "",
        toc=page.toc,
        title=page._title_from_render,
        anchors=None if page.present_anchor_ids is None else frozenset(page.present_anchor_ids),
        links=None if links is None else {file.src_uri: names for file, names in links.items()},
        sought=tuple(sought.found.items()),
        silent=not sum(said.counts.values()),
        signs=signs_on(page.content or ""),
    )


def _ruled(desk: Desk) -> frozenset[str]:
    """The signs whose rules were stored when this build first asked."""
    return desk.once("signs", lambda: shared(desk.book.root).store.signs())


@contextmanager
def _counted() -> Iterator[CountHandler]:
    """What is said while the block lasts."""
    said, log = CountHandler(level=logging.INFO), logging.getLogger("mkdocs")
    log.addHandler(said)
    try:
        yield said
    finally:
        log.removeHandler(said)


class KeptIndex(SearchIndex):  # type: ignore[misc]
    """The search index, with the entries of pages that are as they were.

    Attributes:
        closed: whether it is written, and pages are made that it has already.
    """

    def __init__(self, desk: Desk, index: SearchIndex) -> None:
        super().__init__(**index.config)
        self._desk = desk
        self.entries = index.entries
        self.closed = False
        self._aside: str | None = None

    def add_entry_from_context(self, page: Page) -> None:
        """Add a page's sections; until it is `put_back`, its content may be put aside."""
        if not self.closed:
            given = (page.content, page.url, str(page.title), repr(page.meta), _places(page.toc))
            self.entries += self._desk.kept(f"search {page.url}", given, lambda: self._found(page))
        self._aside = None  # of a page that was given up
        if not _VALUED.search(page.content or ""):
            self._aside, page.content = page.content, ""

    def put_back(self, page: Page) -> None:
        """Called when the plugin is done with a page."""
        if self._aside is not None:
            page.content, self._aside = self._aside, None

    def _found(self, page: Page) -> list[dict[str, Any]]:
        index, content = SearchIndex(**self.config), page.content
        page.content = _without_what_is_left_out(content or "")
        try:
            index.add_entry_from_context(page)
        finally:
            page.content = content
        entries: list[dict[str, Any]] = index.entries
        return entries


def _without_what_is_left_out(html: str) -> str:
    for kind in (_FORMULA, _PICTURE):
        html = kind.sub(r"\1", html)
    return _DRAWN.sub("<svg></svg>", html)


def _places(items: TableOfContents | list[AnchorLink]) -> list[Any]:
    return [(item.id, item.title, _places(item.children)) for item in items]
