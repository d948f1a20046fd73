"""Which snippets of the book take any device, and which of them are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from loopbook.blocks.nearest import meant, quoted
from loopbook.errors import BookError
from loopbook.regular import still_there
from loopbook.runner.book import is_snippet
from loopbook.runner.script import Script, find_scripts, read_script
from loopbook.runner.versions import has_cuda


def snippets_for_devices(root: Path) -> dict[str, Script]:
    """The snippets that take any device or need a GPU, by name.

    Raises:
        BookError: a snippet cannot be read.
    """
    folder = root / "snippets"
    names = find_scripts(folder, is_snippet)
    return {
        name: script
        for name, script in still_there(folder, names, lambda name: read_script(folder, name))
        if script.declarations.any_device or script.declarations.needs
    }


def chosen(known: dict[str, Script], names: Sequence[str]) -> dict[str, Script]:
    """Those of these names, each a path below ``snippets``, with or without ``.py``; or all.

    Raises:
        BookError: a name is none of them.
    """
    found: dict[str, Script] = {}
    for name in names:
        path = Path(name.removesuffix(".py") + ".py").as_posix().removeprefix("snippets/")
        if path not in known:
            raise BookError(
                f"{quoted(name)} is no snippet that takes any device",
                cure=meant(path, known, "those that do are"),
            )
        found[path] = known[path]
    return found or known


def need_gpu() -> None:
    """Go on only where there is a GPU.

    Raises:
        BookError: there is none.
    """
    if not has_cuda():
        raise BookError(
            "there is no GPU here, so nothing was run",
            cure="run this on a machine with an NVIDIA GPU, its driver and a build of torch for "
            "CUDA; the book builds without",
        )
