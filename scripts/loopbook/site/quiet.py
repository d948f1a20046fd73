"""Silences the banner that the theme prints on import, which would bury real messages.

The theme prints it while MkDocs reads ``mkdocs.yml``, before any hook is loaded. A name in that
file that points here is resolved earlier still, and that is all this module is for. We know what
the banner says: MkDocs is pinned below 2, and the book's substance is in Markdown extensions.
"""

from __future__ import annotations

import os

BANNER = "silenced"

os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
