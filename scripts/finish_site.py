"""Add to a site built by Zensical what MkDocs' hook adds: python scripts/finish_site.py SITE."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from loopbook.errors import BookError
from loopbook.runner.interrupt import status_of, told
from loopbook.site.finish import finish


def main() -> int:
    """Finish the site that the command names; the book is where the command runs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site", type=Path, help="the folder that the builder wrote")
    site: Path = parser.parse_args().site
    if not (site / "index.html").is_file():
        print(f"{site} holds no site: build it first, with zensical build", file=sys.stderr)
        return 1
    try:
        with told():
            finish(site, Path.cwd())
    except BookError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt as stopped:
        print("finish_site: stopped", file=sys.stderr)
        return status_of(stopped)
    return 0


if __name__ == "__main__":
    sys.exit(main())
