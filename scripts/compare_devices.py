"""Run every snippet that takes any device on the CPU and on the GPU; say how far they are apart."""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from loopbook.devices.agreement import Agreement  # noqa: E402
from loopbook.devices.command import names_asked  # noqa: E402
from loopbook.devices.comparison import compare, table  # noqa: E402
from loopbook.errors import BookError  # noqa: E402


def main(root: Path, arguments: list[str] | None = None) -> int:
    """Print the table; 0 if all numbers agree, 1 if some do not, 2 if nothing could be run."""
    names = names_asked(
        "compare_devices",
        "Compare what snippets print and draw on the CPU and on the GPU.",
        "0 all numbers within their snippet's tolerance, 1 some are not or a run failed, 2 no GPU "
        "here or wrong usage.",
        arguments,
    )
    try:
        found = compare(root, names)
    except BookError as error:
        print(f"compare_devices: {error}", file=sys.stderr)
        return 2
    if not found:
        print("No snippet takes any device: there is nothing to compare.")
        return 0
    print(table(found))
    for result in found.values():
        if isinstance(result, BookError):
            print(result, file=sys.stderr)
    agreed = (isinstance(result, Agreement) and not result.beyond for result in found.values())
    return 0 if all(agreed) else 1


if __name__ == "__main__":
    sys.exit(main(HERE.parent))
