"""What Jinja compiled is taken from build to build, unless something else would come of it."""

from __future__ import annotations

from pathlib import Path

import jinja2
import pytest

from loopbook.kept.shelf import Shelf
from loopbook.site import templates
from loopbook.site.templates import KeptTemplates


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The sources that were compiled."""
    sources: list[str] = []
    true = jinja2.Environment.compile

    def watched(self: jinja2.Environment, source: str, *more: object) -> object:
        sources.append(source)
        return true(self, source, *more)  # type: ignore[call-overload]

    monkeypatch.setattr(jinja2.Environment, "compile", watched)
    return sources


def rendered(tmp_path: Path, source: str) -> str:
    loader = jinja2.DictLoader({"page.html": source})
    shelf = Shelf(tmp_path / "kept")
    environment = jinja2.Environment(loader=loader, bytecode_cache=KeptTemplates(shelf))
    return environment.get_template("page.html").render(word="yes")


def test_a_template_is_compiled_once(tmp_path: Path, compiled: list[str]) -> None:
    assert rendered(tmp_path, "Say {{ word }}") == rendered(tmp_path, "Say {{ word }}") == "Say yes"
    assert compiled == ["Say {{ word }}"]


def test_another_text_is_compiled_again(tmp_path: Path, compiled: list[str]) -> None:
    rendered(tmp_path, "Say {{ word }}")
    assert rendered(tmp_path, "Do say {{ word }}") == "Do say yes"
    assert len(compiled) == 2


def test_with_other_packages_all_is_compiled_again(
    tmp_path: Path, compiled: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    rendered(tmp_path, "{{ word }}")
    monkeypatch.setattr(templates, "made_by", lambda: "another Jinja")
    assert rendered(tmp_path, "{{ word }}") == "yes" and len(compiled) == 2


@pytest.mark.parametrize("place", [3, 60, -9])
def test_bytes_that_are_not_as_they_were_put_are_not_run(
    tmp_path: Path, compiled: list[str], place: int
) -> None:
    rendered(tmp_path, "{{ word }}")
    (file,) = (tmp_path / "kept").iterdir()
    data = bytearray(file.read_bytes())
    data[place] ^= 1
    file.write_bytes(data)
    assert rendered(tmp_path, "{{ word }}") == "yes" and len(compiled) == 2
