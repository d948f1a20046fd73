"""What is to be run, and within which limits."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Job:
    """One run to make.

    Attributes:
        path: the script.
        name: its name below the folder that is run.
        root: files below this folder are noted when read.
        device: ``cpu`` or ``cuda``.
        threads: how many torch may use; NumPy uses one.
        timeout: seconds.
        memory: bytes of private memory.
        output: bytes that it may print.
        expects: name of the exception it must end with.
        launch: launcher and its arguments; empty for a plain run.
        style: look of the figures, ``house`` or ``matplotlib``.
        content: hash of the script's bytes; where it has others by then, it is not run.
    """

    path: str
    name: str
    root: str
    device: str
    threads: int
    timeout: float
    memory: int
    output: int
    expects: str | None = None
    launch: tuple[str, ...] = ()
    style: str = "house"
    content: str = ""
