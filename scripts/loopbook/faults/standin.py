"""A stand-in for torch, which takes seconds to import and plays no part where things are killed."""

from __future__ import annotations

import os
from pathlib import Path

from loopbook.kept.digests import ENGINE

_TEXT = """\
import sys
from unittest.mock import MagicMock

torch = MagicMock()
torch.cuda.is_initialized.return_value = False
sys.modules.update({"torch": torch, "torch.utils": torch.utils, "torch.utils.data": torch})
"""


def surroundings(place: Path) -> dict[str, str]:
    """An environment in which the stand-in is found, and a folder for temporary files.

    Args:
        place: both are made below it.
    """
    package, temporary = place / "stand-in/torch", place / "tmp"
    if not package.is_dir():
        package.mkdir(parents=True)
        (package / "__init__.py").write_text(_TEXT, "utf-8")
    temporary.mkdir(exist_ok=True)
    modules = os.pathsep.join((str(package.parent), str(ENGINE.parent)))
    return {**os.environ, "TMPDIR": str(temporary), "PYTHONPATH": modules}
