"""A notebook's cells run in a clean kernel, and what came of it kept by content."""

from __future__ import annotations

import asyncio
import atexit
import hashlib
import json
import os
import re
import sys
import tempfile
from collections.abc import Coroutine, Sequence
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any

from loopbook.awaited import awaited
from loopbook.errors import BookError
from loopbook.kept import seal
from loopbook.notebooks.items import Cell
from loopbook.notebooks.png import smaller
from loopbook.runner import places, surroundings
from loopbook.runner.offspring import end_all
from loopbook.runner.places import Places
from loopbook.runner.scratch import RUN, clear_scratch, own_folder
from loopbook.runner.sockets import short_folder
from loopbook.runner.versions import versions

Output = dict[str, Any]

_PACKAGES = ("ipykernel", "ipython", "matplotlib-inline", "nbclient", "nbformat")
# The file that the kernel calls a cell's code, whose name holds the process's number.
_CELL_FILE = re.compile(r"[^\s:'\"]*[/\\]ipykernel_\d+[/\\]\d+\.py")
_ROOT = str(Path(__file__).resolve().parents[3])
_running: dict[Path, tuple[asyncio.AbstractEventLoop, asyncio.Future[Any]]] = {}
#: Seconds that one cell may take; the scripts as a whole have limits of their own.
TIMEOUT = 300


def outputs_of(cells: Sequence[Cell], store: Path) -> list[list[Output]]:
    """What each cell shows, from the store or from running all of them.

    Args:
        cells: the cells, in order.
        store: a folder for what came of the last run.

    Raises:
        BookError: a cell raises what it should not, or does not raise what it should.
    """
    kept = kept_in(store, cells)
    data = seal.get(kept)
    if data is not None:
        outputs: list[list[Output]] = json.loads(data)
        return outputs
    found = execute(cells)
    seal.put(kept, json.dumps(found, sort_keys=True).encode("utf-8"))
    for old in store.glob("[!.]*"):  # a hidden one is being written by another build
        if old.is_file() and old != kept:
            old.unlink(missing_ok=True)
    return found


def has_outputs(cells: Sequence[Cell], store: Path) -> bool:
    """Whether these cells need not be run."""
    return seal.get(kept_in(store, cells)) is not None


def kept_in(store: Path, cells: Sequence[Cell]) -> Path:
    """The file of a store for what came of these cells."""
    return store / _key(cells)


def execute(cells: Sequence[Cell]) -> list[list[Output]]:
    """Run the cells in a clean kernel, in an empty folder.

    Raises:
        BookError: a cell raises what it should not, or does not raise what it should.
    """
    import nbformat  # these take a second to import, and are seldom needed
    from jupyter_client.kernelspec import KernelSpecManager
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError

    notebook = nbformat.from_dict({  # type: ignore[no-untyped-call]
        "cells": [
            {
                "cell_type": "code",
                "execution_count": None,
                "id": f"cell-{number}",
                "metadata": {"tags": ["raises-exception"] if cell.raises else []},
                "outputs": [],
                "source": cell.source,
            }
            for number, cell in enumerate(cells)
        ],
        "metadata": {},
        "nbformat": 4,
        "nbformat_minor": 5,
    })  # fmt: skip
    place = Path(short_folder() or tempfile.gettempdir())
    clear_scratch(place)
    with own_folder(place, RUN) as made:
        here, kernels, env = _clean(made)
        client = NotebookClient(
            notebook,
            kernel_name="python3",
            timeout=TIMEOUT,
            startup_timeout=TIMEOUT,
            record_timing=False,
            resources={"metadata": {"path": str(here)}},
        )
        manager = client.create_kernel_manager()
        # This interpreter's kernel, not one of the same name that the user has installed.
        manager.kernel_spec_manager = KernelSpecManager(
            kernel_dirs=[str(kernels)], ensure_native_kernel=False
        )
        manager.connection_file = str(made / "kernel.json")
        if os.name == "posix":  # files of this folder in place of ports of this machine
            manager.transport, manager.ip = "ipc", str(made / "k")
        try:
            awaited(lambda: _until_ended(client.async_execute(env=env), made))
        except (CellExecutionError, CellTimeoutError) as error:
            raise BookError(
                f"a cell of the notebook fails: {error}",
                cure="a chapter's scripts run one after the other in the same notebook; "
                "look for a setting that an earlier one left behind",
            ) from error
        finally:  # which fails for a kernel that died before it was ready
            atexit.unregister(client._cleanup_kernel)
            end_all(None, made)  # one that was just being started when it was given up
        machine = Places.of(made, _ROOT)
    found = [_cleaned(cell.outputs, machine) for cell in notebook.cells]
    for cell, outputs in zip(cells, found, strict=True):
        if cell.raises and not any(output["output_type"] == "error" for output in outputs):
            raise BookError(f"{cell.script} raises nothing in the notebook, and should")
    return found


async def _until_ended(work: Coroutine[Any, Any, Any], folder: Path) -> None:
    """Do the work in a folder, unless `end_kernels` ends it before."""
    task = asyncio.ensure_future(work)
    _running[folder] = asyncio.get_running_loop(), task
    try:
        await task
    finally:
        del _running[folder]


def end_kernels() -> None:
    """End all kernels of this process, and the wait for them."""
    for folder, (loop, task) in tuple(_running.items()):
        end_all(None, folder)
        with suppress(RuntimeError):  # it has just ended by itself
            loop.call_soon_threadsafe(task.cancel)


def _clean(folder: Path) -> tuple[Path, Path, dict[str, str]]:
    """An empty folder to run in, one of kernels, and an environment without anyone's settings."""
    here, own = folder / "cwd", folder / "settings"
    for made in (here, own):
        made.mkdir()
    (own / "matplotlibrc").touch()
    kernels = own / "kernels" / "python3"
    kernels.mkdir(parents=True)
    command = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    spec = {"argv": command, "display_name": "Python 3", "language": "python"}
    (kernels / "kernel.json").write_text(json.dumps(spec), "utf-8")
    env = (
        surroundings.base()
        | surroundings.own(folder)
        | {
            "IPYTHONDIR": str(own / "ipython"),
            "MATPLOTLIBRC": str(own / "matplotlibrc"),
            "PYDEVD_DISABLE_FILE_VALIDATION": "1",
        }
    )
    return here, kernels.parent, env


def _cleaned(outputs: Sequence[Any], machine: Places) -> list[Output]:
    """Outputs without the places of this machine's files, streams of one kind in one piece."""

    def shown(text: str) -> str:
        return machine.out_of(_CELL_FILE.sub("cell", text))

    found: list[Output] = []
    for output in outputs:
        plain: Output = json.loads(json.dumps(output))
        plain.pop("execution_count", None)
        if "traceback" in plain:
            plain["traceback"] = [shown(line) for line in plain["traceback"]]
            plain["evalue"] = shown(plain["evalue"])
        if "image/png" in plain.get("data", {}):
            plain["data"] = {"image/png": smaller(plain["data"]["image/png"])}
        if "text" in plain:
            plain["text"] = shown(plain["text"])
        last = found[-1] if found else {}
        if plain["output_type"] == "stream" and last.get("name") == plain["name"]:
            last["text"] += plain["text"]
        else:
            found.append(plain)
    return found


def _key(cells: Sequence[Cell]) -> str:
    """Names all that the outputs depend on."""
    around = [sorted(versions().items()), [(name, version(name)) for name in _PACKAGES]]
    code = [(cell.source, cell.raises) for cell in cells]
    here = [Path(file).read_bytes() for file in (__file__, places.__file__, surroundings.__file__)]
    return hashlib.sha256(repr((around, code, here)).encode("utf-8")).hexdigest()[:32]
