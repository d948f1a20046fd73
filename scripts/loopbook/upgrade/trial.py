"""Runs the book's snippets into a store of its own: python -m loopbook.upgrade.trial ROOT STORE."""

from __future__ import annotations

import sys
from pathlib import Path

from loopbook.errors import BookError
from loopbook.runner.book import is_snippet
from loopbook.runner.progress import Bar
from loopbook.runner.session import Options, Session, run_folder


def run_into(root: Path, store: Path, jobs: int = 0) -> Session:
    """Run the stale snippets of the book below this root, with records elsewhere than usual.

    Nothing else is written, neither ``.out`` files nor the usual records.
    """
    options = Options(jobs=jobs)
    return run_folder(
        root / "snippets", store, options, root=root, wanted=is_snippet, observer=Bar()
    )


def main(arguments: list[str]) -> int:
    """Run them with this interpreter; what becomes of each is in the records.

    Returns:
        0, or 2 if they could not be run at all.
    """
    root, store, jobs = arguments
    try:
        run_into(Path(root), Path(store), int(jobs))
    except BookError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
