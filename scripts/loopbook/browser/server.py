"""A server for a built site on a free port, with gzip, as a host would serve it."""

from __future__ import annotations

import functools
import gzip
import http.server
import re
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from http import HTTPStatus
from pathlib import Path
from typing import Any

#: Seconds between two pieces of a page that comes slowly: enough for a browser to draw.
PAUSE = 0.1
#: Endings of files that gain nothing from gzip.
PACKED = frozenset({".woff2", ".png", ".webp", ".gz", ".zip", ".pdf"})
# Where a line of a page ends; a row of a table is one line.
_LINE = re.compile(rb"(?<=\n)(?!</?t[dhr]\b)|(?<=\n)(?=<tr)")


@lru_cache(maxsize=512)
def packed(path: str, modified: int) -> bytes:
    """A file's bytes after gzip at level 6, the default of common servers."""
    return gzip.compress(Path(path).read_bytes(), 6, mtime=0)


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Serves files with gzip where the client takes it, says nothing."""

    protocol_version = "HTTP/1.1"
    extensions_map = http.server.SimpleHTTPRequestHandler.extensions_map | {
        ".js": "text/javascript",
        ".mjs": "text/javascript",
        ".webp": "image/webp",
        ".woff2": "font/woff2",
    }

    def __init__(
        self, *args: Any, headers: Mapping[str, str], slow_lines: int, **kwargs: Any
    ) -> None:
        self._more = dict(headers)
        self._slow_lines = slow_lines
        super().__init__(*args, **kwargs)

    def do_GET(self) -> None:
        """Answer with the file, or as the parent does where there is none."""
        path = Path(self.translate_path(self.path))
        if path.is_dir() and self.path.split("?")[0].endswith("/"):
            path = path / "index.html"
        if not path.is_file():
            super().do_GET()
            return
        data = path.read_bytes()
        slow = self._slow_lines if path.suffix == ".html" else 0
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", self.guess_type(str(path)))
        takes = "gzip" in self.headers.get("Accept-Encoding", "")
        if path.suffix not in PACKED and takes and not slow:
            data = packed(str(path), path.stat().st_mtime_ns)
            self.send_header("Content-Encoding", "gzip")
            self.send_header("Vary", "Accept-Encoding")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        head, article, rest = data.partition(b"<article")
        for line in (head + article, *(_LINE.split(rest, slow) if slow else [rest])):
            self.wfile.write(line)
            time.sleep(PAUSE if slow else 0)

    def end_headers(self) -> None:
        """Add the headers asked for."""
        for name, value in self._more.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Requests are of no interest."""


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that hangs up is no error."""


@contextmanager
def served(
    site: Path, headers: Mapping[str, str] | None = None, *, slow_lines: int = 0
) -> Iterator[str]:
    """The address, ending in ``/``, under which a folder is served until the block ends.

    Args:
        site: the folder.
        headers: what is said with every answer, such as a Content-Security-Policy.
        slow_lines: so many lines of a page's article come `PAUSE` apart, a table's by rows; it is
            not zipped then.
    """
    handler = functools.partial(
        _Handler, directory=str(site), headers=headers or {}, slow_lines=slow_lines
    )
    with _Server(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/"
        finally:
            server.shutdown()
            thread.join()
