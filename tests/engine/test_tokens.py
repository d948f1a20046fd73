"""Coloured code: one span per colour, and not a character lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name

from loopbook.blocks.tokens import with_few_spans

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = sorted((ROOT / "snippets").rglob("*.py"))


def coloured(code: str, language: str = "python") -> str:
    return highlight(code, get_lexer_by_name(language), HtmlFormatter(wrapcode=True))


def code(html: str) -> str:
    found = re.search("<code>(.*)</code>", html, re.DOTALL)
    assert found
    return found[1].strip()


@pytest.mark.parametrize(
    ("python", "html"),
    [
        ("w = a.b(c)", "w = a.b(c)"),
        ("x = 1e-3", 'x = <span class="m">1e-3</span>'),
        ("import torch", '<span class="k">import</span> <span class="nf">torch</span>'),
        ("y not in x", 'y <span class="k">not</span> <span class="k">in</span> x'),
        ("print(x)", '<span class="nb">print</span>(x)'),
        (
            'f"w {w:.2f} <"',
            '<span class="s">f"w {</span>w<span class="s">:.2f} &lt;"</span>',
        ),
        ("x  # why", 'x  <span class="c"># why</span>'),
    ],
)
def test_only_what_has_a_colour_of_its_own_has_a_span(python: str, html: str) -> None:
    assert code(with_few_spans(coloured(python))) == html


def test_no_character_is_lost_and_most_spans_are_gone() -> None:
    assert len(SCRIPTS) > 40
    before = "".join(coloured(script.read_text("utf-8")) for script in SCRIPTS)
    after = with_few_spans(before)
    texts = [BeautifulSoup(html, "html.parser").get_text() for html in (before, after)]
    assert texts[0] == texts[1]
    assert after.count("<span") < 0.3 * before.count("<span")
    assert with_few_spans(after) == after


def test_nothing_but_coloured_code_is_touched() -> None:
    html = '<p><span class="n">a</span></p><pre><code><span class="n">b</span></code></pre>'
    assert with_few_spans(html) == html


def test_classes_that_are_not_known_stay() -> None:
    html = '<pre><span></span><code><span class="gd">-</span><span class="zz">b</span></code></pre>'
    assert with_few_spans(html) == html


def test_each_class_that_is_left_has_a_colour_in_the_theme(site: Path) -> None:
    [sheet] = (site / "assets/stylesheets").glob("main.*.css")
    with_colour = set(re.findall(r"\.highlight \.(\w+)", sheet.read_text("utf-8")))
    used = {
        name
        for page in site.rglob("*.html")
        for body in re.findall(r"<pre><span></span><code>(.*?)</code>", page.read_text(), re.DOTALL)
        for name in re.findall(r'<span class="(\w+)">', body)
    }
    assert used and used <= with_colour
