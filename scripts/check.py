"""Check an attempt at an exercise.

``python scripts/check.py part-1/2-linear-regression/two-rates``; without a name, a list of all.
"""

import sys
from pathlib import Path

SCRIPTS = Path(__file__).resolve().parent
if str(SCRIPTS) not in sys.path:
    sys.path.insert(0, str(SCRIPTS))

from loopbook.exercises.command import main  # noqa: E402

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], SCRIPTS.parent))
