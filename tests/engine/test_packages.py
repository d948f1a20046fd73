"""The npm packages: pinned without addresses, installed once and whole."""

from __future__ import annotations

import json
import re
import sys
import threading
from pathlib import Path

import pytest

from loopbook.errors import BookError
from loopbook.kept import seal
from loopbook.mathematics.mathjax import PACKAGES
from loopbook.node import packages

ENGINE = Path(packages.__file__).parents[1]
LOCKS = sorted(ENGINE.rglob("package-lock.json"))


def test_every_set_of_packages_has_a_lock_file() -> None:
    assert LOCKS
    assert [lock.parent for lock in LOCKS] == [
        file.parent for file in sorted(ENGINE.rglob("package.json"))
    ]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: str(lock.parent.relative_to(ENGINE)))
def test_a_lock_file_pins_everything_and_carries_no_addresses(lock: Path) -> None:
    text = lock.read_text("utf-8")
    assert '"resolved"' not in text
    assert not re.search(r"registry|npmjs", text)
    wanted = json.loads(lock.with_name("package.json").read_text("utf-8"))["dependencies"]
    locked = json.loads(text)["packages"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())
    for name, entry in locked.items():
        assert name == "" or entry["integrity"].startswith("sha512-")
    assert {name: locked[f"node_modules/{name}"]["version"] for name in wanted} == wanted


def test_without_a_registry_the_error_says_what_to_do_and_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("npm_config_registry", "http://127.0.0.1:9/")
    monkeypatch.setenv("npm_config_fetch_retries", "0")
    monkeypatch.setenv("npm_config_cache", str(tmp_path / "cache"))
    with pytest.raises(BookError, match=r"could not be installed") as caught:
        PACKAGES.node_modules(tmp_path / "build")
    assert "ECONNREFUSED" in caught.value.message and "npm's registry" in caught.value.cure
    assert list((tmp_path / "build" / "node").iterdir()) == []


def fake_npm(folder: Path) -> list[str]:
    """A stand-in for npm that installs one file, slowly, and notes that it was called."""
    script = folder / "npm.py"
    script.write_text(
        "import pathlib, sys, time, uuid\n"
        "assert sys.argv[1] == 'ci' and pathlib.Path('package-lock.json').is_file()\n"
        "pathlib.Path('node_modules').mkdir(); time.sleep(0.5)\n"
        "pathlib.Path('node_modules/done').write_text('whole')\n"
        f"pathlib.Path({str(folder)!r}, uuid.uuid4().hex + '.call').touch()\n"
    )
    return [sys.executable, str(script)]


def test_packages_are_installed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    command = fake_npm(tmp_path)
    monkeypatch.setattr(packages, "npm", lambda: command)
    first = PACKAGES.node_modules(tmp_path / "build")
    assert PACKAGES.node_modules(tmp_path / "build") == first
    assert len(list(tmp_path.glob("*.call"))) == 1


def test_two_installations_at_once_give_one_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = fake_npm(tmp_path)
    monkeypatch.setattr(packages, "npm", lambda: command)
    seen: list[tuple[Path, str]] = []

    def install() -> None:
        folder = PACKAGES.node_modules(tmp_path / "build")
        seen.append((folder, (folder / "done").read_text()))

    threads = [threading.Thread(target=install) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == 2 and seen[0] == seen[1]
    assert list((tmp_path / "build" / "node").iterdir()) == [seen[0][0].parent]


@pytest.mark.parametrize("damaged", [b"whale", b"who", None])
def test_packages_that_were_changed_are_installed_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damaged: bytes | None
) -> None:
    command = fake_npm(tmp_path)
    monkeypatch.setattr(packages, "npm", lambda: command)
    for look in (PACKAGES.whole_modules, lambda build: PACKAGES.read("done", build)):
        look(tmp_path / "build")
        monkeypatch.setattr(packages, "_looked_at", set())  # as in a new process
        file = PACKAGES.node_modules(tmp_path / "build") / "done"
        file.unlink() if damaged is None else file.write_bytes(damaged)
        look(tmp_path / "build")
        assert file.read_text() == "whole"
    assert len(list(tmp_path.glob("*.call"))) == 3
    assert list((tmp_path / "build" / "node").glob("[!.]*")) == [file.parents[1]]


def test_packages_that_another_build_took_away_half_are_installed_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = fake_npm(tmp_path)
    monkeypatch.setattr(packages, "npm", lambda: command)
    for left in ("seals", "node_modules"):
        home = PACKAGES.node_modules(tmp_path / "build").parent
        home.rename(tmp_path / f"away-{left}")
        home.mkdir()
        if left == "seals":  # of nothing, as another build saw it at that moment
            seal.put(home / "seals", b"{}")
        else:
            (tmp_path / "away-node_modules/node_modules").rename(home / left)
        packages._seals.cache_clear()
        monkeypatch.setattr(packages, "_looked_at", set())
        assert (PACKAGES.whole_modules(tmp_path / "build") / "done").read_text() == "whole"
        assert PACKAGES.read("done", tmp_path / "build") == b"whole"
