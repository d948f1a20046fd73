"""What a run depends on besides its files: versions and the kind of device."""

from __future__ import annotations

import ctypes
import functools
import importlib.metadata
import platform
import sys
from pathlib import Path

from loopbook.errors import BookError
from loopbook.runner.script import digest

# The modules of the runner that can change what a run prints or draws.
_DECISIVE = (
    "backend.py",
    "canvas.py",
    "cells.py",
    "child.py",
    "ending.py",
    "failure.py",
    "frames.py",
    "house.py",
    "identity.py",
    "interpreter.py",
    "memory.py",
    "places.py",
    "raster.py",
    "streams.py",
    "surroundings.py",
    "threads.py",
    "ticks.py",
    "warm.py",
)


@functools.cache
def versions() -> dict[str, str]:
    """Versions of Python, torch, numpy, matplotlib and of the runner itself; imports none."""
    here = Path(__file__).parent
    found = {name: _version(name) for name in ("torch", "numpy", "matplotlib")}
    found["python"] = platform.python_version()
    found["runner"] = digest(b"".join((here / name).read_bytes() for name in _DECISIVE))[:8]
    return found


def choose_device(wanted: str) -> str:
    """Turn ``auto``, ``cpu`` or ``cuda`` into the kind of device to run on.

    Raises:
        BookError: ``cuda`` is wanted, and there is none.
    """
    if wanted == "cpu" or (wanted == "auto" and not has_cuda()):
        return "cpu"
    if not has_cuda():
        raise BookError(
            "no CUDA device is to be had here",
            cure="run with --device cpu, or install a build of torch for CUDA on a machine with "
            "an NVIDIA GPU and its driver",
        )
    return "cuda"


@functools.cache
def has_cuda() -> bool:
    """Whether the driver counts a CUDA device and torch is built for it; imports no torch."""
    if _version("torch").endswith("+cpu"):
        return False
    try:
        library = "nvcuda.dll" if sys.platform == "win32" else "libcuda.so.1"
        driver = ctypes.CDLL(library)
    except OSError:
        return False
    count = ctypes.c_int(0)
    return (
        driver.cuInit(0) == 0
        and driver.cuDeviceGetCount(ctypes.byref(count)) == 0
        and count.value > 0
    )


def _version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return "absent"
