"""The bundler of the site's scripts: the same bytes everywhere, nothing left over, clear errors."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from loopbook.errors import BookError
from loopbook.web import bundle
from loopbook.web.bundles import FOLDER, HERE


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """Two figures that share a module and a part of D3."""
    folder = tmp_path / "sources"
    (folder / "figures").mkdir(parents=True)
    (folder / "book.js").write_text('import { start } from "./part.js";\nstart();\n')
    (folder / "part.js").write_text('export const start = () => console.log("started");\n')
    (folder / "both.js").write_text(
        'import { scaleLinear } from "d3-scale";\nexport const half = scaleLinear([0, 50]);\n'
    )
    for name in ("one", "two"):
        (folder / "figures" / f"{name}.js").write_text(
            f'import {{ half }} from "../both.js";\nconsole.log("{name}", half(1));\n'
        )
    return folder


LICENCES = "licences.txt"


def written(site: Path) -> dict[str, bytes]:
    root = site / FOLDER
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def test_a_figure_is_a_module_and_shares_what_others_use(sources: Path, tmp_path: Path) -> None:
    bundle(tmp_path / "site", sources=sources, build=tmp_path / "build")
    files = written(tmp_path / "site")
    shared = [name for name in files if name.startswith("shared/")]
    own = ["book.js", "figures/one.js", "figures/two.js", LICENCES]
    assert sorted(set(files) - set(shared)) == own
    assert len(shared) == 1 and len(files[shared[0]]) > 5_000
    assert all(b"import" in files[f"figures/{name}.js"] for name in ("one", "two"))
    assert b"import" not in files["book.js"], "a plain script, for pages from the file system"


def test_licences_of_the_packages_in_use_come_with_them(sources: Path, tmp_path: Path) -> None:
    bundle(tmp_path / "site", sources=sources, build=tmp_path / "build")
    text = written(tmp_path / "site")[LICENCES].decode()
    names = [part.split("\n")[0] for part in text.split("\n----\n\n")]
    assert "d3-scale" in names and "d3-drag" not in names and names == sorted(names)
    assert text.count("Permission to use, copy, modify") == len(names)


def test_offline_every_figure_is_one_plain_script(sources: Path, tmp_path: Path) -> None:
    bundle(tmp_path / "site", offline=True, sources=sources, build=tmp_path / "build")
    files = written(tmp_path / "site")
    assert sorted(files) == ["book.js", "figures/one.js", "figures/two.js", LICENCES]
    del files[LICENCES]
    for text in files.values():
        assert text.startswith(b"(()=>{") and b"import" not in text and b"export" not in text


def test_the_same_sources_give_the_same_bytes_wherever_they_are(
    sources: Path, tmp_path: Path
) -> None:
    bundle(tmp_path / "site", sources=sources, build=tmp_path / "build")
    other = shutil.copytree(sources, tmp_path / "else" / "where" / "js")
    bundle(tmp_path / "site2", sources=other, build=tmp_path / "else" / "build")
    assert written(tmp_path / "site") == written(tmp_path / "site2")


def test_an_unchanged_bundle_costs_nothing_and_old_files_go(
    sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site, build = tmp_path / "site", tmp_path / "build"
    bundle(site, sources=sources, build=build)
    first = written(site)
    (site / FOLDER / "figures" / "gone.js").write_text("old")
    times = {p: p.stat().st_mtime_ns for p in (site / FOLDER).rglob("*.js")}
    monkeypatch.setattr("loopbook.web.bundles.node", lambda: pytest.fail("esbuild was called"))
    bundle(site, sources=sources, build=build)
    assert written(site) == first
    assert all(p.stat().st_mtime_ns == times[p] for p in (site / FOLDER).rglob("*.js"))
    monkeypatch.undo()
    (sources / "part.js").write_text('export const start = () => console.log("again");\n')
    bundle(site, sources=sources, build=build)
    assert b"again" in written(site)["book.js"]


def test_an_error_names_its_file_and_line(sources: Path, tmp_path: Path) -> None:
    (sources / "figures" / "two.js").write_text('\nimport { gone } from "../nowhere.js";\n')
    with pytest.raises(BookError, match="nowhere") as caught:
        bundle(tmp_path / "site", sources=sources, build=tmp_path / "build")
    assert caught.value.file == str(sources / "figures" / "two.js") and caught.value.line == 2
    assert not (tmp_path / "site").exists()
    assert not list((tmp_path / "build" / "web").iterdir())


def test_the_site_has_the_bundles_of_the_book(site: Path) -> None:
    late = [f"{f}/{path.name}" for f in ("figures", "parts") for path in (HERE / f).glob("*.js")]
    files = written(site)
    assert [n for n in sorted(files) if not n.startswith("shared/")] == sorted(
        ["book.js", *late, LICENCES]
    )
    assert "parts/score.js" in late and "figures/line.js" in late
    page = (site / "index.html").read_text("utf-8")
    assert '<script src="assets/web/book.js" defer></script>' in page
