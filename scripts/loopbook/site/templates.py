"""Templates as Jinja compiles them, kept from build to build."""

from __future__ import annotations

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from loopbook.kept.digests import digest, made_by
from loopbook.kept.shelf import Entry, Shelf


class KeptTemplates(BytecodeCache):
    """Where Jinja looks before it compiles a template; it compares the sources itself.

    Args:
        shelf: where they lie.
    """

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what was compiled by the packages that are installed."""
        entry = self._shelf.load(_place(bucket))
        if entry and entry.given == made_by():
            bucket.bytecode_from_string(entry.value)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self._shelf.save(_place(bucket), Entry(made_by(), (), bucket.bytecode_to_string()))


def _place(bucket: Bucket) -> str:
    return digest(["template", bucket.key])
