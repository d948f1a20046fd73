"""The offline edition: the site as one zip that opens from the file system."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from loopbook.archive import zipped
from loopbook.errors import BookError
from loopbook.node.packages import Packages

PACKAGES = Packages(
    Path(__file__).parent, "iframe-worker, with which search works without a server"
)
#: Makes a worker of a frame: browsers start no worker for a page from the file system.
WORKER = "assets/offline/iframe-worker.js"
#: Folder in the zip, so that unpacking it makes one folder.
FOLDER = "learn-the-training-loop"
#: Of no use without a server, or to anyone but the theme's developers.
LEFT_OUT = re.compile(r"\.map$|^sitemap\.xml|^404\.html$|^search/search_index\.json$|^editions/")


def worker_script() -> bytes:
    """The script that stands in for workers."""
    file = PACKAGES.node_modules() / "iframe-worker" / "shim" / "index.js"
    return file.read_bytes()


def build_offline(root: Path, site: Path) -> None:
    """Build the site so that it works from the file system.

    Args:
        root: the book's folder.
        site: the folder to build into; emptied before.

    Raises:
        BookError: the site could not be built.
    """
    shutil.rmtree(site, ignore_errors=True)
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(site)],
        cwd=root,
        env=os.environ | {"OFFLINE": "true"},
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise BookError(f"the offline edition does not build:\n{done.stderr.strip()}")


def pack(site: Path, target: Path) -> int:
    """Pack an offline site into one zip; returns how many files it holds."""
    paths = [path for path in sorted(site.rglob("*")) if path.is_file()]
    names = {path.relative_to(site).as_posix(): path for path in paths}
    kept = {f"{FOLDER}/{name}": path for name, path in names.items() if not LEFT_OUT.search(name)}
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(f"{target.name}.new")
    fresh.write_bytes(zipped(kept))
    fresh.replace(target)  # it appears whole or not at all
    return len(kept)
