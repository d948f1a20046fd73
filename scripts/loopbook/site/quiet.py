"""What plugins are told before they are imported: to do without what we have no use for.

MkDocs imports theme and plugins while it reads ``mkdocs.yml``, before any hook. A name in that file
that points here is resolved earlier still, and that is all this module is for.
"""

from __future__ import annotations

import os

BANNER = "silenced"

# The theme prints a banner, which would bury real messages. We know what it says: MkDocs is pinned
# below 2, and the book's substance is in Markdown extensions.
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
# nbconvert begins by trying each format that it can write, PDF by a browser too: half a second.
os.environ.setdefault("NBCONVERT_DISABLE_CONFIG_EXPORTERS", "1")
