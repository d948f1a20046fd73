"""What a script prints and how it ends is what plain Python makes of it, printing to a terminal."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tty
from pathlib import Path
from textwrap import dedent

import pytest

from loopbook.runner.places import without_libraries
from loopbook.runner.session import Session, run_folder

C = "import ctypes, os, sys\nC = ctypes.CDLL(None)\n"
FORKS = """
import os, sys
if os.fork() == 0:
    print("the copy")
    {0}
print("status", os.waitstatus_to_exitcode(os.wait()[1]))
"""
NAMES = """
import logging, multiprocessing as mp
logging.basicConfig(format="%(processName)s: %(message)s")
def name():
    logging.warning("one of %s", mp.parent_process().name)
    return mp.current_process().name
if __name__ == "__main__":
    process = mp.Process(target=name)
    process.start()
    process.join()
    with mp.get_context("fork").Pool(1) as pool:
        print(process.name, pool.apply(name), mp.active_children()[0].name)
    logging.warning("%s, %s", mp.current_process().name, mp.parent_process())
"""
STACKS = """
import faulthandler, logging, multiprocessing, os, re, sys, threading
import traceback, tracemalloc
tracemalloc.start(30)
made = bytearray(999)
def show():
    traceback.print_stack()
    traceback.print_stack(file=sys.stdout)
    logging.warning("here", stack_info=True)
    for line in "".join(traceback.format_stack()).splitlines():
        print("[0/0]", line)
    print(traceback.format_stack(), traceback.extract_stack())
    print(*tracemalloc.get_object_traceback(made).format(), sep="\\n")
    with open("stack.txt", "w+") as file:
        faulthandler.dump_traceback(file)
        print(re.sub("0x\\\\w+", "0x", file.seek(0) or file.read()) + "    that was all")
{0}
sys.stdout.flush()
"""
WARNS = """
import threading, warnings
def warn():
    for level in (1, 2, 3, 4, 5, 9, 99):
        warnings.warn(f"level {level}", stacklevel=level)
with warnings.catch_warnings(record=True) as said:
    warn()
print([(one.filename, one.lineno) for one in said])
"""
TELLS = """
class Tells:
    def __init__(self, name): self.name = name
    def __del__(self): print(self.name, "ends", *LAST)
"""
TOLD = """
import atexit, sys
def f(): return 1
def told(code, *more): print(code.co_name, more)
if hasattr(sys, "monitoring"):
    tools, events = sys.monitoring, sys.monitoring.events
    tools.use_tool_id(1, "told")
    for event in (events.PY_START, events.PY_RETURN):
        tools.register_callback(1, event, told)
    atexit.register(f)
    tools.set_events(1, events.PY_START | events.PY_RETURN)
f()
"""
TRACES = (
    "import sys\ndef f(): return 1\ndef told(frame, event, _): print(event, frame.f_code.co_name)\n"
)
SCRIPTS = {
    "names": NAMES,
    "stack": STACKS.replace("{0}", "(lambda: show())()"),
    "stack_late": STACKS.replace("{0}", "import atexit\natexit.register(show)"),
    "stack_of_text": STACKS.replace("{0}", "exec('show()')"),
    "stack_of_copy": STACKS.replace("{0}", "if os.fork():\n    os.wait()\nelse:\n    show()"),
    "stack_of_thread": STACKS.replace(
        "{0}", "one = threading.Thread(target=show)\none.start()\none.join()"
    ),
    "stack_of_worker": STACKS.replace(
        "{0}",
        "if __name__ == '__main__':\n"
        "    for way in ('fork', 'spawn'):\n"
        "        one = multiprocessing.get_context(way).Process(target=show)\n"
        "        one.start()\n        one.join()",
    ),
    "warns": WARNS + "warn()\nwarnings.warn('alone', stacklevel=2)\n",
    "warns_in_copy": "import multiprocessing as m\n" + WARNS + "one = m.get_context('fork')"
    ".Process(target=warn)\none.start()\none.join()\n",
    "puts": C + "print('one')\nC.puts(b'from C')\nC.printf(b'%d\\n', 7)\nprint('two')\n",
    "puts_and_raises": C + "C.puts(b'from C')\nprint('one')\n1 / 0\n",
    "puts_late": C
    + "import threading, time\ndef late():\n    time.sleep(0.1)\n    C.puts(b'late')\n"
    "threading.Thread(target=late).start()\nprint('one')\n",
    "puts_at_exit": C + "import atexit\natexit.register(C.puts, b'at exit')\nprint('one')\n",
    "copy_puts": C + FORKS.format("C.puts(b'from C'); sys.exit()"),
    "copy_ends": FORKS.format("sys.exit(3)"),
    "copy_says": FORKS.format("sys.exit('enough')"),
    "copy_raises": FORKS.format("[][1]"),
    "copy_hooks": FORKS.format("sys.excepthook = lambda *e: print('hook', e[1]); [][1]"),
    "no_exit": "import os\nos._exit = None\nprint(1)\n",
    "no_json": "import json\njson.dumps = json.loads = json.JSONEncoder = None\nprint(1)\n",
    "no_clock": "import time\ntime.perf_counter = time.process_time = None\nprint(1)\n",
    "no_files": "import builtins, io, os, pathlib\nprint(1)\n"
    "os.replace = os.getpid = os.open = None\n"
    "builtins.open = io.open = pathlib.Path.write_text = pathlib.Path.stat = None\n",
    "no_threads": "import threading as t\nt.enumerate = t.main_thread = None\nprint(1)\n",
    "no_copy": "import os, json\nif os.fork() == 0:\n    os._exit = os.getpid = json.dumps = None\n"
    "else:\n    print(os.waitstatus_to_exitcode(os.wait()[1]))\n",
    "surrogate": "print('one')\nprint('\\ud800')\n",
    "escaped_byte": "print('\\udcff')\n",
    "dunder": "import sys\nprint(1)\nsys.__stdout__.write('2\\n')\nprint(3)\n",
    "rewrapped": "import io, sys\nsys.stdout = io.TextIOWrapper(sys.stdout.buffer)\nprint(1)\n",
    "reopened": "def f(): pass\nout = open('/dev/stdout', 'w')\nprint(1, file=out)\n",
    "own": "import io, sys\nout = io.TextIOWrapper(sys.stdout.buffer)\nprint(1, file=out)\n",
    "descriptor": "import os\nprint(1)\nprint(2, file=os.fdopen(1, 'w', closefd=False))\n"
    "out = open(1, 'w', closefd=False)\nprint(3, file=out)\n",
    "names_of_streams": "import logging, sys\nlogging.basicConfig()\nprint(logging.root.handlers)\n"
    "for s in sys.stdin, sys.stdout, sys.stderr: print(s, s.mode, s.name, s.buffer.name)\n",
    "tells": TELLS + "LAST = 'at', 'last'\nby_name, cycle = Tells(1), Tells(2)\ncycle.me = cycle\n",
    "told": TELLS + "LAST = ()\nrest = [Tells('neighbour')]\n",
    "imports": "import told\nprint(told.LAST)\n",
    "held": "import typing\n" + TELLS + "LAST = [1]\nrest = Tells('held')\n"
    "Maybe = typing.Optional[Tells]\n",
    "copy_tells": TELLS + "LAST = [1]\nrest = Tells('it')\n" + FORKS.format("sys.exit()"),
    "generator": "def g():\n    try: yield\n    finally: print('closed')\nopen = g()\nnext(open)\n",
    "finalized": "import weakref\nclass A: pass\na = A()\nweakref.finalize(a, print, 'closed')\n",
    "logged": "import sys, logging.handlers as h, logging as l\n"
    "l.root.addHandler(h.MemoryHandler(9, target=l.StreamHandler(sys.stdout)))\nl.warning(1)\n",
    "never_awaited": "import warnings\nasync def f(): pass\nnever = f()\n",
    "warns_late": "import warnings\nclass A:\n"
    "    def __del__(self): warnings.warn('late')\na = A()\n",
    "late": "import atexit, time\nfrom threading import Thread\ndone = []\n"
    "def late(): time.sleep(0.1); done.append(1)\n"
    "Thread(target=late).start()\natexit.register(lambda: print(done))\n",
    "raises": "import atexit\natexit.register(print, 'at exit')\n1 / 0\n",
    "daemonic": "import threading\n" + TELLS + "LAST = [1]\nrest = Tells('it')\ncount = 0\n"
    "def f():\n    global count\n    while True: count += 1\n"
    "threading.Thread(target=f, daemon=True).start()\n",
    "traced": TRACES + "sys.settrace(told)\nf()\n",
    "profiled": TRACES + "sys.setprofile(told)\nf()\n",
    "profiled_to_its_end": "import atexit, cProfile\ndef f(): pass\np = cProfile.Profile()\n"
    "def said():\n    p.disable()\n"
    "    print(*sorted(getattr(e.code, 'co_name', e.code) for e in p.getstats()))\n"
    "atexit.register(said)\np.enable()\nf()\n",
    "profiled_in_its_thread": "import atexit, cProfile, threading, time\n"
    "def f(): time.sleep(0.1)\np = cProfile.Profile()\n"
    "def said():\n    p.disable()\n    print(f.__code__ in [e.code for e in p.getstats()])\n"
    "atexit.register(said)\np.enable()\nthreading.Thread(target=f).start()\n",
    "tools": TOLD,
    "no_files_left": "import os, resource\nresource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))\n"
    "try:\n    while True: os.open('/dev/null', 0)\nexcept OSError as error: print(error)\n",
    "mutters": "import sys\nprint('\\ud800', file=sys.stderr)\nprint(1)\n",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the scripts lie."""
    made = tmp_path_factory.mktemp("like")
    for name, text in SCRIPTS.items():
        (made / f"{name}.py").write_text(dedent(text), "utf-8")
    return made


@pytest.fixture(scope="module")
def session(folder: Path) -> Session:
    """All of them run by the runner."""
    return run_folder(folder, folder / "out")


def without_places(text: str, folder: Path) -> str:
    """What plain Python says, with the folder and its own files named as in a record."""
    return without_libraries(text.replace(f"{folder}/", ""))


def without_numbers(text: str) -> str:
    """The text without the numbers of open files, in the line by which a worker is started."""
    return re.sub(r"(spawn_main\(tracker_fd=)\d+(, pipe_handle=)\d+", r"\1\2", text)


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_prints_and_ends_as_under_python(
    folder: Path, session: Session, name: str
) -> None:
    master, terminal = os.openpty()
    tty.setraw(terminal)  # which changes no sign
    plain = subprocess.Popen(
        [sys.executable, f"{name}.py"],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PYTHONIOENCODING": "utf-8:strict"},
        stdin=subprocess.DEVNULL,
        stdout=terminal,
        stderr=subprocess.PIPE,
    )
    _, stderr = plain.communicate()
    os.write(terminal, b"\x04")
    printed = b""
    while not printed.endswith(b"\x04"):
        printed += os.read(master, 1 << 16)
    os.close(master), os.close(terminal)
    record = session.records[f"{name}.py"]
    expected = without_places(printed[:-1].decode(), folder)
    assert without_numbers(record.stdout) == without_numbers(expected), record.problem
    assert (record.status == "ok") == (plain.returncode == 0), record.problem
    said = without_numbers(without_places(stderr.decode("utf-8", "replace"), folder)).splitlines()
    if record.problem is None:
        assert without_numbers(record.stderr).splitlines() == said
    else:
        assert said[-1].startswith(record.problem.kind) and record.problem.line
