"""The live preview: what is saved is shown, and the processes that run snippets stay warm."""

from __future__ import annotations

import re
import time
import urllib.error
import urllib.parse
import urllib.request
from multiprocessing import forkserver
from pathlib import Path
from typing import Any

import pytest

from loopbook.runner.server import keep_warm
from loopbook.runner.session import run_folder
from loopbook.synthetic.preview import preview
from loopbook.synthetic.small import ONE, write_book


def shown(address: str, words: str) -> bool:
    """Whether the words stand on the page within a minute."""
    for _ in range(600):
        with urllib.request.urlopen(address, timeout=60) as answer:
            if words in answer.read().decode():
                return True
        time.sleep(0.1)
    return False


def append(path: Path, text: str) -> None:
    path.write_text(path.read_text("utf-8") + text, "utf-8")


def kept(address: str) -> bool:
    """Whether a browser need not ask for this again."""
    with urllib.request.urlopen(address, timeout=60) as answer:
        return "immutable" in (answer.headers["Cache-Control"] or "")


def asked_for(address: str) -> set[str]:
    """The style sheets and scripts of the home page, as it asks for them."""
    with urllib.request.urlopen(address, timeout=60) as answer:
        found = re.findall(
            r'(?:href|src)="([^":]*\.(?:css|js)(?:\?[^"]*)?)"', answer.read().decode()
        )
    return {urllib.parse.urljoin(address, name) for name in found}


def test_saved_text_and_saved_snippets_are_shown(tmp_path: Path) -> None:
    book = tmp_path / "book"
    write_book(book)
    with preview(book) as address:
        append(book / f"docs/{ONE}.md", "\nFirst change.\n")
        assert shown(f"{address}{ONE}/", "First change.")
        with urllib.request.urlopen(address, timeout=60) as answer:
            named = re.findall(r"assets/[\w/]+\.[0-9a-f]{8}\.min\.css", answer.read().decode())
        assert named and all(kept(address + name) for name in named)
        assert not kept(address) and not kept(f"{address}assets/book.css")
        loaded = asked_for(address)
        assert len(loaded) > 8 and all(kept(name) for name in loaded)
        with pytest.raises(urllib.error.HTTPError, match="404"):
            kept(f"{address}{'a' * 300}?b")
        append(book / f"snippets/{ONE}/run.py", 'print("and:", 2 + 3)\n')
        assert shown(f"{address}{ONE}/", "and: 5")
        append(book / "docs/assets/book.css", "\n.new { color: red }\n")
        assert shown(f"{address}assets/book.css", ".new {")
        (old,) = loaded - asked_for(address)
        (new,) = asked_for(address) - loaded
        assert kept(new) and not kept(old) and shown(new, ".new {")


def test_one_server_forks_for_all_saves(tmp_path: Path) -> None:
    keep_warm()
    server: Any = forkserver._forkserver  # type: ignore[attr-defined]
    warm = server._forkserver_pid
    for number in range(2):
        (tmp_path / "scripts").mkdir(exist_ok=True)
        (tmp_path / "scripts/one.py").write_text(f'"""One."""\nprint({number})\n')
        session = run_folder(tmp_path / "scripts", tmp_path / "records")
        assert session.ran == ("one.py",) and not session.failed
        assert warm is not None and server._forkserver_pid == warm
