"""Digests of plain values, and of all that stands behind whatever the engine makes."""

from __future__ import annotations

import datetime
import hashlib
import os
import sys
from collections.abc import Mapping, Set
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path, PurePath
from typing import Any

ENGINE = Path(__file__).resolve().parents[1]


def digest(value: object) -> str:
    """A digest of a plain value: text, numbers, and tuples, lists, sets, mappings, data classes.

    Raises:
        TypeError: there is something in it of which nothing is known.
    """
    return hashlib.blake2b(_bytes(value), digest_size=16).hexdigest()


def _bytes(value: Any) -> bytes:
    if value is None or isinstance(value, bool | int | float):
        return repr(value).encode()
    if isinstance(value, str):
        data = value.encode("utf-8", "surrogatepass")
        return b"s%d:%b" % (len(data), data)
    if isinstance(value, bytes):
        return b"b%d:%b" % (len(value), value)
    if isinstance(value, PurePath | datetime.date):
        return type(value).__name__.encode() + _bytes(str(value))
    if isinstance(value, tuple | list):
        return b"(%b)" % b",".join(map(_bytes, value))
    if isinstance(value, Set):
        return b"{%b}" % b",".join(sorted(map(_bytes, value)))
    if isinstance(value, Mapping):
        pairs = sorted((_bytes(key), _bytes(entry)) for key, entry in value.items())
        return b"<%b>" % b",".join(key + b"=" + entry for key, entry in pairs)
    if is_dataclass(value):
        name = type(value).__qualname__.encode()
        return name + _bytes([getattr(value, field.name) for field in fields(value)])
    raise TypeError(f"no digest of a {type(value).__qualname__}")


@cache
def made_by() -> str:
    """A digest of the engine's own files, of Python, and of the packages that are installed.

    A package is known by the name of the folder that says its version. The engine's files are read
    once in a process: what runs is what was read.
    """
    engine = {
        path.relative_to(ENGINE).as_posix(): path.read_bytes()
        for path in sorted(ENGINE.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }
    packages = {
        name
        for folder in sys.path
        if os.path.isdir(folder)
        for name in os.listdir(folder)
        if name.endswith((".dist-info", ".egg-info"))
    }
    return digest([sys.version, engine, packages])
