"""Run snippets that take any device on this machine's GPU, and keep what they print beside them."""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from loopbook.devices.command import names_asked  # noqa: E402
from loopbook.devices.record import record_runs  # noqa: E402
from loopbook.devices.recording import place_of  # noqa: E402
from loopbook.errors import BookError  # noqa: E402


def main(root: Path, arguments: list[str] | None = None) -> int:
    """Record the runs; 0 if all went well, 1 if some did not, 2 if nothing could be run."""
    names = names_asked(
        "record_device",
        "Run snippets on this machine's GPU and write NAME.cuda.json beside each.",
        "0 all recorded, 1 some not, 2 no GPU here or wrong usage.",
        arguments,
    )
    try:
        found = record_runs(root, names)
    except BookError as error:
        print(f"record_device: {error}", file=sys.stderr)
        return 2
    if not found:
        print("No snippet takes any device: there is nothing to record.")
    for name, result in found.items():
        if isinstance(result, BookError):
            print(result, file=sys.stderr)
        else:
            print(f"{place_of(Path(name))}: {result.hardware['name']}, {result.seconds:.2f} s")
    return int(any(isinstance(result, BookError) for result in found.values()))


if __name__ == "__main__":
    sys.exit(main(HERE.parent))
