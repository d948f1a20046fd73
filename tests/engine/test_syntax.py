"""Python's parser is used by one thread at a time, and by way of one function."""

from __future__ import annotations

import ast
import re
import threading
import time
from pathlib import Path

import pytest

from loopbook import syntax

ENGINE = Path(syntax.__file__).parent


def test_two_threads_do_not_parse_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    inside: list[int] = []
    together: list[int] = []
    parse = ast.parse

    def slowly(source: str, *more: str) -> ast.Module:
        inside.append(1)
        together.append(len(inside))
        time.sleep(0.01)
        inside.pop()
        return parse(source, *more)

    monkeypatch.setattr(ast, "parse", slowly)
    threads = [threading.Thread(target=syntax.tree, args=("x = 1",)) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert together == [1] * 5


def test_nothing_else_in_the_engine_parses() -> None:
    found = [
        path.name for path in ENGINE.rglob("*.py") if re.search(r"\bast\.parse\(", path.read_text())
    ]
    assert found == ["syntax.py"]


def test_what_is_no_python_is_an_error() -> None:
    with pytest.raises(SyntaxError, match="line 2"):
        syntax.tree("x = 1\nx = = 1", "a.py")
    with pytest.raises(syntax.UNREADABLE):
        syntax.tree("+0" * 200_000)


@pytest.mark.parametrize(
    ("source", "line"),
    [
        (b"x = 1\r\n# \xe9\r\n# \xe9\r\n", 2),
        (b"x = 1\ry = 2\r# \xe9\r\0", 3),
        (b"x = 1\n\0\n# \xe9", 2),
        ("x = 1\n".encode("utf-16"), 1),
        (b"# coding: latin-1\n# \xe9\n\0", 3),
        (b"# coding: ascii\n\n# \xc3\xa9\n", 3),
        (b"# coding: none-such\n", 1),
        (b"\xef\xbb\xbf\n# coding: latin-1\n", 2),
        (b"# coding: hex\n", 1),
        (b'"\xff\xfe\x80""F"""\n\xff\xfe\x80\n', 1),
        (b"x = = 1\n# fine\n", 1),
        (b"\nx = '\\N{none such}'\n", 2),
    ],
)
def test_a_source_that_is_no_text_names_the_line(source: bytes, line: int) -> None:
    with pytest.raises(SyntaxError) as caught:
        syntax.tree(source, "a.py")
    assert (caught.value.filename, caught.value.lineno) == ("a.py", line)
