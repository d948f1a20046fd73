"""A chapter's length counts what is read word by word, and nothing else."""

from __future__ import annotations

import pytest

from loopbook.site.reading import PACE, chapter_number, count_words, minutes, with_reading_time


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
    ],
)
def test_words_are_counted_outside_code_and_formulas(html: str, words: int) -> None:
    assert count_words(html) == words


def test_minutes_are_whole_and_at_least_one() -> None:
    assert [minutes(n) for n in (0, PACE, 10 * PACE + 1)] == [1, 1, 10]


def test_line_stands_below_the_first_title_only() -> None:
    page = with_reading_time("<h1>A</h1><p>b</p><h1>C</h1>", "1.2")
    assert page.count("reading-time") == 1
    assert page.index("</h1>") < page.index("Chapter 1.2") < page.index("<p>b</p>")


def test_only_chapters_have_numbers() -> None:
    assert chapter_number("part-3/12-after-all.md") == "3.12"
    assert chapter_number("notation.md") == chapter_number("part-3/index.md") == ""
