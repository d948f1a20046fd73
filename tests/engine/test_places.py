"""What a run says names no place of this machine, and no frame of the engine."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from loopbook.runner import failure, places
from loopbook.runner.frames import without_ours
from loopbook.runner.job import Job


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("{root}/a/b.py:3", "a/b.py:3"),
        ("in {root}.", "in .."),
        ("'{root}'", "'.'"),
        ("{root}-other/a", "~/book-other/a"),
        ("a.py{run}/cwd/x", "a.pyx"),
        ("x{home}/a", "x{home}/a"),
        ("{home}/.cache {home}", "~/.cache ~"),
        ("{run}/cwd/x {run}/cwd {run}/tmp/y {run}/home {run}/z", "x . /tmp/y ~ /run/z"),
        ("/opt/py/lib/python3.11/site-packages/torch/nn.py:7: W", "torch/nn.py:7: W"),
        ("{root}/.venv/lib/python3.11/site-packages/torch/nn.py:7", "torch/nn.py:7"),
        ("\x1b[32m{home}/v/lib/python3.11/random.py:7", "\x1b[32mrandom.py:7"),
        (".venv/lib/python3.11/site-packages/torch/nn.py", "torch/nn.py"),
        ("\x1b[32m.venv/lib/python3.11/json/x.py", "\x1b[32mjson/x.py"),
        ("(env/lib/python3.11/json/x.py)", "(json/x.py)"),
        ("in=/usr/lib/python3.11/json/x.py", "in=json/x.py"),
        ("~/v/lib/python3.12/random.py", "random.py"),
        ("C:\\py\\Lib\\site-packages\\torch\\a.py", "torch\\a.py"),
        ("\x1b[32m/usr/lib/python3.11/ast.py\x1b[0m", "\x1b[32mast.py\x1b[0m"),
        ("the word site-packages alone", "the word site-packages alone"),
    ],
)  # fmt: skip
def test_places_of_this_machine_are_cut_off_paths(text: str, shown: str) -> None:
    known = {"root": "/srv/someone/book", "home": "/srv/someone", "run": "/var/tmp/run-x"}
    cut = places.Places.of(Path(known["run"]), known["root"], home=known["home"])
    assert cut.out_of(text.format(**known)) == shown.format(**known)


@pytest.mark.parametrize("base", ["/srv/two words/book", "/opt/my env", "/srv/a man"])
def test_packages_in_a_folder_with_a_blank_are_found(
    base: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "prefix", "/opt/my env")
    run = Path("/var/tmp/run-x")
    cut = places.Places.of(run, "/srv/two words/book", home="/srv/a man")
    text = "in {0}/lib/python3.11/{1}json/x.py:3 and {0}/.venv/lib/python3.11/random.py"
    for packages in ("", "site-packages/"):
        assert cut.out_of(text.format(base, packages)) == "in json/x.py:3 and random.py"


@pytest.mark.parametrize(
    ("python", "prefix"),
    [
        ("/srv/someone/book/.venv/bin/python", "/srv/someone/book/.venv"),
        ("/srv/someone/.pyenv/3.11.7/bin/python3.11", "/srv/someone/.pyenv/3.11.7"),
        ("/opt/my env/bin/python3", "/opt/my env"),
        ("/usr/bin/python3", "/usr"),
        ("/usr/local/bin/python3.11", "/usr/local"),
        ("C:\\Program Files\\Python311\\python.exe", "C:\\Program Files\\Python311"),
    ],
)  # fmt: skip
def test_wherever_python_is_installed_it_is_called_the_same(
    python: str, prefix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"_base_executable": python, "executable": python}.items():
        monkeypatch.setattr(sys, name, value)
    for name in ("prefix", "base_prefix", "exec_prefix", "base_exec_prefix"):
        monkeypatch.setattr(sys, name, prefix)
    slash = "\\" if "\\" in prefix else "/"
    library = slash.join((prefix, "Lib" if slash == "\\" else "lib/python3.11", ""))
    monkeypatch.setattr(os, "__file__", f"{library}os.py")
    out_of = places.Places.of(Path("/var/tmp/run-x"), "/srv/someone/book", "/srv/someone").out_of
    assert out_of(f"{python} {python}, '{python}'") == "python python, 'python'"
    assert out_of(str([python, "-c"])) == "['python', '-c']"
    assert out_of(f"in {prefix}, {prefix}:{prefix}\n") == "in /usr, /usr:/usr\n"
    assert out_of(f"{library}json{slash}x.py") == f"json{slash}x.py"
    assert out_of(repr(f"{library}site-packages{slash}torch")) == "'torch'"
    for other in ("/usr/local/cuda", "/a/usr/bin/python3", "/usr/bin/env python3", "/usr/share"):
        assert out_of(other) == other


def test_a_folder_whose_name_is_not_utf8_is_found_as_it_is_printed() -> None:
    root = os.fsdecode(b"/srv/caf\xe9/book")
    cut = places.Places.of(Path("/var/tmp/run-x"), root, home="/srv/someone")
    assert cut.out_of(f"{root}/a.py and /srv/caf\\udce9/book/b.py") == "a.py and b.py"


def test_a_place_in_the_middle_of_a_long_word_costs_no_time() -> None:
    cut = places.Places.of(Path("/var/tmp/run-x"), "/book", home="/srv/someone")
    text = "/a" * 500_000 + " site-packages /book/x"
    assert cut.out_of(text).endswith(" site-packages x")


def test_a_long_way_that_does_not_lead_to_us_costs_no_time() -> None:
    text = '  File "<string>", line 1, in <module>\n' * 50_000
    assert without_ours(text + places.__file__) == text + places.__file__


@pytest.mark.parametrize(
    ("own", "line", "trace"),
    [
        ("1 / 0", 1, '  File "x.py", line 1, in <module>\nZeroDivisionError: division by zero\n'),
        ("", 7, "ZeroDivisionError: division by zero\n"),
    ],
)
def test_frames_of_an_engine_in_the_books_folder_are_no_lines_of_the_book(
    own: str, line: int, trace: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(failure, "_drawn", lambda: ("loss", 7))
    root = Path(failure.__file__).parents[3]
    job = Job(f"{root}/x.py", "x.py", str(root), "cpu", 1, 1.0, 1, 1)
    ours = compile("exec(own)\n1 / 0", failure.__file__, "exec")
    with pytest.raises(ZeroDivisionError) as caught:
        exec(ours, {"own": compile(own, job.path, "exec")})
    error = caught.value.with_traceback(caught.tb.tb_next)  # from the engine's frame on
    problem = failure.problem_of(job, error, "ZeroDivisionError", "no")
    assert (problem.line, problem.trace) == (line, trace)
    assert problem.message == ("no" if own else "figure loss cannot be drawn: no")
