"""A run into a disk that is too small, then with room again."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from loopbook.faults.runs import COMMAND, SCRIPT, SCRIPTS


def fill(place: Path) -> list[str]:
    """Run into a disk of 200 kB, which only Linux can make here.

    Args:
        place: a folder.

    Returns:
        What is wrong, in words.
    """
    folder, disk = place / "disk-in", place / "disk"
    folder.mkdir()
    disk.mkdir()
    for number in range(SCRIPTS):
        text = SCRIPT.format(number=number, version=1, pause=0) + "print('x' * 50_000)\n"
        (folder / f"s{number}.py").write_text(text, "utf-8")
    run = f"{sys.executable} {COMMAND} {folder} --output {disk}/out"
    steps = (
        f"mount -t tmpfs -o size=200k none {disk} && {run}; echo status $?; df -k {disk}; "
        f"mount -o remount,size=9m {disk} && {run}; echo status $?; ls -A {disk}/out"
    )
    command = ["unshare", "--mount", "sh", "-c", steps]
    if os.geteuid() != 0:
        command.insert(1, "--map-root-user")
    if shutil.which("unshare") is None:
        return ["no disk could be made: there is no command unshare"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    said = done.stdout + done.stderr
    print(f"a disk of 200 kB:\n{said.rstrip()}")
    expected = ("No space left on device", "make room", "status 2", "status 0", " 0 failed")
    wrong = [f"a full disk: {words!r} was not said" for words in expected if words not in said]
    again = [line for line in done.stdout.splitlines() if " reused" in line]
    if "Traceback" in said or not again or " 0 reused" in again[-1] or ".new" in done.stdout:
        wrong.append("a full disk: something was lost, or left, or not understood")
    return wrong
