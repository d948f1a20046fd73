"""One style sheet for the site, of the rules in use."""

from __future__ import annotations

from pathlib import Path

import pytest

from loopbook.errors import BookError
from loopbook.styles import SHEET, join_sheets, sheets_of

HEAD = (
    '<!doctype html><html><head>\n<link rel="stylesheet" href="{up}assets/theme/main.css">\n'
    '<link rel="stylesheet" href="{up}assets/own.css">\n<noscript><link rel="stylesheet" '
    'href="{up}assets/dark.css" media="screen"></noscript>\n</head>'
)
BODY = '<body data-scheme="slate"><p class="used-one">unseen-word</p></body></html>'
MAIN = """
/* A comment. */
.used-one { color: red; background: url(images/a.png); }
.unseen-word { color: green; }
.made-later { color: blue; }
[data-scheme="slate"] .used-one { color: white; }
[data-colour="x"] p { color: black; }
@keyframes spin { to { rotate: 1turn; } }
"""
OWN = "@font-face { font-family: F; src: url('fonts/f.woff2'); }\np > .used-one { margin: 0; }\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    (folder / "assets/theme").mkdir(parents=True)
    (folder / "part").mkdir()
    (folder / "assets/theme/main.css").write_text(MAIN)
    (folder / "assets/own.css").write_text(OWN)
    (folder / "assets/page.js").write_text('element.classList.add("made-later")')
    (folder / "index.html").write_text(HEAD.format(up="") + BODY)
    (folder / "part/index.html").write_text(HEAD.format(up="../") + BODY)
    return folder


def test_each_page_links_to_the_one_sheet_from_where_it_lies(site: Path, tmp_path: Path) -> None:
    join_sheets(site, tmp_path / "build")
    for name, up in (("index.html", ""), ("part/index.html", "../")):
        text = (site / name).read_text()
        assert text.count(f'<link rel="stylesheet" href="{up}{SHEET}">') == 1
        assert "main.css" not in text and "own.css" not in text
        assert f'<noscript><link rel="stylesheet" href="{up}assets/dark.css"' in text
        assert text.endswith(BODY) and sheets_of(text) == (SHEET,)


def test_only_rules_that_pages_or_scripts_can_use_are_kept(site: Path, tmp_path: Path) -> None:
    join_sheets(site, tmp_path / "build")
    sheet = (site / SHEET).read_text()
    assert ".used-one{" in sheet and ".made-later{" in sheet and "p>.used-one{" in sheet
    assert "slate" in sheet
    for gone in ("unseen-word", "data-colour", "spin", "comment"):
        assert gone not in sheet, gone


def test_addresses_are_seen_from_the_new_place(site: Path, tmp_path: Path) -> None:
    join_sheets(site, tmp_path / "build")
    sheet = (site / SHEET).read_text()
    assert "url(theme/images/a.png)" in sheet and "url(fonts/f.woff2)" in sheet


def test_twice_changes_nothing_and_the_second_asks_nobody(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (site / "index.html").read_text()
    join_sheets(site, tmp_path / "build")
    made = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    monkeypatch.setattr("loopbook.styles.sheet.Process", None)  # calling it would fail
    join_sheets(site, tmp_path / "build")
    (site / "index.html").write_text(before)
    (site / "part/index.html").write_text(HEAD.format(up="../") + BODY)
    join_sheets(site, tmp_path / "build")
    assert {path: path.read_bytes() for path in site.rglob("*") if path.is_file()} == made


def test_pages_of_different_sheets_are_an_error_that_names_them(site: Path) -> None:
    odd = site / "part/index.html"
    odd.write_text(odd.read_text().replace("own.css", "odd.css"))
    with pytest.raises(BookError, match=r"assets/odd\.css, assets/own\.css") as caught:
        join_sheets(site)
    assert "extra_css" in caught.value.cure and not (site / SHEET).exists()


def test_a_missing_sheet_is_an_error_that_names_it(site: Path) -> None:
    (site / "assets/own.css").unlink()
    with pytest.raises(BookError, match="not there") as caught:
        join_sheets(site)
    assert str(caught.value.file).endswith("own.css")
