"""What a run with other versions would change on the pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from loopbook.runner.compare import differences, largest_difference
from loopbook.runner.record import Record
from loopbook.runner.script import Declarations, read_script
from loopbook.upgrade.drawings import distance

Kind = Literal["fails", "output", "message", "warnings", "figure"]

# "ValueError: …" at the head of a line, with a module before it or not.
_EXCEPTION = re.compile(r"^(?:\w+\.)*\w*(?:Error|Exception|Exit|Interrupt|Stop|Warning)\b", re.M)
_TRIGGERED = re.compile(r" *\(Triggered internally at [^)]*\)")
_PLACE = re.compile(r"^(\S+\.py):\d+:", re.M)
_END = "(nothing)"


@dataclass(frozen=True)
class Change:
    """One thing on the pages that would not stay as it is.

    Attributes:
        script: the script, below ``snippets``.
        kind: what changes.
        before: the first place that changes, as it is.
        after: the same place, as it would be.
        worst: largest difference of numbers: relative ones of an output, in points of a figure;
            ``None`` where more than numbers changes.
        figure: the figure's name.
    """

    script: str
    kind: Kind
    before: str
    after: str
    worst: float | None = None
    figure: str = ""


@dataclass(frozen=True)
class Drift:
    """An output whose digits differ within its tolerance: the page stays as it is.

    Attributes:
        script: the script, below ``snippets``.
        worst: largest relative difference of its numbers.
    """

    script: str
    worst: float


@dataclass(frozen=True)
class Runs:
    """The same scripts, run with the pinned versions and with others.

    Attributes:
        root: the book's root.
        pinned: the records of the pinned versions.
        other: those of the other versions.
    """

    root: Path
    pinned: Path
    other: Path

    def of(self, script: str) -> tuple[list[Change], Drift | None]:
        """What changes about one script."""
        stem = script.removesuffix(".py")
        before, after = (Record.from_folder(store / stem) for store in (self.pinned, self.other))
        if before is None or after is None or before.status == after.status == "skipped":
            return [], None
        if after.status != "ok":
            problem = after.problem
            said = f"{problem.kind}: {problem.message}" if problem else after.status
            return [Change(script, "fails", "runs", said.strip(": ").split("\n")[0])], None
        source = read_script(self.root / "snippets", script)
        stored = source.expected_output
        kept = stored.read_text("utf-8") if stored.is_file() else before.stdout
        says = source.declarations
        changed = list(_printed(script, kept, after.stdout, says))
        if (one := _said(before.stderr, self.root)) != (other := _said(after.stderr, self.root)):
            changed.append(Change(script, "warnings", *_first(one, other)))
        changed.extend(self._figures(script, before, after))
        drift = None
        if kept != after.stdout and not any(c.kind in ("output", "message") for c in changed):
            worst = largest_difference(kept, after.stdout, says.relative, says.absolute)
            drift = Drift(script, worst)
        return changed, drift

    def _figures(self, script: str, before: Record, after: Record) -> Iterator[Change]:
        stem = script.removesuffix(".py")
        old = {figure.name: self.pinned / stem / figure.file for figure in before.figures}
        new = {figure.name: self.other / stem / figure.file for figure in after.figures}
        for name in dict.fromkeys((*old, *new)):
            if name not in new:
                yield Change(script, "figure", "is drawn", "is not drawn", figure=name)
            elif name not in old:
                yield Change(script, "figure", "is not drawn", "is drawn", figure=name)
            elif old[name].read_bytes() != new[name].read_bytes():
                one, other = (path.read_text("utf-8") for path in (old[name], new[name]))
                by = distance(one, other)
                how = "drawn otherwise" if by is None else "moved"
                yield Change(script, "figure", "", how, worst=by, figure=name)


def _printed(script: str, kept: str, printed: str, says: Declarations) -> Iterator[Change]:
    """What changes in a printed text, and in the message of the exception at its end."""
    pieces: tuple[Kind, ...] = ("output", "message")
    for kind, one, other in zip(pieces, _parts(kept, says), _parts(printed, says), strict=True):
        diff = differences(one, other, says.relative, says.absolute)
        if not diff:
            continue
        lines = [line for line in diff.splitlines()[2:] if line[:1] in "+-"]
        before = next((line[1:] for line in lines if line.startswith("-")), _END)
        after = next((line[1:] for line in lines if line.startswith("+")), _END)
        removed, added = (sum(line.startswith(sign) for line in lines) for sign in "-+")
        worst = largest_difference(one, other, says.relative, says.absolute)
        # Some line has no partner that differs in numbers alone.
        alike = removed == added and worst > says.relative
        yield Change(script, kind, before.strip(), after.strip(), worst if alike else None)


def _parts(text: str, says: Declarations) -> tuple[str, str]:
    """What a script printed itself, and the message of the exception that it is to end with."""
    found = list(_EXCEPTION.finditer(text)) if says.expects else []
    start = found[-1].start() if found else len(text)
    return text[:start], text[start:]


def _said(stderr: str, root: Path) -> str:
    """Warnings without the places of a machine, and without the lines of a library's files."""
    text = _TRIGGERED.sub("", stderr).replace(f"{root}/", "")
    return _PLACE.sub(lambda at: at[0] if (root / at[1]).is_file() else f"{at[1]}:", text)


def _first(one: str, other: str) -> tuple[str, str]:
    """The first lines of two texts that are not the same."""
    old, new = one.splitlines(), other.splitlines()
    longest = max(len(old), len(new))
    old, new = (lines + [_END] * (longest - len(lines)) for lines in (old, new))
    for before, after in zip(old, new, strict=True):
        if before != after:
            return before.strip(), after.strip()
    return "", ""
