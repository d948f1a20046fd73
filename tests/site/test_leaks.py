"""Nothing of the machine that built the book is on the site or in the records."""

from __future__ import annotations

import os
import re
import socket
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
#: Variables that hold what nobody else may know.
SECRET = re.compile(r"TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIAL|API_?KEY|PRIVATE", re.IGNORECASE)
#: Folders that are made for one run, with the numbers in their names.
PASSING = re.compile(rb"/run-[a-z0-9_]{8}\b|ipykernel_\d+|/loopbook-\d+-\d*-[a-z0-9_]{8}\b")


def marks() -> Iterator[bytes]:
    """What tells of this machine and of whoever uses it."""
    yield os.fsencode(ROOT)
    home = os.path.expanduser("~")
    if len(home) > 2:
        yield os.fsencode(f"{home}/")
    if len(socket.gethostname()) > 8:  # a shorter one may be a word
        yield socket.gethostname().encode()
    for name, value in os.environ.items():
        if SECRET.search(name) and len(value) >= 8:
            yield value.encode("utf-8", "surrogateescape")


def test_nothing_of_this_machine_is_on_the_site_or_in_the_records(site: Path) -> None:
    found, looked = [], 0
    wanted = sorted(set(marks()))
    for folder in (site, ROOT / ".build/records", ROOT / ".build/labs", ROOT / ".build/notebooks"):
        for path in (path for path in sorted(folder.rglob("*")) if path.is_file()):
            looked += 1
            data = path.read_bytes()
            if any(mark in data for mark in wanted) or PASSING.search(data):
                found.append(path.relative_to(folder).as_posix())
    assert looked > 300
    assert found == []
