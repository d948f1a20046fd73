"""A chapter's length counts what is read word by word, and nothing else."""

from __future__ import annotations

import time
from pathlib import Path

import markdown
import pytest
from bs4 import BeautifulSoup

from loopbook.site.reading import PACE, count_words, minutes


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>Two words.</p>", 2),
        ("<p>The reader's well-known 40 dots</p>", 4),
        ("<p>Before</p><pre><code>x = 1 and more</code></pre><p>after</p>", 2),
        ("<p>Call <code>backward now</code> once</p>", 2),
        ('<p>So <span class="arithmatex">a b c</span> grows<br>fast</p>', 3),
        ("<details><summary>Solution</summary>Many words here</details>end", 1),
        ("<figure><svg><text>axis label</text></svg><figcaption>One caption</figcaption>", 2),
        ('<svg><path d="M0"/></svg>after <img src="a.png"> it', 2),
        ("<p>One <!-- not <b>read</b> at all --> two</p>", 2),
        ("<p>If a < b &amp; c &lt; d</p><script>if (a < b) { no(words) }</script>", 5),
        ("<PRE>no words</PRE><div class='tags x'><b>none</b></div><hr>one", 1),
        ('<div title="a > b"><div class="big tags">none <br/> either</div>two words</div>', 2),
    ],
)
def test_words_are_counted_outside_code_and_formulas(html: str, words: int) -> None:
    assert count_words(html) == words


@pytest.mark.parametrize("piece", ["<!--", "<pre", "<div class=", "<div title='", "</", "a<b "])
def test_no_text_takes_long(piece: str) -> None:
    start = time.perf_counter()
    count_words("<p>One " + piece * 5_000)
    assert time.perf_counter() - start < 2


def test_minutes_are_whole_and_at_least_one() -> None:
    assert [minutes(n) for n in (0, PACE, 10 * PACE + 1)] == [1, 1, 10]


BOOK = {"part-3/12-after-all.md": "# A\n\nwords\n", "notes.md": "# Notes\n\nwords\n"}


def head(tmp_path: Path, path: str, front: str = "", more: str = "") -> BeautifulSoup:
    """The page of a tiny book, converted by the extension."""
    for name, text in {**BOOK, path: front + BOOK[path] + more}.items():
        (tmp_path / "docs" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "docs" / name).write_text(text, "utf-8")
    html = markdown.markdown(
        BOOK[path] + more,
        extensions=["loopbook.site.heading", "toc"],
        extension_configs={"loopbook.site.heading": {"root": str(tmp_path)}},
    )
    return BeautifulSoup(html, "html.parser")


def test_line_stands_below_the_first_title_only(tmp_path: Path) -> None:
    page = head(tmp_path, "part-3/12-after-all.md", more="\n# C\n" + "word " * 10 * PACE)
    lines = page.select("h1 + .chapter-head .reading-time")
    assert [line.get_text().partition(" of ")[0] for line in lines] == [
        "Chapter 3.12 · about 10 minutes"
    ]
    assert "\ue002" not in str(page)


def test_only_chapters_have_numbers(tmp_path: Path) -> None:
    assert not head(tmp_path, "notes.md").select(".chapter-head")


def test_tags_stand_below_the_title_and_lead_to_their_page(tmp_path: Path) -> None:
    front = "---\ntags: [learning rate, SGD]\n---\n"
    page = head(tmp_path, "notes.md", front)
    assert [t.get_text() for t in page.select(".chapter-head .tags li")] == ["learning rate", "SGD"]
    assert not page.select(".tags a")
    (tmp_path / "docs/tags.md").write_text("# Tags\n", "utf-8")
    links = [a["href"] for a in head(tmp_path, "part-3/12-after-all.md", front).select(".tags a")]
    assert links == ["../tags.md#learning-rate", "../tags.md#sgd"]
