"""Run a gallery of examples that nobody here wrote, and say what fails because of the runner.

Each script is run by the runner, with matplotlib's own look, and by plain Python one after the
other; a failure, or a missing figure, that plain Python does not have is the runner's.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from loopbook.errors import BookError  # noqa: E402
from loopbook.gallery.report import report  # noqa: E402
from loopbook.gallery.sources import GALLERIES, fetch_gallery  # noqa: E402
from loopbook.gallery.trial import attempt  # noqa: E402
from loopbook.runner.session import Options  # noqa: E402


def main() -> int:
    """Run the command; 0 if nothing fails because of the runner, 1 if something does."""
    parser = argparse.ArgumentParser(
        prog="run_gallery",
        description="Run a gallery of examples with the runner and with plain Python, and compare.",
        epilog="Exit status: 0 nothing fails because of the runner, 1 some does, 2 wrong usage.",
    )
    parser.add_argument(
        "gallery",
        metavar="GALLERY",
        help=f"a folder of scripts, or a package whose sources pip downloads: "
        f"{', '.join(GALLERIES)}",
    )
    parser.add_argument("--jobs", type=int, default=0, metavar="N", help="scripts at once")
    parser.add_argument("--timeout", type=float, default=60.0, metavar="SECONDS", help="per script")
    parser.add_argument("--memory", type=int, default=4096, metavar="MB", help="per script")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only each Nth script")
    parser.add_argument(
        "--plain",
        choices=("all", "failed"),
        default="all",
        help="what plain Python runs, too: all, or only what failed in the runner",
    )
    parser.add_argument("--style", choices=("house", "matplotlib"), default="matplotlib")
    wishes = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="gallery-") as made:
        try:
            folder = Path(wishes.gallery)
            if wishes.gallery in GALLERIES:
                folder = fetch_gallery(wishes.gallery, Path(made, "sources"))
            elif not folder.is_dir():
                raise BookError(
                    f"there is no folder {folder}",
                    cure=f"name a folder of scripts, or one of {', '.join(GALLERIES)}",
                )
            options = Options(wishes.jobs, wishes.timeout, memory=wishes.memory, style=wishes.style)
            trial = attempt(folder, Path(made, "records"), options, wishes.plain, wishes.every)
        except BookError as error:
            print(f"run_gallery: {error}", file=sys.stderr)
            return 2
    print(report(trial))
    return 1 if trial.faults else 0


if __name__ == "__main__":
    sys.exit(main())
