"""What a computation asks of the book's files, found by watching it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any

#: One question: what kind it is, and of what.
Question = tuple[Any, ...]
Note = Callable[[Question], None]

_listening: ContextVar[Note | None] = ContextVar("listening", default=None)


@contextmanager
def listening(note: Note | None) -> Iterator[None]:
    """Tell `note` each question of this thread before it is answered; nobody, if it is none.

    Questions are ``("file", path)`` before a file is opened for reading, ``("list", path)`` before
    a folder is listed and ``("kind", path)`` before something is looked at, all with whole paths.
    """
    _hooked()
    token = _listening.set(note)
    try:
        yield
    finally:
        _listening.reset(token)


def tell(question: Question) -> None:
    """A question that no file answers alone."""
    if note := _listening.get():
        with listening(None):
            note(question)


@contextmanager
def looks_heard() -> Iterator[None]:
    """Let `listening` hear of looks at files, too: Python raises no audit event for them."""
    true_stat = os.stat

    def stat(path: Any, **options: Any) -> os.stat_result:
        if _listening.get() is not None:
            _tell("kind", path)
        return true_stat(path, **options)

    os.stat = stat
    try:
        yield
    finally:
        os.stat = true_stat


@cache
def _hooked() -> None:
    """Hear what Python says of itself; an audit hook cannot be taken back."""
    kinds = {"open": "file", "os.listdir": "list", "os.scandir": "list"}

    def hear(event: str, arguments: tuple[Any, ...]) -> None:
        kind = kinds.get(event)
        if kind is None or _listening.get() is None:
            return
        if kind == "file" and _writes(arguments[1], arguments[2]):
            return
        _tell(kind, os.getcwd() if arguments[0] is None else arguments[0])

    sys.addaudithook(hear)


def _tell(kind: str, where: Any) -> None:
    if isinstance(where, str | bytes | os.PathLike):
        tell((kind, os.path.abspath(os.fsdecode(where))))


def _writes(mode: str | None, flags: int | None) -> bool:
    if isinstance(mode, str):
        return mode[:1] in ("w", "x", "a")
    return bool((flags or 0) & (os.O_WRONLY | os.O_TRUNC | os.O_CREAT))
