"""Which sources are published beside the pages, and the bytes that must not depend on the day."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

#: Scripts that pages link to: the snippets, and the tests that check the formulas.
PUBLISHED = ("snippets/**/*.py", "tests/part-*/**/*.py")
#: A reader's own work, which never leaves the reader's machine.
PRIVATE = "attempt.py"


def published_files(root: Path) -> Iterator[str]:
    """Paths below ``root``, with ``/``, of the scripts that the site offers for download."""
    found = {path for pattern in PUBLISHED for path in root.glob(pattern)}
    for path in sorted(found):
        relative = path.relative_to(root)
        if path.name != PRIVATE and "__pycache__" not in relative.parts and path.is_file():
            yield relative.as_posix()


def stabilise(site: Path) -> None:
    """Pack the site map again without the time of the build: equal sites are equal bytes."""
    plain = site / "sitemap.xml"
    if plain.is_file():
        (site / "sitemap.xml.gz").write_bytes(gzip.compress(plain.read_bytes(), mtime=0))
