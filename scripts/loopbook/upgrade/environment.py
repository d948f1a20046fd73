"""An environment with the newest of some packages, and the pinned ones of all others."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

from loopbook.errors import BookError

#: The packages that an upgrade is about.
NEWEST = ("torch", "numpy", "matplotlib")
_PIN = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>[\w.!+-]+)", re.MULTILINE)
_SAY = (
    "import importlib.metadata as m, json, sys; "
    "print(json.dumps({d.name.lower(): d.version for d in reversed(list(m.distributions()))}))"
)


def pins(requirements: Path) -> dict[str, str]:
    """The pinned versions of a file of requirements, by package, in its order.

    Raises:
        BookError: it cannot be read.
    """
    try:
        text = requirements.read_text("utf-8")
    except OSError as error:
        raise BookError(f"cannot be read: {error.strerror}", file=requirements) from error
    return {found["name"]: found["version"] for found in _PIN.finditer(text)}


def installed(python: Path) -> dict[str, str]:
    """The version of every package of an environment, by its name in small letters.

    Raises:
        BookError: this is no interpreter that runs.
    """
    found: dict[str, str] = json.loads(_run([str(python), "-c", _SAY]))
    return found


def environment(requirements: Path, folder: Path) -> Path:
    """Make or renew an environment; pip fetches from wherever it is set up to.

    A pin that the newest packages do not allow is given up; all others are kept.

    Args:
        requirements: the file of the pinned versions.
        folder: where the environment lies.

    Returns:
        Its interpreter.

    Raises:
        BookError: something cannot be installed.
    """
    wanted = pins(requirements)
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not python.exists():
        _run([sys.executable, "-m", "venv", str(folder)])
    _install(python, "--upgrade", *NEWEST)
    now = installed(python)
    newest = [f"{name}=={now[name]}" for name in NEWEST]
    others = [f"{name}=={version}" for name, version in wanted.items() if name not in NEWEST]
    try:
        _install(python, *newest, *others)
    except BookError:
        for pin in others:
            _install_if_allowed(python, newest, pin)
    return python


def _install_if_allowed(python: Path, newest: list[str], pin: str) -> None:
    try:
        _install(python, *newest, pin)
    except BookError:
        _install(python, *newest, pin.partition("==")[0])


def _install(python: Path, *packages: str) -> None:
    _run([str(python), "-m", "pip", "install", "--quiet", *packages])


def _run(command: list[str]) -> str:
    try:
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    except OSError as error:
        raise BookError(f"{command[0]} cannot be run: {error.strerror}") from error
    if done.returncode:
        raise BookError(
            f"`{' '.join(command[:4])} …` fails:\n{done.stderr.strip()[-2000:]}",
            cure="pip needs its package index; see `pip config list`",
        )
    return done.stdout
