"""The command line that recording and comparing share: which snippets are asked for."""

from __future__ import annotations

import argparse
from collections.abc import Sequence


def names_asked(
    command: str, description: str, status: str, arguments: Sequence[str] | None
) -> list[str]:
    """Paths below ``snippets`` as a command was given them; none for all that take any device.

    Args:
        command: what it is called.
        description: what it does, for ``--help``.
        status: what its exit status says, for ``--help``.
        arguments: what it was given; ``None``: what the process was.
    """
    parser = argparse.ArgumentParser(
        prog=command, description=description, epilog=f"Exit status: {status}"
    )
    parser.add_argument(
        "names",
        nargs="*",
        metavar="NAME",
        help="a path below snippets/; without any, all that take any device",
    )
    names: list[str] = parser.parse_args(arguments).names
    return names
