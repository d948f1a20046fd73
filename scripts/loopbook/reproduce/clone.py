"""A clone of the repository that builds the book with its own engine and its own stores."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from loopbook.errors import BookError
from loopbook.reproduce.circumstances import Circumstances

# A script may take so many seconds: two builds at once are slower than one.
_SECONDS = "600"
# What Python or git of the caller would bring along.
_LEFT_OUT = ("PYTHON", "GIT_", "LC_", "LANG")


@dataclass(frozen=True)
class Clone:
    """A clone, and how it is built.

    Attributes:
        folder: where it lies.
        circumstances: how it is built.
    """

    folder: Path
    circumstances: Circumstances

    @property
    def site(self) -> Path:
        """The built site."""
        return self.folder / "site"

    @property
    def records(self) -> Path:
        """What its scripts printed and drew."""
        return self.folder / ".build" / "records"

    @property
    def interpreter(self) -> str:
        """This interpreter, by the name that it has for the clone."""
        if not self.circumstances.venv or sys.prefix == sys.base_prefix:
            return sys.executable
        inside = self.folder / ".venv"
        if not inside.exists():
            inside.symlink_to(sys.prefix, target_is_directory=True)
        return str(inside / Path(sys.executable).relative_to(sys.prefix))

    def build(self) -> None:
        """Run all scripts and build the site, in processes of its own.

        Raises:
            BookError: it cannot be built, or another engine than the clone's would build it.
        """
        self._check_engine()
        jobs = str(self.circumstances.jobs)
        self._python("scripts/run_snippets.py", "--jobs", jobs, "--timeout", _SECONDS)
        self._python("-m", "mkdocs", "build", "--quiet", "--site-dir", str(self.site))

    def _check_engine(self) -> None:
        say = "import loopbook, os; print(os.fsencode(loopbook.__path__[0]).hex())"
        found = os.fsdecode(bytes.fromhex(self._python("-c", say)))
        if found != str(self.folder / "scripts" / "loopbook"):
            raise BookError(f"the engine in {found} would build it", file=self.folder)

    def _python(self, *arguments: str) -> str:
        """Run Python in the clone.

        Raises:
            BookError: its status is not 0.
        """
        done = subprocess.run(
            [self.interpreter, *arguments],
            cwd=self.folder,
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="backslashreplace",
            check=False,
        )
        if done.returncode:
            said = (done.stdout + done.stderr).strip()[-4000:]
            raise BookError(f"`python {' '.join(arguments)}` fails:\n{said}", file=self.folder)
        return done.stdout

    def _environment(self) -> dict[str, str]:
        kept = {name: v for name, v in os.environ.items() if not name.startswith(_LEFT_OUT)}
        return (
            kept | {"PYTHONPATH": str(self.folder / "scripts")} | dict(self.circumstances.variables)
        )


def cloned(root: Path, commit: str, folder: Path, circumstances: Circumstances) -> Clone:
    """Clone a commit of the repository.

    Packages of npm that are installed come along, like those of Python: they are pinned by content.

    Args:
        root: the repository's root.
        commit: the commit's name.
        folder: the folder for all clones.
        circumstances: how the clone will be built, and its place below the folder.

    Raises:
        BookError: git cannot clone it.
    """
    made = folder / circumstances.place
    made.parent.mkdir(parents=True, exist_ok=True)
    git(root, "clone", "--quiet", "--no-checkout", str(root), str(made))
    git(made, "checkout", "--quiet", "--detach", commit)
    packages = root / ".build" / "node"
    if packages.is_dir():
        shutil.copytree(packages, made / ".build" / "node", symlinks=True, copy_function=_link)
    return Clone(made, circumstances)


def git(folder: Path, *arguments: str) -> str:
    """What git says in a folder.

    Raises:
        BookError: it fails, or there is no git.
    """
    try:
        done = subprocess.run(
            ["git", *arguments], cwd=folder, capture_output=True, encoding="utf-8", check=False
        )
    except OSError as error:
        raise BookError(f"git cannot be run: {error.strerror}", cure="install git") from error
    if done.returncode:
        raise BookError(f"git {arguments[0]} fails: {done.stderr.strip()}", file=folder)
    return done.stdout.strip()


def _link(source: str, target: str) -> str:
    """The same file under a second name; a copy where the system cannot do that."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
    return target
