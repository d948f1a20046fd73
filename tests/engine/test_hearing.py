"""One audit hook tells all who look after a script what they asked for, and nothing else."""

from __future__ import annotations

import subprocess
import sys

SCRIPT = """
import os, sys
hooks = []
usual = sys.addaudithook
sys.addaudithook = lambda hook: (hooks.append(hook), usual(hook))
from loopbook.runner.hearing import hear

def first(event, arguments):
    told.append(f"first {event}")
    if event == "os.mkdir":
        raise PermissionError(13, "not here", arguments[0])

def second(event, arguments):
    told.append(f"second {event} of {sys._getframe(2).f_code.co_name}")

def here():
    os.listdir(".")
    id(hooks)
    try:
        os.mkdir("x")
    except PermissionError as error:
        told.append(f"refused {error.filename}")

told = []
hear(("os.mkdir", "os.listdir"), first)
hear(("os.listdir", "os.mkdir"), second)
here()
print(len(hooks), *told, sep="\\n")
"""


def test_who_asked_first_hears_first_and_may_refuse() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines() == [
        "1",
        "first os.listdir",
        "second os.listdir of here",
        "first os.mkdir",
        "refused x",
    ]
