"""What an upgrade would change, as a table for people."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from loopbook.upgrade.changes import Change, Drift, Kind

#: Longest text in one field of the table, in signs.
WIDTH = 70
_HEAD = ("script", "what", "pinned", "newest", "largest difference")
_KINDS: tuple[tuple[Kind, str, str], ...] = (
    ("fails", "script fails", "scripts fail"),
    ("output", "output", "outputs"),
    ("message", "message", "messages"),
    ("warnings", "script's warnings", "scripts' warnings"),
    ("figure", "figure", "figures"),
)


@dataclass(frozen=True)
class Report:
    """What was found.

    Attributes:
        scripts: how many scripts were run.
        changes: what would change on the pages.
        drifts: outputs that differ within their tolerance.
        versions: packages that differ: name, pinned version and the one tried.
    """

    scripts: int
    changes: tuple[Change, ...]
    drifts: tuple[Drift, ...]
    versions: tuple[tuple[str, str, str], ...]

    @classmethod
    def of(
        cls,
        found: Mapping[str, tuple[list[Change], Drift | None]],
        pinned: Mapping[str, str],
        tried: Mapping[str, str],
        always: tuple[str, ...],
    ) -> Report:
        """Put together what was found by script, and the versions by package.

        Args:
            found: changes and drift of each script.
            pinned: the versions of the book.
            tried: those of the trial; a package that it does not have is left out.
            always: packages to be named even where their versions are the same.
        """
        versions = (
            (name, version, tried[name.lower()])
            for name, version in pinned.items()
            if name.lower() in tried and (name in always or tried[name.lower()] != version)
        )
        changes = (change for changes, _ in found.values() for change in changes)
        drifts = (drift for _, drift in found.values() if drift)
        return cls(len(found), tuple(changes), tuple(drifts), tuple(versions))

    @property
    def summary(self) -> str:
        """One or two sentences."""
        counts = Counter(change.kind for change in self.changes)
        parts = [
            f"{count} {one if count == 1 else many}"
            for kind, one, many in _KINDS
            if (count := counts[kind])
        ]
        text = f"{self.scripts} scripts run; changes: {', '.join(parts) if parts else 'none'}"
        known = [change for change in self.changes if change.worst is not None]
        for kind, unit in (("output", "relative"), ("figure", "points")):
            worst = max((c.worst or 0.0 for c in known if c.kind == kind), default=0.0)
            text += f"; largest difference in {kind}s: {worst:.2g} {unit}" if worst else ""
        if drift := max(self.drifts, key=lambda drift: drift.worst, default=None):
            text += (
                f"; {len(self.drifts)} more output(s) differ within their tolerance, by "
                f"{drift.worst:.1e} at most ({drift.script})"
            )
        return f"{text}."

    def rows(self) -> list[tuple[str, ...]]:
        """The table's head, and a row for each change."""
        return [_HEAD, *map(_row, self.changes)]

    def markdown(self) -> str:
        """All of it as Markdown."""
        versions = [("package", "pinned", "newest"), *self.versions]
        parts = ["# What the newest versions would change", _table(versions), self.summary]
        if self.changes:
            parts.append(_table(self.rows()))
        return "\n\n".join(parts) + "\n"


def _row(change: Change) -> tuple[str, ...]:
    what = f"figure {change.figure}" if change.figure else change.kind
    return change.script, what, _short(change.before), _short(change.after), _worst(change)


def _worst(change: Change) -> str:
    if change.worst is None:
        return ""
    if math.isinf(change.worst):
        return "infinite"
    return f"{change.worst:.2g} pt" if change.kind == "figure" else f"{change.worst:.1e}"


def _short(text: str) -> str:
    return text if len(text) <= WIDTH else f"{text[: WIDTH - 1]}…"


def _table(rows: Sequence[tuple[str, ...]]) -> str:
    lines = ["| " + " | ".join(map(_cell, row)) + " |" for row in rows]
    lines.insert(1, "|" + "---|" * len(rows[0]))
    return "\n".join(lines)


def _cell(text: str) -> str:
    """Text that Markdown takes as it stands."""
    for sign in "\\`*_[]<>|":
        text = text.replace(sign, f"\\{sign}")
    return text
