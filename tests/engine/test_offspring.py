"""What a process that a script left behind is called."""

from __future__ import annotations

import sys

import pytest

from loopbook.runner.offspring import named

OWN = [f"{sys.prefix}/bin/python", "-c", "from multiprocessing.forkserver import main; main(3)"]
BIRTHS = [(2, ""), (3, "sleep 7"), (5, "sleep 8")]


@pytest.mark.parametrize(
    ("command", "births", "name", "line"),
    [
        (["sleep", "7"], BIRTHS, "sleep 7", 3),
        (["/usr/bin/sleep", "9"], BIRTHS, "sleep 9", 5),  # started by a child of it
        (OWN, BIRTHS, "a copy of itself", 2),
        ([], BIRTHS[:2], "sleep 7", 3),  # its command cannot be read yet
        ([], BIRTHS[:1], "one that has no name", 2),
        ([""], BIRTHS[:1], "one that has no name", 2),
        ([sys.executable, "a.py"], BIRTHS, "python a.py", 5),
        (["sh", "-c", f"exec {sys.executable} a.py"], BIRTHS, "sh -c exec python a.py", 5),
        (["sh", "-c", *["word"] * 40], BIRTHS, f"sh -c {'word ' * 12}…", 5),
    ],
)
def test_a_process_is_called_by_its_command_without_this_machines_places(
    command: list[str], births: list[tuple[int | None, str]], name: str, line: int
) -> None:
    assert named(command, OWN, births) == (name, line)
