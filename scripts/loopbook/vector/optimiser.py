"""Figures as they were drawn to figures as they are sent: by SVGO, or from the store."""

from __future__ import annotations

import atexit
import hashlib
import threading
from functools import cache
from pathlib import Path

from loopbook.errors import BookError
from loopbook.kept import seal
from loopbook.node.packages import Packages
from loopbook.node.process import Process

SCRIPT = Path(__file__).with_name("optimise.mjs")
PACKAGES = Packages(Path(__file__).parent, "SVGO, which makes the book's figures light")


class Optimiser:
    """Makes SVG light without changing what it looks like.

    Results are kept below ``.build/vector``, named by what they were made from: the drawing, SVGO's
    version and how it is called. One process of SVGO, started by the first new drawing, serves
    all books and pages.

    Args:
        root: the book's folder, which holds ``.build``.
    """

    def __init__(self, root: Path) -> None:
        decisive = (PACKAGES.lock, *sorted(SCRIPT.parent.glob("*.mjs")))
        made_by = hashlib.sha256(b"".join(file.read_bytes() for file in decisive)).hexdigest()
        self.folder = root / ".build" / "vector" / made_by[:16]

    def optimise(self, svg: str) -> str:
        """The same picture in fewer bytes.

        Raises:
            BookError: it is not SVG, or SVGO's process broke.
        """
        file = self.folder / hashlib.sha256(svg.encode()).hexdigest()[:32]
        return seal.kept(file, lambda: _svgo.optimise(svg).encode()).decode()


class _Svgo:
    """The one process of SVGO in this Python process; it answers one drawing at a time."""

    def __init__(self) -> None:
        self._process: Process | None = None
        self._lock = threading.Lock()
        atexit.register(self.close)

    def optimise(self, svg: str) -> str:
        with self._lock:
            if self._process is None or self._process.ended:
                self._process = Process("SVGO", SCRIPT, PACKAGES)
            (answer,) = self._process.ask([{"svg": svg}])
        if "error" in answer:
            message = f"the figure is not SVG: {answer['error']}"
            raise BookError(message, cure="run its script again")
        return str(answer["svg"])

    def close(self) -> None:
        with self._lock:
            process, self._process = self._process, None
            if process is not None:
                process.close()


_svgo = _Svgo()


@cache
def shared(root: Path) -> Optimiser:
    """The optimiser of a book."""
    return Optimiser(root)
