"""Whose names are let go at a script's end."""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path

import pytest

from loopbook.runner.ending import _lies

ROOT = Path(__file__).resolve().parents[2]


def test_of_the_books_modules_the_engines_stay_and_a_scripts_own_go(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "helper.py").touch()
    spec = importlib.util.spec_from_file_location("helper", tmp_path / "helper.py")
    assert spec
    monkeypatch.setitem(sys.modules, "helper", importlib.util.module_from_spec(spec))
    places = os.path.join(sys.prefix, "")
    assert _lies("helper", os.path.join(tmp_path, ""), places)
    assert not _lies("loopbook.runner.ending", os.path.join(ROOT, ""), places)
    assert not _lies("json", os.path.join(ROOT, ""), places)
