"""What a script prints, draws or raises is text on the site, whatever it looks like.

The book is built where the environment is full of marks: none of them is on the site either.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, expect

from loopbook.browser.server import served

Build = Callable[..., subprocess.CompletedProcess[str]]
FOLDER = "snippets/part-1/1-tiny"
MARK = "zq7marker"

#: Lines to print. Each would do harm in some place if it were not taken for text.
HOSTILE = (
    "<script>window.ran = 1</script><b class=evil>x</b>",
    "<img src=x onerror='window.ran = 2' class=evil>",
    "\" onmouseover=\"window.ran = 3\" class=\"evil",
    "' onfocus='window.ran = 4' autofocus='",
    "</samp></pre></div></details><p class=evil>out</p>",
    "</script></style></svg></title><p class=evil>out</p>",
    "<!-- --> <!--cell 0--> <!--/lab--> ]]>",
    "`\" onmouseover=\"window.ran = 5` **bold** *it* [link](javascript:window.ran=6)",
    "$\\href{javascript:window.ran=7}{x}$ \\(x\\) $$y$$ <span class=\"arithmatex\">\\(x\\)</span>",
    "[[sum.py: sum]] [[#none]] [[x]] /// code | sum.py",
    "```", "~~~", "&lt;b class=evil&gt; &#60;b class=evil&#62; &amp;",
    "\x02wzxhzdk:0\x03 \x02wzxhzdk:1\x03 \x02klzzwxh:0001\x03 \x02amp\x03lt;b \x0260\x03",
    "\ue0000\ue001 \ue0001\ue001 \ue002 \x1b[31m\x00 \u202e \u2028",
    "{{ 7 * 7 }} {% raw %} {: .evil onclick=window.ran=8 } [^1] *[HTML]: x ![](x)",
)  # fmt: skip
SCRIPT = '''"""Prints what nobody should: <b class=evil>this</b> and `<i class=evil>`."""

import json

import matplotlib.pyplot as plt

lines = json.loads({lines!r})
for number, line in enumerate(lines):
    print(f"{{line}} key{{number}} {{number}}.5")
fig, ax = plt.subplots(num="harm")
for number, line in enumerate(lines):
    plain = line.replace("$", "S").replace("\\x00", "")
    words = ax.text(0.1, number / 20, plain, url="javascript:window.ran=9")
    words.set_gid(plain)
plt.show()
'''
AROUND = '''"""Looks around."""
import json
import os

import matplotlib.pyplot as plt

print("alpha", json.dumps(sorted(os.environ.items())), os.getcwd(), __file__)
plt.figure("around " + os.getcwd()).text(0.1, 0.1, __file__ + os.path.expanduser("~"))
plt.show()
'''
RAISING = '''"""Raises what nobody should."""
# run: expects ValueError
import os

raise ValueError("<script>window.ran = 10</script><b class=evil>x</b> " + os.getcwd())
'''
VALUES = " ".join(f"[[evil.py: key{number}]]" for number in range(len(HOSTILE)))
CHAPTER = f"""---
description: Harm.
---

# Tiny, [[evil.py: key0]]

{VALUES}

| [[evil.py: key1]] | a |
|---|---|
| $[[evil.py: key2]]$ | [[evil.py: key3 | .2f]] |

/// takeaway
///

/// output | evil.py
///

/// output | raising.py
///

/// output | around.py
///

/// figure | evil.py: harm
    alt: Harm at [[evil.py: key1]].
It is [[evil.py: key2]].[^1]
///

/// code | evil.py
///

/// predict | Is it [[evil.py: key4]]?
Yes, [[evil.py: key7]].
///

//// quiz | How much?
/// answer | right: [[evil.py: key5]]
So.
///
/// answer | wrong: [[evil.py: key6]]
Not so.
///
////

/// downloads
///

[^1]: Note [[evil.py: key8]].
"""
LAB = '''"""A lab."""

# %% [markdown]
# # Lab of harm
#
# {values}

# %%
import json

lines = json.loads({lines!r})
for number, line in enumerate(lines):
    print(f"{{line}} key{{number}} {{number}}.5")

# %%
import matplotlib.pyplot as plt

# alt: Harm.
plt.figure(lines[0]).text(0.1, 0.1, lines[1])
plt.show()
'''


@pytest.fixture(scope="module")
def harmed(
    tiny_original: tuple[Path, str],
    build_book: Build,
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Path, Path]:
    """A book whose scripts print, draw and raise harm, and its site."""
    place = tmp_path_factory.mktemp(MARK)
    root, home = place / "book", place / "home"
    subprocess.run(["cp", "-r", str(tiny_original[0]), str(root)], check=True)
    home.mkdir()
    lines = json.dumps(HOSTILE)
    lab = root / "snippets/part-1/lab-1-harm/lab.py"
    lab.parent.mkdir()
    lab.write_text(LAB.format(lines=lines, values=VALUES.replace("evil.py", "lab.py")), "utf-8")
    (root / FOLDER / "evil.py").write_text(SCRIPT.format(lines=lines), "utf-8")
    (root / FOLDER / "raising.py").write_text(RAISING, "utf-8")
    (root / FOLDER / "around.py").write_text(AROUND, "utf-8")
    (root / "docs/part-1/1-tiny.md").write_text(CHAPTER, "utf-8")
    settings = (root / "mkdocs.yml").read_text("utf-8")
    nav = "  - Tiny: part-1/1-tiny.md\n"
    assert nav in settings
    more = f"{nav}  - Lab: part-1/lab-1-harm.ipynb\n"
    (root / "mkdocs.yml").write_text(settings.replace(nav, more), "utf-8")
    environment = dict.fromkeys(
        ("USER", "LOGNAME", "HOSTNAME", "GITHUB_TOKEN", "AWS_SECRET_ACCESS_KEY", "EDITOR"), MARK
    )
    fonts = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "matplotlib"
    environment |= {"HOME": str(home), "MPLCONFIGDIR": str(fonts), "SITE_URL": "http://book.test/"}
    update = [
        "import sys; from pathlib import Path; from loopbook.runner.cli import main;"
        f"sys.exit(main(Path({str(root)!r}), ['--update']))"
    ]
    done = subprocess.run(
        [sys.executable, "-c", *update],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    done = build_book(root, place / "site", **environment)
    assert done.returncode == 0, done.stdout + done.stderr
    return root, place / "site"


def test_nothing_of_the_environment_is_on_the_site_or_in_the_records(
    harmed: tuple[Path, Path],
) -> None:
    root, site = harmed
    looked = 0
    for folder in (site, root / ".build/records", root / ".build/labs", root / ".build/notebooks"):
        for path in sorted(folder.rglob("*")):
            assert MARK not in path.relative_to(folder).as_posix()
            if path.is_file():
                looked += 1
                data = path.read_bytes()
                assert MARK.encode() not in data, path
                assert b"/run-" not in data and b"ipykernel_" not in data, path
    assert looked > 40


def test_the_text_printed_is_the_text_shown(harmed: tuple[Path, Path]) -> None:
    root, site = harmed
    page = BeautifulSoup((site / "part-1/1-tiny/index.html").read_text("utf-8"), "html.parser")
    printed = (root / FOLDER / "evil.out").read_text("utf-8")
    plain = re.sub("[\x00-\x08\x0b\x0e-\x1f\x7f\ue000-\ue002]", "\ufffd", printed)
    assert page.select("samp")[0].get_text() == plain
    assert "10</script><b class=evil>x</b> ." in page.select("samp")[1].get_text()
    titles = [str(element["title"]) for element in page.select("span.run-value[title]")]
    lines = [" ".join(line.split()) for line in plain.splitlines()]
    assert len(titles) > len(HOSTILE)
    for title in titles:
        assert title.removeprefix("printed by evil.py: ") in lines


def test_a_lab_shows_its_text_too(harmed: tuple[Path, Path]) -> None:
    root, site = harmed
    page = BeautifulSoup((site / "part-1/lab-1-harm/index.html").read_text("utf-8"), "html.parser")
    assert "window.ran = 1" in page.select_one("samp").get_text()
    titles = [str(element["title"]) for element in page.select("span.run-value[title]")]
    assert len(titles) == len(HOSTILE)
    printed = (root / "snippets/part-1/lab-1-harm/lab.out").read_text("utf-8")
    plain = re.sub("[\x00-\x08\x0b\x0e-\x1f\x7f\ue000-\ue002]", "\ufffd", printed)
    lines = [" ".join(line.split()) for line in plain.splitlines()]
    assert [t for t in titles if t.removeprefix("printed by lab.py: ") not in lines] == []


def test_in_a_notebook_printed_text_stays_between_its_fences(harmed: tuple[Path, Path]) -> None:
    import markdown

    for notebook in harmed[1].rglob("*.ipynb"):
        for cell in json.loads(notebook.read_text("utf-8"))["cells"]:
            if cell["cell_type"] == "markdown":
                text = "".join(cell["source"])
                html = markdown.markdown(text, extensions=["pymdownx.superfences"])
                page = BeautifulSoup(html, "html.parser")
                assert not page.select(".evil, script, [onerror], [onmouseover]"), notebook


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_that_was_printed_runs_or_becomes_an_element(
    harmed: tuple[Path, Path], browser: Browser, scheme: str
) -> None:
    with served(harmed[1]) as address:
        # Without the page's own policy, which would keep scripts from running.
        context = browser.new_context(bypass_csp=True, color_scheme=scheme)
        page = context.new_page()
        for place in ("part-1/1-tiny/", "part-1/lab-1-harm/", ""):
            page.goto(address + place, wait_until="load")
            page.evaluate("document.querySelectorAll('details').forEach((d) => (d.open = true))")
            for value in page.locator("article .run-value[title]").all()[:20]:
                value.scroll_into_view_if_needed()
                value.hover(force=True)
            page.wait_for_timeout(300)
            assert page.evaluate("window.ran") is None, place
            found = "document.querySelectorAll('.evil, [onerror], [onmouseover], [onfocus]').length"
            assert page.evaluate(found) == 0, place
            assert page.locator('[href^="javascript"], [*|href^="javascript"]').count() == 0
            assert page.locator("svg foreignObject, svg script, svg a[href]").count() == 0
        page.goto(f"{address}part-1/1-tiny/", wait_until="load")
        page.wait_for_function("() => 'component$' in window")  # the theme's script listens
        page.keyboard.press("/")
        page.keyboard.type("evil")
        expect(page.locator(".md-search-result__item").first).to_be_visible(timeout=30_000)
        assert page.locator(".md-search-result .evil").count() == 0
        assert page.evaluate("window.ran") is None
        context.close()
