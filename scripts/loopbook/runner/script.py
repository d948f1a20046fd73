"""A script as it lies on disk: its text, its declarations, its fingerprint."""

from __future__ import annotations

import ast
import hashlib
import io
import math
import re
import tokenize
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from loopbook.errors import BookError
from loopbook.regular import bytes_of, written
from loopbook.runner import threads
from loopbook.runner.device import takes_any_device
from loopbook.syntax import UNREADABLE, tree
from loopbook.text import check_name

_DECLARATION = re.compile(r"^#\s*run:\s*(?P<what>[\w-]+)[ \t]*(?P<value>.*?)\s*$", re.MULTILINE)
_CURE = (
    "write one of: '# run: expects RuntimeError', '# run: timeout 120', '# run: needs cuda', "
    "'# run: any device', '# run: launch torchrun --nproc-per-node=2', '# run: threads 2' (at "
    f"most {threads.MOST}), '# run: tolerance 1e-2 1e-4'"
)


@dataclass(frozen=True, slots=True)
class Declarations:
    """What a script says of its own run, one comment line each.

    Attributes:
        expects: name of the exception that it must end with.
        timeout: seconds that it may take.
        needs: kind of device without which it cannot run.
        any_device: whether it chooses its device when it runs; its code may say so, too.
        launch: launcher and its arguments.
        threads: how many torch may use, on every machine.
        relative: relative tolerance when printed numbers are compared.
        absolute: absolute tolerance.
    """

    expects: str | None = None
    timeout: float | None = None
    needs: str | None = None
    any_device: bool = False
    launch: tuple[str, ...] = ()
    threads: int = 1
    relative: float = 1e-3
    absolute: float = 1e-5


@dataclass(frozen=True, slots=True)
class Script:
    """One script below a folder.

    Attributes:
        folder: the folder that is run.
        name: path below the folder, with forward slashes.
        content: hash of its bytes.
        declarations: what its ``# run:`` lines say.
    """

    folder: Path
    name: str
    content: str
    declarations: Declarations

    @property
    def path(self) -> Path:
        """Where the script lies."""
        return self.folder / self.name

    @property
    def stem(self) -> str:
        """The name without ``.py``: the script's folder among the records."""
        return self.name.removesuffix(".py")

    @property
    def expected_output(self) -> Path:
        """The file beside it that says what it prints."""
        return self.path.with_suffix(".out")


_SILENT = Declarations()


def read_script(folder: Path, name: str) -> Script:
    """Read one script.

    Raises:
        BookError: as `read_source` does.
    """
    return read_source(folder, name)[0]


def read_source(folder: Path, name: str) -> tuple[Script, bytes]:
    """Read one script: what is known of it, and the bytes from which that is.

    Raises:
        BookError: the file cannot be read, its name is not UTF-8, or a ``# run:`` line is not
            understood.
    """
    path = folder / name
    check_name(name, path)
    try:
        data = bytes_of(path)
    except OSError as error:
        raise BookError(f"cannot be read: {error.strerror}", file=path) from error
    return Script(folder, name, digest(data), _declarations(path, data)), data


def find_scripts(folder: Path, wanted: Callable[[str], bool] = lambda name: True) -> list[str]:
    """Names of the scripts below a folder, sorted; hidden folders and caches left out."""
    return sorted(filter(wanted, written(folder, "*.py")))


def digest(data: bytes) -> str:
    """A short name for these bytes: the first 32 hexadecimal digits of their SHA-256."""
    return hashlib.sha256(data).hexdigest()[:32]


def syntax_digest(data: bytes) -> str:
    """A short name for what Python reads in this source: comments and blank lines are free.

    Source that does not parse is named by its bytes.
    """
    try:
        return digest(ast.dump(tree(data)).encode("utf-8", "surrogatepass"))
    except UNREADABLE:
        return digest(data)


def declared_at(data: bytes, what: str) -> int | None:
    """The line of the last ``# run:`` comment of a kind, such as ``launch``."""
    return max((line for line, said, _ in _declared(data) if said == what), default=None)


def _declarations(path: Path, data: bytes) -> Declarations:
    found = _SILENT
    for line, what, value in _declared(data):
        try:
            found = replace(found, **_parse(what, value))
        except (ValueError, KeyError) as error:
            raise BookError(
                f"this '# run:' line is not understood ({what} {value})".rstrip(),
                file=path,
                line=line,
                cure=_CURE,
            ) from error
    return replace(found, any_device=True) if takes_any_device(data) else found


def _declared(data: bytes) -> tuple[tuple[int, str, str], ...]:
    """Line, word and value of each ``# run:`` comment that begins a line."""
    return _read_declared(data) if b"run:" in data else ()


@lru_cache(maxsize=256)  # a build asks for several reasons, and few scripts say anything
def _read_declared(data: bytes) -> tuple[tuple[int, str, str], ...]:
    found = []
    with suppress(tokenize.TokenError, SyntaxError, UnicodeDecodeError):
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        lines = (line.decode(encoding) for line in data.splitlines(keepends=True))
        for token in tokenize.generate_tokens(lines.__next__):
            match = token.type == tokenize.COMMENT and _DECLARATION.match(token.string)
            if match and token.start[1] == 0:
                found.append((token.start[0], match["what"], match["value"]))
    return tuple(found)


def _parse(what: str, value: str) -> dict[str, Any]:
    match what:
        case "expects" if value.replace(".", "_").isidentifier():
            return {"expects": value}
        case "timeout" if 0 < float(value.removesuffix("s")) < math.inf:
            return {"timeout": float(value.removesuffix("s"))}
        case "needs" if value in ("cuda",):
            return {"needs": value}
        case "any" if value == "device":
            return {"any_device": True}
        case "launch" if value.split()[:1] == ["torchrun"]:
            return {"launch": tuple(value.split())}
        case "threads" if 0 < int(value) <= threads.MOST:
            return {"threads": int(value)}
        case "tolerance":
            relative, absolute = map(float, value.split())
            if not (0 <= relative < math.inf and 0 <= absolute < math.inf):
                raise ValueError(value)
            return {"relative": relative, "absolute": absolute}
    raise ValueError(what)
