"""Rules for the repository as a whole: types, lint, words that must not be in it, commands."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MADE = {".git", ".venv", ".build", "site", "__pycache__", "node_modules", "loopbook.egg-info"}
KINDS = {"", ".py", ".out", ".md", ".yml", ".toml", ".txt", ".css", ".html", ".xml", ".svg"}
KINDS |= {".json", ".mjs", ".js", ".ipynb"}
CACHES = re.compile(r"\.\w+_cache|\.hypothesis|venv.*")

# Hosts of package registries, in pieces, so that this file does not name them either.
REGISTRIES = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("python" + "hosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("yarnpkg", "com"),
        ("download", "pytorch", "org"),
        ("anaconda", "org"),
    )
]
MACHINE = re.compile(r"/(?:home|Users)/[a-z]\w*/|[A-Z]:\\Users\\")


def kept_files(root: Path) -> Iterator[Path]:
    """Files of the repository's kinds, without what is made or a reader's own."""
    for folder, folders, names in os.walk(root):
        top = Path(folder) == root
        folders[:] = sorted(
            f for f in folders
            if f not in MADE - ({"site"} if not top else set()) and not CACHES.fullmatch(f)
        )  # fmt: skip
        for name in sorted(names):
            mine = name == "attempt.py" and "snippets" in Path(folder).parts
            if Path(name).suffix in KINDS and not mine:
                yield Path(folder, name)


def offences(text: str) -> list[str]:
    """What a file of the repository must not say."""
    found = [host for host in REGISTRIES if host in text]
    found += [m[0] for m in MACHINE.finditer(text)]
    return found + ([str(ROOT)] if str(ROOT) in text else [])


def read(path: Path) -> str:
    """A file's text; nothing for a picture."""
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        return ""


def test_no_file_names_a_registry_or_this_machine() -> None:
    files = list(kept_files(ROOT))
    assert len(files) > 60
    found = {str(p.relative_to(ROOT)): wrong for p in files if (wrong := offences(read(p)))}
    assert not found


@pytest.mark.parametrize(
    "text",
    [f"resolved: https://registry.{REGISTRIES[2]}/x", str(ROOT / "docs"), "/home" + "/ada/book"],
)
def test_offences_are_seen(text: str) -> None:
    assert offences(text)


def test_engine_is_typed() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mypy"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


ENGINE = ["scripts", "tests/browser", "tests/engine", "tests/site", "tests/conftest.py"]
SNIPPETS = ["snippets", "--select=E,F,I", "--line-length=88"]
CHAPTERS = [*sorted(str(p.relative_to(ROOT)) for p in ROOT.glob("tests/part-*")), "--select=E,F,I"]


@pytest.mark.parametrize("words", [ENGINE, SNIPPETS, CHAPTERS])
def test_code_is_clean(words: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--output-format=concise", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_commands_that_the_words_name_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    words = "".join((ROOT / n).read_text("utf-8") for n in ("README.md", "CONTRIBUTING.md"))
    named = set(re.findall(r"\bmake ([a-z]+)\b", "\n".join(re.findall(r"`+[^`]+`+", words))))
    assert {"site", "test", "serve"} <= named <= targets
    paths = re.findall(r"\bpython ((?:scripts|snippets)/\S+\.py)", words)
    assert len(paths) >= 4
    assert not [path for path in paths if not (ROOT / path).is_file()]


def test_continuous_integration_calls_the_test_command() -> None:
    assert re.search(r"\bmake test$", (ROOT / ".ci/run").read_text("utf-8"), re.M)
    workflow = (ROOT / ".github/workflows/book.yml").read_text("utf-8")
    assert "run: make test" in workflow and "run: make editions" in workflow
    assert os.access(ROOT / ".ci/run", os.X_OK)


def test_the_newest_versions_are_tried_every_week_by_actions_of_the_same_versions() -> None:
    workflows = ROOT / ".github/workflows"
    book, upgrade = ((workflows / f"{n}.yml").read_text("utf-8") for n in ("book", "upgrade"))
    assert re.search(r"^ +- run: make upgrade$", upgrade, re.M)
    assert re.search(r'^  schedule:\n    - cron: "\d+ \d+ \* \* \d"$', upgrade, re.M)
    assert set(re.findall(r"uses: \S+", upgrade)) <= set(re.findall(r"uses: \S+", book))


def test_every_requirement_is_pinned_with_a_reason() -> None:
    lines = (ROOT / "requirements.txt").read_text("utf-8").splitlines()
    wanted = [line for line in lines if re.match(r"[A-Za-z-]", line)]
    assert len(wanted) >= 15
    loose = [
        line for line in wanted if not re.match(r"(?:[\w.-]+==[\w.]+|-e \.)(?:\s+# \S|$)", line)
    ]
    assert not loose


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """A clone's Makefile and what it installs from, nothing else."""
    for name in ("Makefile", "requirements.txt", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def make(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """What make says and does in a folder."""
    plain = {k: v for k, v in os.environ.items() if not k.startswith(("MAKE", "MFLAGS"))}
    return subprocess.run(
        ["make", *words], cwd=folder, env=plain, capture_output=True, text=True, check=False
    )


needs_make = pytest.mark.skipif(shutil.which("make") is None, reason="there is no make here")


@needs_make
def test_an_old_python_is_refused_in_words(fresh: Path) -> None:
    old = fresh / "python3.10"
    old.write_text(
        f"#!/bin/sh\nexec {sys.executable} -c 'import sys\n"
        'sys.version_info, sys.version = (3, 10, 2), "3.10.2 (old)"\n'
        'exec(sys.argv[2])\' "$@"\n'
    )
    old.chmod(0o755)
    done = make(fresh, "site", f"PYTHON={old}")
    assert done.returncode != 0
    assert "needs Python 3.11.5 or newer" in done.stderr and "3.10.2" in done.stderr
    assert not (fresh / ".venv").exists()


@needs_make
def test_a_missing_python_is_said_in_words(fresh: Path) -> None:
    done = make(fresh, "site", "PYTHON=python-of-nobody")
    assert done.returncode != 0
    assert "There is no 'python-of-nobody' here" in done.stdout + done.stderr


@needs_make
def test_a_second_command_installs_nothing(fresh: Path) -> None:
    assert "pip install" in make(fresh, "--dry-run", "site").stdout
    (fresh / ".venv").mkdir()
    (fresh / ".venv/.installed").touch()
    for target in ("site", "test", "serve"):
        done = make(fresh, "--dry-run", target)
        assert done.returncode == 0 and "pip" not in done.stdout
    os.utime(fresh / "requirements.txt", (4e9, 4e9))
    assert "pip install" in make(fresh, "--dry-run", "site").stdout
