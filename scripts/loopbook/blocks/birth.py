"""How a figure was made: what a reader needs to make the same one."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import lru_cache

from loopbook.runner.record import Record
from loopbook.syntax import UNREADABLE, tree

_SEEDING = {"default_rng", "manual_seed", "manual_seed_all", "seed"}
_PACKAGES = {"python": "Python", "torch": "torch", "numpy": "NumPy", "matplotlib": "matplotlib"}
_DEVICES = {"cpu": "on the CPU", "cuda": "on a GPU"}  # one that nothing names
#: Wide steps, so that the same run is in the same one wherever the book is built.
_TIMES = ((10, "10 s"), (60, "a minute"), (600, "10 minutes"), (3600, "an hour"))


def made(sources: tuple[bytes, ...], record: Record) -> str:
    """Seeds, versions, device and time of a run, in one line.

    Args:
        sources: the script, and those of its neighbours that it imported.
        record: its run.
    """
    found = dict.fromkeys(seed for source in sources for seed in seeds(source))
    names = "seeds" if len(found) > 1 else "seed"
    versions = (
        f"{name} {record.versions[key]}"
        for key, name in _PACKAGES.items()
        if key in record.versions
    )
    parts = (
        f"{names} {', '.join(found)}" if found else "no seed set",
        *versions,
        f"on {gpu}" if (gpu := record.hardware.get("name")) else _DEVICES[record.device],
        duration(record.processor),
    )
    return " · ".join(parts)


def duration(seconds: float) -> str:
    """The processor time of a run, in steps so wide that another machine's is the same."""
    words = next((words for limit, words in _TIMES if seconds < limit), None)
    return f"under {words} of processor time" if words else "over an hour of processor time"


@lru_cache(maxsize=1024)
def seeds(source: bytes) -> tuple[str, ...]:
    """The seeds that a script gives to generators of random numbers, in the order written."""
    try:
        module = tree(source)
    except UNREADABLE:
        return ()
    known = dict(_values(module))
    calls = (node for node in ast.walk(module) if isinstance(node, ast.Call) and node.args)
    seeding = sorted(
        (call for call in calls if _called(call.func) in _SEEDING),
        key=lambda call: (call.lineno, call.col_offset),
    )
    found: dict[str, None] = {}
    for call in seeding:
        words = ast.unparse(call.args[0])
        found.update(dict.fromkeys(known.get(words, (words,))))
    return tuple(found)


def _called(function: ast.expr) -> str:
    match function:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
    return ""


def _values(module: ast.Module) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Names that stand for one number, or in a loop for one after the other."""
    for node in ast.walk(module):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant() as value):
                yield name, (ast.unparse(value),)
            case ast.For(target=ast.Name(id=name), iter=ast.Tuple() | ast.List() as values):
                yield name, tuple(ast.unparse(value) for value in values.elts)
