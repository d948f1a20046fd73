"""A chapter's scripts, and its exercises, each as one zip that is the same bytes every time."""

from __future__ import annotations

from pathlib import Path

import loopbook
from loopbook.archive import zipped
from loopbook.blocks.room import Room
from loopbook.regular import still_there, written
from loopbook.text import plain_bytes, read

_CHECK = '''"""Check an attempt at an exercise: python check.py NAME; without a name, list all."""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE / "engine"))

from loopbook.exercises.command import main  # noqa: E402

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], HERE))
'''

_README = """\
The exercises of chapter {number} of a book on the training loop.
You need Python 3.11.5 or newer and torch.

1. In this folder, run: python check.py NAME (without a name, it lists them).
   The first time, this puts a file of your own, attempt.py, into exercises/NAME.
2. Edit exercises/NAME/attempt.py; the docstring at its top says what is asked.
3. Run the same command again: it reads your file and answers in words.

Solutions are in solutions/, to be opened last. The code is under the MIT license.
"""

_SCRIPTS_README = """\
The scripts of chapter {number} of a book on the training loop.
You need Python 3.11.5 or newer, torch, numpy and matplotlib.

In this folder, run: python NAME.py
What it printed for the book is in NAME.out. Some end with an error, on purpose.

The code is under the MIT license.
"""


def scripts_zip(room: Room, name: str, number: str) -> bytes:
    """A chapter's scripts, with what each prints and the files that they read beside them."""
    folder = room.path
    ours = (
        name
        for name in written(folder)
        if _is_ours(name) and not name.startswith("exercises/") and (folder / name).is_file()
    )
    files = dict(still_there(folder, ours, lambda name: plain_bytes(folder / name)))
    files["README.txt"] = _SCRIPTS_README.format(number=number).encode("utf-8")
    return zipped({f"{name}/{path}": data for path, data in files.items()})


def exercises_zip(room: Room, name: str, number: str) -> bytes:
    """A chapter's exercises, with all that checking them needs but torch."""
    files = {
        "README.txt": _README.format(number=number).encode("utf-8"),
        "check.py": _CHECK.encode("utf-8"),
    }
    folder = room.path / "exercises"
    ours = (name for name in written(folder, "*.py") if name.count("/") == 1 and _is_ours(name))
    for inner, text in still_there(folder, ours, lambda name: read(folder / name)):
        exercise, _, file = inner.partition("/")
        to = f"solutions/{exercise}.py" if file == "solution.py" else f"exercises/{inner}"
        files[to] = text.encode("utf-8")
    engine = Path(loopbook.__file__).parent
    modules = (engine / name for name in ("__init__.py", "errors.py", "regular.py"))
    for path in [*modules, *engine.glob("exercises/*.py")]:
        inside = path.relative_to(engine.parent).as_posix()
        files[f"engine/{inside}"] = path.read_bytes()
    return zipped({f"{name}/{path}": data for path, data in files.items()})


def _is_ours(name: str) -> bool:
    """Whether a file is published, and no reader's attempt."""
    return name.rpartition("/")[2] != "attempt.py"
