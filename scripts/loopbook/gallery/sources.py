"""The examples that lie in a package's source distribution."""

from __future__ import annotations

import importlib.metadata
import os
import subprocess
import sys
import tarfile
from pathlib import Path

from loopbook.errors import BookError

#: Where packages keep their examples, below their sources' own folder.
GALLERIES = {"matplotlib": "galleries/examples", "scikit-learn": "examples"}

# pip wants a package's metadata before it hands over its sources, and would build them for that.
# This takes the place of their build tool: the metadata lie in the archive.
_BACKEND = """\
from email import message_from_string
from pathlib import Path


def prepare_metadata_for_build_wheel(folder, config_settings=None):
    text = Path("PKG-INFO").read_text("utf-8")
    says = message_from_string(text)
    info = Path(folder, f"{says['Name'].replace('-', '_')}-{says['Version']}.dist-info")
    info.mkdir()
    (info / "METADATA").write_text(text, "utf-8")
    return info.name
"""


def fetch_gallery(package: str, into: Path) -> Path:
    """The examples of the installed version of a package, as pip downloads its sources.

    Args:
        package: one of `GALLERIES`.
        into: a folder for the archive and for what is taken out of it.

    Raises:
        BookError: the package is not installed, or pip cannot have its sources.
    """
    try:
        version = importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError as error:
        raise BookError(f"{package} is not installed", cure="install it first") from error
    tools = into / "tools"
    tools.mkdir(parents=True)
    (tools / "mesonpy.py").write_text(_BACKEND, encoding="utf-8")
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
    command += ["--no-build-isolation", "--no-binary", package, f"{package}=={version}"]
    done = subprocess.run(
        command,
        cwd=into,
        env=os.environ | {"PYTHONPATH": str(tools)},
        capture_output=True,
        text=True,
        check=False,
    )
    archives = sorted(into.glob("*.tar.gz"))
    if done.returncode or not archives:
        last = done.stderr.strip().splitlines()[-1:] or ["no reason given"]
        raise BookError(
            f"pip cannot download the sources of {package} {version}: {last[0]}",
            cure="name a folder of scripts instead, unpacked by hand",
        )
    return unpack(archives[0], GALLERIES[package], into)


def unpack(archive: Path, examples: str, into: Path) -> Path:
    """Take the examples' folder out of an archive of sources.

    Raises:
        BookError: the archive has none.
    """
    with tarfile.open(archive) as sources:
        members = [
            member
            for member in sources.getmembers()
            if member.name.partition("/")[2].startswith(f"{examples}/")
        ]
        sources.extractall(into, members, filter="data")
    if not members:
        raise BookError(f"holds no folder {examples}", file=archive)
    return into / members[0].name.partition("/")[0] / examples
