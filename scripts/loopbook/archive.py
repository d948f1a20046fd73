"""Zip files whose bytes depend on nothing but what is in them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

#: The earliest date that the format knows.
DATE = (1980, 1, 1, 0, 0, 0)
#: Kinds of files that are packed already.
STORED = frozenset({".png", ".webp", ".woff2", ".zip", ".gz", ".pdf"})


def zipped(files: Mapping[str, Path | bytes]) -> bytes:
    """A zip, sorted by name, without dates and owners.

    Args:
        files: content, or the file that holds it, by name in the zip, with ``/``.
    """
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in sorted(files):
            content = files[name]
            data = content if isinstance(content, bytes) else content.read_bytes()
            entry = zipfile.ZipInfo(name, DATE)
            entry.create_system = 3  # the same on every system
            entry.external_attr = 0o644 << 16
            packed = Path(name).suffix not in STORED
            entry.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
            archive.writestr(entry, data, compresslevel=9)
    return made.getvalue()
