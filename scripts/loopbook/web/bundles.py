"""The scripts of the site, bundled by esbuild, and written into a built site."""

from __future__ import annotations

import hashlib
import json
import pickle
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from loopbook.errors import BookError
from loopbook.kept import seal
from loopbook.node.packages import ROOT, Packages, node
from loopbook.whole import write_where_new

HERE = Path(__file__).parent
PACKAGES = Packages(HERE, "esbuild and D3, which make the site's scripts")
FOLDER = Path("assets") / "web"
KINDS = {".js", ".mjs", ".css", ".json"}
SECONDS = 120


def bundle(
    site_dir: Path, offline: bool = False, *, sources: Path = HERE, build: Path | None = None
) -> None:
    """Write the site's scripts to ``assets/web`` of a built site.

    ``book.js`` is the plain script of every page; ``figures/NAME.js`` is the module of one
    interactive figure, ``parts/NAME.js`` that of what few other pages need. Bundles are kept below
    ``.build/web`` by the content of their sources, so that only a change costs anything. Files that
    have not changed are left alone, others deleted.

    Args:
        site_dir: the built site.
        offline: for pages opened from the file system, where no module can be imported: figures
            become plain scripts too.
        sources: the folder of the sources.
        build: the folder for made things; the repository's own by default.

    Raises:
        BookError: a source has an error, or esbuild could not be installed.
    """
    made = _made(sources, "offline" if offline else "online", build or ROOT / ".build")
    target = site_dir / FOLDER
    for old in list(_files(target)):
        if old.relative_to(target).as_posix() not in made:
            old.unlink()
    for name, data in made.items():
        write_where_new(target / name, data)


def figure_names(sources: Path = HERE) -> list[str]:
    """Names of the interactive figures that there are."""
    return sorted(path.stem for path in (sources / "figures").glob("*.js"))


def _made(sources: Path, edition: str, build: Path) -> dict[str, bytes]:
    """The bundles made from sources as they are now, by their names with ``/``."""
    digest = hashlib.sha256(PACKAGES.lock.read_bytes())
    for path in _files(sources):
        if path.suffix in KINDS:
            digest.update(f"\0{path.relative_to(sources).as_posix()}\0".encode())
            digest.update(path.read_bytes())

    home = build / "web"

    def bundled() -> bytes:
        home.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=home, prefix="new-") as folder:
            _esbuild(sources, Path(folder), edition)
            out = Path(folder) / "out"
            found = {path.relative_to(out).as_posix(): path.read_bytes() for path in _files(out)}
        return pickle.dumps(found)

    kept = seal.kept(home / f"{digest.hexdigest()[:16]}-{edition}", bundled)
    made: dict[str, bytes] = pickle.loads(kept)
    return made


def _esbuild(sources: Path, work: Path, edition: str) -> None:
    command = [node(), HERE / "build.mjs", PACKAGES.whole_modules(), sources, work, edition]
    try:
        done = subprocess.run(
            [str(word) for word in command],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=SECONDS,
        )
    except subprocess.TimeoutExpired as error:
        raise BookError(f"esbuild gave no answer for {SECONDS} seconds") from error
    if done.returncode != 0:
        raise BookError(
            f"esbuild ended with an error:\n{done.stderr.strip()}",
            file=HERE / "build.mjs",
            cure="Build again; if it stays, delete .build/node so that esbuild is installed anew.",
        )
    for fault in json.loads(done.stdout):
        place = sources / fault["file"] if fault.get("file") else None
        raise BookError(fault["text"], file=place, line=fault.get("line"))


def _files(folder: Path) -> Iterator[Path]:
    yield from (path for path in sorted(folder.rglob("*")) if path.is_file())
