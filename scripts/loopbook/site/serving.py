"""What a live preview knows of its builds, and what it serves."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs import utils
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation

from loopbook.regular import sign_of
from loopbook.site.folder import Folder

#: Files that have another name when they have another content.
_NAMED_BY_CONTENT = re.compile(r"[.-][0-9a-f]{8}(?:\.min)?\.(?:css|js|woff2)")
#: What loads a style sheet or a script of the site, and its path.
_LOADED = re.compile(
    rb'(<(?:link|script)\b[^<>]*?\s(?:href|src)="(?:\.{1,2}/)*)'
    rb'(assets/[^"?#:<>\s]++(?:(?<=\.css)|(?<=\.js)))(?=")'
)


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

    def written(self) -> None:
        """All pages of the build under way are written."""
        if self._begun:
            pages = self._begun.files.documentation_pages(inclusion=InclusionLevel.is_in_serve)
            self.folder.end(file.abs_dest_path for file in pages)

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


def keep_files(server: LiveReloadServer) -> None:
    """Let the browser keep style sheets, scripts and fonts for as long as they are what they are.

    A page asks for them by their versions: the server's connections are few, and each is new.
    """
    inject: Callable[[bytes, int], bytes] = server._inject_js_into_html
    root = Path(server.root)

    def injected(content: bytes, epoch: int) -> bytes:
        return _LOADED.sub(lambda match: _versioned(match, root), inject(content, epoch))

    def served(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
        query = environ.get("QUERY_STRING", "")
        file = root / path.removeprefix(server.mount_path).lstrip("/")
        stays = bool(_NAMED_BY_CONTENT.search(path) or (query and query == _version(file)))

        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            if stays and status.startswith("200"):
                headers = [*headers, ("Cache-Control", "max-age=31536000, immutable")]
            return start_response(status, headers, *more)

        answer: Iterable[bytes] = server.serve_request(environ, start)
        return answer

    server._inject_js_into_html = injected  # type: ignore[method-assign]
    server.set_app(served)


def _versioned(match: re.Match[bytes], root: Path) -> bytes:
    """The path of a file that an element loads, with its version."""
    version = _version(root / match[2].decode("utf-8"))
    return b"%b?%b" % (match[0], version.encode()) if version else match[0]


def _version(file: Path) -> str:
    """What another content of a file does not have; empty without a file."""
    return "-".join(f"{part:x}" for part in sign_of(file)) if os.path.isfile(file) else ""
