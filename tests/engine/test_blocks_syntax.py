"""What is not understood in a chapter stops the build, at its line."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loopbook.blocks.chapter import parse
from loopbook.errors import BookError

FRONT = "---\ntitle: Tiny\n---\n\n"


def test_unknown_block_is_an_error_with_line_and_nearest_name(tiny_book) -> None:
    error = tiny_book.error("# Tiny\n\n/// figur | fall.py: loss\n///\n", front=FRONT)
    assert (error.file, error.line) == ("docs/part-1/2-tiny.md", 7)
    assert "“figur" in error.message and "“figure”" in error.cure


def test_error_as_text_is_one_place_one_sentence_and_one_cure(tiny_book) -> None:
    error = tiny_book.error("/// code | fal.py\n///\n")
    assert str(error) == (
        "docs/part-1/2-tiny.md:1: there is no script “fal.py” in snippets/part-1/2-tiny\n"
        "  → did you mean “fall.py”?"
    )


def test_missing_bar_is_an_error(tiny_book) -> None:
    error = tiny_book.error("/// code fall.py\n///\n")
    assert error.line == 1 and "/// code | …" in error.cure


def test_unknown_option_is_an_error_at_its_own_line(tiny_book) -> None:
    error = tiny_book.error("/// output | fall.py\n    from: epoch\n    til: done\n///\n")
    assert error.line == 3 and "“til”" in error.message and "to" in error.cure


def test_line_that_is_no_option_is_an_error(tiny_book) -> None:
    error = tiny_book.error("/// output | fall.py\n    from the start\n///\n")
    assert error.line == 2 and "not an option" in error.message


def test_option_given_twice_is_an_error(tiny_book) -> None:
    error = tiny_book.error("/// output | fall.py\n    to: done\n    to: epoch\n///\n")
    assert error.line == 3 and "twice" in error.message


def test_empty_option_is_an_error(tiny_book) -> None:
    error = tiny_book.error("/// output | fall.py\n    to:\n///\n")
    assert error.line == 1 and "“to”" in error.message and "empty" in error.message


def test_unclosed_block_is_an_error_at_its_first_line(tiny_book) -> None:
    error = tiny_book.error("Text.\n\n/// predict | Why?\nBecause.\n\nMore text.\n")
    assert error.line == 3 and "never closed" in error.message


def test_end_without_beginning_is_an_error(tiny_book) -> None:
    error = tiny_book.error("Text.\n\n///\n")
    assert error.line == 3 and "ends no block" in error.message


def test_end_with_other_slashes_is_an_error_that_names_the_open_block(tiny_book) -> None:
    error = tiny_book.error("/// predict | Why?\nBecause.\n////\n")
    assert error.line == 3 and "line 1 ends with ///" in error.cure


def test_inner_block_with_as_many_slashes_is_an_error(tiny_book) -> None:
    error = tiny_book.error("/// predict | Why?\n\n/// code | fall.py\n///\n\n///\n")
    assert error.line == 3 and "fewer slashes" in error.message
    assert "//// predict" in error.cure


@pytest.mark.parametrize(
    ("text", "lacks"),
    [
        ("/// code\n///\n", "argument"),
        ("/// figure | fall.py: loss\n    label: a\nCaption.\n///\n", "alt"),
        ("/// figure | fall.py: loss\n    alt: A curve.\n///\n", "empty"),
        ("/// predict | Why?\n///\n", "empty"),
        ("/// predict\nBecause.\n///\n", "argument"),
        ("//// exercise | one\nTask.\n////\n", "title"),
        ("/// downloads | all\n///\n", "no argument"),
        ("/// code | fall.py\nText.\n///\n", "no text"),
        ("/// hint\nThink.\n///\n", "no exercise block"),
    ],
)
def test_incomplete_block_is_an_error(tiny_book, text: str, lacks: str) -> None:
    error = tiny_book.error("Text.\n\n" + text)
    assert error.line == 3 and lacks in error.message


def test_option_value_holds_colons_and_goes_on_in_lines_indented_further(tiny_book) -> None:
    page = tiny_book.page(
        """
        /// figure | fall.py: loss
            alt: The loss: it falls,
              then stays.
            label: falling
        Caption.
        ///
        """
    )
    assert page.find("svg")["aria-label"] == "The loss: it falls, then stays."
    assert page.find("figure")["id"] == "falling"


def test_value_of_several_lines_may_begin_as_in_yaml(tiny_book) -> None:
    page = tiny_book.page(
        "/// figure | fall.py: loss\n    alt: >\n      A curve\n      falls.\nCaption.\n///\n"
    )
    assert page.find("svg")["aria-label"] == "A curve falls."


def test_quotation_marks_around_an_option_are_no_part_of_it(tiny_book) -> None:
    page = tiny_book.page('/// figure | fall.py: loss\n    alt: "A curve"\nCaption.\n///\n')
    assert page.find("svg")["aria-label"] == "A curve"


def test_fences_spans_and_comments_are_left_alone(tiny_book) -> None:
    html = tiny_book.html(
        """
        ````markdown
        ```
        /// nonsense | [[#nothing]]
        ```
        ````

        ~~~
        [[fall.py: nothing]]
        ~~~

        A span `[[#nothing]]` and ``[[`nothing]]``.

        <!-- [[nothing]]
        /// nonsense
        -->

        Real: [[fall.py: epoch 10 loss]].
        """
    )
    assert "/// nonsense | [[#nothing]]" in html
    assert "<code>[[#nothing]]</code>" in html
    assert "0.0119" in html


def test_brackets_behind_a_backslash_stay(tiny_book) -> None:
    page = tiny_book.page(r"Plain \[[brackets]] beside [[fall.py: epoch 10 w]].")
    assert page.text.strip() == "Plain [[brackets]] beside 1.9213."


def test_block_that_markdown_reads_as_indented_code_is_an_error(tiny_book) -> None:
    error = tiny_book.error("Text.\n\n    /// code | fall.py\n    ///\n\nMore.\n")
    assert error.line == 3 and "not read as one" in error.message


def test_unclosed_fence_does_not_hide_what_follows(tiny_book) -> None:
    error = tiny_book.error("```python\nx\n\n/// figur | a\n///\n")
    assert error.line == 4


def test_blocks_stand_in_notes_lists_and_quotes(tiny_book) -> None:
    page = tiny_book.page(
        """
        !!! note
            Text.

            /// output | fall.py
                from: done
            ///

        - item

            /// output | fall.py
                from: done
            ///

        > /// output | fall.py
        >     from: done
        > ///
        """
    )
    assert [len(page.select(f"{tag} samp")) for tag in (".note", "li", "blockquote")] == [1, 1, 1]
    assert "///" not in page.text


def test_block_of_another_extension_passes(tiny_book) -> None:
    import markdown

    text = "/// details | More\nText [[fall.py: epoch 10 w]].\n///\n"
    tiny_book.write("docs/part-1/2-tiny.md", text)
    html = markdown.markdown(
        text,
        extensions=["loopbook.blocks", "pymdownx.blocks.details"],
        extension_configs={"loopbook.blocks": {"root": str(tiny_book.root)}},
    )
    assert "<summary>More</summary>" in html and ">1.9213</span>" in html


def test_a_fence_that_markdown_does_not_read_as_one_hides_no_brackets(tiny_book) -> None:
    error = tiny_book.error("    indented code\n```\n> quote [[fall.py: epoch 1 w]]\n```\n")
    assert "[[fall.py: epoch 1 w]] is not read where it stands" in str(error)
    assert "empty line" in str(error) and error.line == 3


def test_a_block_that_is_read_as_words_too_is_an_error_at_its_line(tiny_book) -> None:
    error = tiny_book.error("> /// code | fall.py\n    ///\n/// predict | Why?\nText.\n    ///\n")
    assert "code block is not read as one" in str(error) and error.line == 1


fragments = st.sampled_from(
    [
        "/// code | fall.py",
        "/// output | fall.py",
        "    from: epoch 10",
        "/// predict | Why [[fall.py: epoch 10 w]]?",
        "//// recall | What?",
        "///",
        "////",
        "",
        "Text [[fall.py: epoch 10 loss]] and $[[fall.py: epoch 1 w]]$.",
        "- item",
        "1. item [[fall.py: epoch 1 w]]",
        "> quote [[fall.py: epoch 1 w]]",
        "!!! note",
        "    indented [[fall.py: epoch 10 w]]",
        "    /// output | fall.py",
        "    ///",
        "> /// code | fall.py",
        "> ///",
        "```",
        "`",
        "<!--",
        "-->",
        "<div markdown>",
        "</div>",
        "| a | b |",
        "|---|---|",
        "| [[fall.py: epoch 10 w]] | x |",
        "[^1]: note [[fall.py: epoch 10 w]]",
        "[^1]",
        "# Title [[fall.py: epoch 10 w]]",
        "$$",
    ]
)


@settings(
    max_examples=150,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
)
@given(st.lists(fragments, min_size=1, max_size=14))
def test_any_chapter_is_an_error_or_leaves_none_of_our_syntax(tiny_book, lines: list[str]) -> None:
    try:
        html = tiny_book.html("\n".join(lines) + "\n")
    except BookError:
        return
    assert "\ue000" not in html
    page = BeautifulSoup(re.sub(r"<!--.*?-->", "", html, flags=re.DOTALL), "html.parser")
    for code in page.select("code, pre"):
        code.decompose()
    assert "[[" not in str(page)
    assert "/// " not in page.text


def test_brackets_that_a_stray_backtick_hides_are_an_error_at_their_line(tiny_book) -> None:
    error = tiny_book.error("A `\n\n- stray ` sign\n- and [[fall.py: epoch 10 w]]\n- and ` again\n")
    assert error.line == 4 and "without its partner" in error.cure


def test_brackets_in_code_that_only_markdown_recognises_stay(tiny_book) -> None:
    page = tiny_book.page("[[fall.py: epoch 10 w]] \\\\`[[fall.py: epoch 10 w]]`\n")
    assert page.find("code").text == "[[fall.py: epoch 10 w]]"


def test_words_in_raw_html_are_escaped(tiny_book) -> None:
    tiny_book.write("docs/glossary.md", "## Rate\n\nHow fast.\n")
    page = tiny_book.page('<p title="[[1 "<" 2|rate]]">[[<b> & c|rate]]</p>\n')
    assert page.find("p")["title"] == '1 "<" 2' and page.find("p").text == "<b> & c"


def test_brackets_in_a_code_span_stay_to_the_letter(tiny_book) -> None:
    page = tiny_book.page("[[fall.py: epoch 10 w]] `[[a |  b]]` ``[[`c`]] x`` $x$ `$[[d]]$`\n")
    assert [code.text for code in page.select("code")] == ["[[a |  b]]", "[[`c`]] x", "$[[d]]$"]


def test_brackets_have_their_lines_and_those_in_options_are_the_options() -> None:
    text = """[[a.py: v]]

//// definition | one
/// figure | a.py: loss
    alt: Up to [[a.py: w]].

Words [[a.py: x]]
[[a.py: y]] and `[[code]]`.
///
////

[[a.py: z]]
"""
    found = parse(text, "c.md", 5, frozenset({"definition"})).inlines
    assert [(inline.inner, inline.line, inline.in_code) for inline in found] == [
        ("a.py: v", 5, False),
        ("a.py: x", 11, False),
        ("a.py: y", 12, False),
        ("code", 12, True),
        ("a.py: z", 16, False),
    ]
