"""What a live preview knows of its builds, and what it serves."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment
from mkdocs import utils
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation

from loopbook.site.folder import Folder

#: Files that have another name when they have another content.
_NAMED_BY_CONTENT = re.compile(r"[.-][0-9a-f]{8}(?:\.min)?\.(?:css|js|woff2)")
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


@dataclass(frozen=True)
class Built:
    """A build of the whole book, as MkDocs leaves it."""

    config: MkDocsConfig
    files: Files
    nav: Navigation
    env: Environment


class Superseded(Exception):
    """The author has changed something else: this build is not worth its end."""


class Preview:
    """The builds of a live preview.

    Attributes:
        folder: where the site is built.
        built: the last build that came to its end; none before the first.
        newer: says whether a build under way is no longer wanted.
    """

    def __init__(self) -> None:
        self.folder = Folder()
        self.built: Built | None = None
        self.newer: Callable[[], bool] = lambda: False
        self._begun: Built | None = None

    def go_on(self) -> None:
        """Called often while a build is under way.

        Raises:
            Superseded: it is no longer wanted.
        """
        if self.newer():
            raise Superseded

    def begin(self, build: Built) -> None:
        """Remember a build.

        Args:
            build: the build under way, all its pages converted.
        """
        self._begun = build

    def end(self) -> None:
        """The build under way has come to its end."""
        self.built = self._begun


class Made(File):
    """A file whose content was made, written as pages are: only where it is not there yet."""

    def copy_file(self, dirty: bool = False) -> None:
        """Write it."""
        utils.write_file(self.content_bytes, self.abs_dest_path)


class Later(File):
    """A file that pages link to, which is written after them."""

    def copy_file(self, dirty: bool = False) -> None:
        """Leave it."""


def with_kept_files(application: Application) -> Application:
    """The same WSGI application; what is named by its content need not be asked for again."""

    def served(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            if status.startswith("200") and _NAMED_BY_CONTENT.search(environ["PATH_INFO"]):
                headers = [*headers, ("Cache-Control", "max-age=31536000, immutable")]
            return start_response(status, headers, *more)

        return application(environ, start)

    return served
