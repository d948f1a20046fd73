"""Run the book's stale snippets, or every script below any folder: see --help."""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from loopbook.runner.cli import main  # noqa: E402

if __name__ == "__main__":
    sys.exit(main(HERE.parent))
