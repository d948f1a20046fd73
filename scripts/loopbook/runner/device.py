"""The device that a script runs on: whether it takes any, and what the machine's GPU is."""

from __future__ import annotations

import ast
import subprocess
import sys
from typing import Any

from loopbook.syntax import UNREADABLE, tree

_WORDS = ("cuda", "accelerator")


def takes_any_device(source: bytes) -> bool:
    """Whether a script chooses its device when it runs, as far as its own text says so.

    It does if its code, comments and other texts aside, mentions ``cuda`` or ``accelerator``:
    ``torch.cuda.is_available()``, ``torch.accelerator``, ``"cuda:0"``, ``model.cuda()``.
    """
    if not any(word.encode() in source for word in _WORDS):
        return False
    try:
        nodes = ast.walk(tree(source))
    except UNREADABLE:
        return False
    return any(_mentions(node) for node in nodes)


def _mentions(node: ast.AST) -> bool:
    match node:
        case ast.Attribute(attr=name) | ast.Name(id=name) | ast.alias(name=name):
            return name.rpartition(".")[2] in _WORDS
        case ast.ImportFrom(module=str(name)):
            return not set(name.split(".")).isdisjoint(_WORDS)
        case ast.Constant(value=str(text)):
            return text.partition(":")[0] in _WORDS
    return False


def hardware() -> dict[str, str]:
    """The GPU that this process has computed on: its name, its driver, and the CUDA of torch.

    Empty where it has touched none. Called at the end of a run, in the script's own process.
    """
    torch: Any = sys.modules.get("torch")
    if torch is None or not torch.cuda.is_initialized():
        return {}
    return {
        "name": torch.cuda.get_device_name(),
        "driver": driver(),
        "cuda": str(torch.version.cuda or torch.version.hip),
    }


def driver() -> str:
    """The version of the NVIDIA driver, as its own program tells it, or ``unknown``."""
    command = ["nvidia-smi", "--query-gpu=driver_version", "--format=csv,noheader"]
    try:
        said = subprocess.run(command, capture_output=True, text=True, timeout=20, check=True)
    except (OSError, subprocess.SubprocessError):
        return "unknown"
    return said.stdout.partition("\n")[0].strip() or "unknown"
