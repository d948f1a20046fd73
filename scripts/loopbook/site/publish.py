"""Which sources are published beside the pages, and the bytes that must not depend on the day."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

from loopbook.regular import still_there, written
from loopbook.text import plain_bytes

#: A reader's own work, which never leaves the reader's machine.
PRIVATE = "attempt.py"
_OF_A_PART = re.compile("tests/part-[^/]*/")


def published_scripts(root: Path) -> Iterator[tuple[str, bytes]]:
    """The scripts that the site offers for download: path below ``root``, with ``/``, and bytes.

    They are the snippets, and the tests that check the formulas.

    Raises:
        BookError: one cannot be read.
    """
    snippets = [f"snippets/{name}" for name in written(root / "snippets", "*.py")]
    tests = [f"tests/{name}" for name in written(root / "tests", "*.py")]
    found = snippets + [name for name in tests if _OF_A_PART.match(name)]
    ours = (name for name in found if not name.endswith(f"/{PRIVATE}") and (root / name).is_file())
    return still_there(root, ours, lambda name: plain_bytes(root / name))


def stabilise(site: Path) -> None:
    """Pack the site map again without the time of the build: equal sites are equal bytes."""
    plain = site / "sitemap.xml"
    if plain.is_file():
        (site / "sitemap.xml.gz").write_bytes(gzip.compress(plain.read_bytes(), mtime=0))
