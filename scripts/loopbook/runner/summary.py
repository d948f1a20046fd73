"""What a session came to as JSON, one script after the other, so that one is in memory."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from loopbook.errors import BookError, printable
from loopbook.runner.session import Session


def summary(session: Session, complaints: Mapping[str, BookError]) -> Iterator[bytes]:
    """Pieces of sorted JSON: seconds, and of each script its record, whether it ran, and why not.

    Args:
        session: what was run.
        complaints: what is wrong, by script.
    """
    before = "\n"
    yield b'{\n "scripts": ['
    for entry in _entries(session, complaints):
        # In JSON no text holds the end of a line: what is written is moved as it is.
        yield f"{before}{entry}".replace("\n", "\n  ").encode()
        before = ",\n"
    end = "]" if before == "\n" else "\n ]"
    yield f'{end},\n "seconds": {_json(session.seconds)}\n}}\n'.encode()


def _entries(session: Session, complaints: Mapping[str, BookError]) -> Iterator[str]:
    """Of each script what is known; last, those that could not be read."""
    ran = frozenset(session.ran)
    for name, record in session.records.items():
        complaint = str(complaints[name]) if name in complaints else None
        text = record.to_json().rstrip("\n")
        text = _with(text, "complaint", complaint, before="device")
        yield _with(text, "ran", name in ran, before="reads")
    for name in complaints:
        if name not in session.records:
            yield _json({"script": name, "status": "failed", "complaint": str(complaints[name])})


def _with(text: str, name: str, value: object, before: str) -> str:
    """One more entry in its place among the sorted ones of a record."""
    place = f'\n "{before}": '
    return text.replace(place, f'\n "{name}": {_json(value)},{place}', 1)


def _json(value: object) -> str:
    return printable(json.dumps(value, indent=1, sort_keys=True, ensure_ascii=False))
