"""Which page a text is, and what happens to pages that have nothing of ours."""

from __future__ import annotations

import textwrap

import markdown
import markdown.preprocessors
import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from loopbook.blocks.book import Book
from loopbook.errors import BookError

VALUE = "Loss [[fall.py: epoch 10 loss]]."


# The same without ours; another block keeps the manager of blocks, which escapes slashes.
OTHER = "pymdownx.blocks.html"


def test_page_without_our_syntax_is_the_same_with_and_without_the_extension(tiny_book) -> None:
    text = """# A

Text with [a link](x.md), `[[x]]`, $[1, [2]]$ and the matrix [[1, 2], [3, 4]], a // b.

```
/// code | x
```
"""
    assert tiny_book.convert(text) == tiny_book.convert(text, (OTHER, *tiny_book.extensions[1:]))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(st.sampled_from("ab*_`[]/| \n#>-"), max_size=60))
def test_text_without_slashes_and_double_brackets_is_never_touched(tiny_book, text: str) -> None:
    assume("///" not in text and "[[" not in text)
    assert tiny_book.convert(text) == tiny_book.convert(text, (OTHER, *tiny_book.extensions[1:]))


def item(parts: list[tuple[int, str]]) -> tuple[int, str]:
    """A list's item of these parts: how deeply blocks nest in it, and its text."""
    text = "\n\n".join(text for _, text in parts)
    return max(depth for depth, _ in parts), "- item\n\n" + textwrap.indent(text, " " * 4)


def block(first: str, parts: list[tuple[int, str]]) -> tuple[int, str]:
    """A block around these parts."""
    depth = 1 + max(depth for depth, _ in parts)
    slashes, text = "/" * (2 + depth), "\n\n".join(text for _, text in parts)
    return depth, f"{slashes} {first}\n\n{text}\n\n{slashes}"


FIRST = st.sampled_from(
    ("html | div", "html | section", "html | ul", "tab | One", "details | More")
)
NESTED = st.recursive(
    st.sampled_from(["words", "    in code", "1. one\n2. two", "> said"]).map(
        lambda text: (0, text)
    ),
    lambda parts: (
        st.lists(parts, min_size=1, max_size=3).map(item)
        | st.builds(block, FIRST, st.lists(parts, min_size=1, max_size=3))
    ),
    max_leaves=8,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(NESTED.map(lambda nested: nested[1]))
@example("//// html | div\n\n- item\n\n    /// html | section\n\n    words\n\n    ///\n\n////")
def test_blocks_of_others_nest_as_without_ours(tiny_book, text: str) -> None:
    kinds = ("html", "tab", "details")
    extensions = ("loopbook.blocks", *(f"pymdownx.blocks.{kind}" for kind in kinds))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("loopbook.blocks.extension.look_along_the_spine", lambda manager: None)
        expected = tiny_book.convert(text, extensions)
    assert tiny_book.convert(text, extensions) == expected


def test_brackets_in_a_text_that_is_no_page_stay(tiny_book) -> None:
    assert "[[x]]" in tiny_book.convert("See [[x]].")


def test_blocks_in_a_text_that_is_no_page_are_an_error(tiny_book) -> None:
    with pytest.raises(BookError, match="no page of this text"):
        tiny_book.convert(VALUE)


def test_lines_are_those_of_the_file_behind_front_matter_and_blank_lines(tiny_book) -> None:
    front = "---\ntitle: x\nlist:\n  - a\n---\n\n\n"
    error = tiny_book.error("# A\n\n[[fall.py: nothing]]\n", front=front)
    assert error.line == 10


def test_lines_are_right_when_the_caller_kept_blank_lines_or_ends_of_windows(tiny_book) -> None:
    tiny_book.write("docs/part-1/2-tiny.md", "---\na: b\n---\n\n# A\n\n[[fall.py: nothing]]\n")
    with pytest.raises(BookError) as caught:
        tiny_book.convert("\n\n# A\r\n\r\n[[fall.py: nothing]]\r\n\r\n")
    assert caught.value.line == 7


def test_page_is_found_when_the_caller_took_other_lines_off_the_top(tiny_book) -> None:
    tiny_book.write("docs/part-1/2-tiny.md", f"Title: Tiny\n\n{VALUE}\n")
    assert "0.0119" in tiny_book.convert(VALUE)


def test_two_pages_of_the_same_text_are_an_error(tiny_book) -> None:
    tiny_book.write("docs/other.md", VALUE)
    error = tiny_book.error(VALUE)
    assert "same text" in error.message and error.line == 1


def test_front_matter_lends_a_page_another_chapters_scripts(tiny_book) -> None:
    page = tiny_book.page(VALUE, "guide.md", "---\nsnippets: part-1/2-tiny\n---\n")
    assert page.text == "Loss 0.0119."


@pytest.mark.parametrize("folder", ["../secrets", "/etc", "[1]", "a/../../b"])
def test_front_matter_cannot_lead_out_of_the_snippets(tiny_book, folder: str) -> None:
    error = tiny_book.error(VALUE, "guide.md", f"---\nsnippets: {folder}\n---\n")
    assert error.file == "docs/guide.md" and "not a folder" in error.message


@pytest.mark.parametrize(
    "name", ["../2-other/secret.py", "/etc/passwd.py", "a/../../../x.py", "./fall.py", "link.py"]
)
def test_script_outside_of_the_chapters_folder_is_never_read(tiny_book, name: str) -> None:
    tiny_book.write("snippets/part-1/2-other/secret.py", "password = 1\n")
    if name == "link.py":
        outside = tiny_book.root / "snippets/part-1/2-other/secret.py"
        (tiny_book.root / "snippets/part-1/2-tiny/link.py").symlink_to(outside)
    error = tiny_book.error(f"/// code | {name}\n///\n")
    assert f"there is no script “{name}”" in error.message


def test_changes_of_files_are_seen_in_the_same_process(tiny_book) -> None:
    assert "0.0119" in tiny_book.html(VALUE)
    tiny_book.script("fall.py", "print()\n", "epoch 10: loss 0.0229\n")
    tiny_book.record("fall.py", "epoch 10: loss 0.0229\n")
    assert "0.0229" in tiny_book.html(VALUE)
    tiny_book.write("docs/glossary.md", "## Rate\n\nHow fast.\n")
    assert 'title="How fast."' in tiny_book.html("A [[rate]].")
    tiny_book.write("docs/glossary.md", "## Rate\n\nHow far.\n")
    assert 'title="How far."' in tiny_book.html("A [[rate]].")


def test_root_is_the_nearest_folder_upwards_that_holds_mkdocs_yml(tiny_book, monkeypatch) -> None:
    tiny_book.write("mkdocs.yml", "site_name: tiny\n")
    tiny_book.html(VALUE)
    monkeypatch.chdir(tiny_book.root / "docs/part-1")
    assert "0.0119" in markdown.markdown(VALUE, extensions=["loopbook.blocks"])


def test_without_a_root_blocks_are_an_error_and_other_pages_are_not(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert markdown.markdown("[[x]]", extensions=["loopbook.blocks"]) == "<p>[[x]]</p>"
    with pytest.raises(BookError, match=r"no mkdocs\.yml"):
        markdown.markdown(VALUE, extensions=["loopbook.blocks"])


def test_converter_used_again_forgets_the_page_before(tiny_book) -> None:
    md = markdown.Markdown(
        extensions=["loopbook.blocks"],
        extension_configs={"loopbook.blocks": {"root": str(tiny_book.root)}},
    )
    tiny_book.write("docs/part-1/2-tiny.md", VALUE)
    first = md.convert(VALUE)
    assert "0.0119" in first
    assert md.reset().convert("Plain \ue0000\ue001.") == "<p>Plain \ue0000\ue001.</p>"
    assert md.reset().convert(VALUE) == first


def test_front_matter_that_is_no_yaml_is_an_error(tiny_book) -> None:
    error = tiny_book.error(VALUE, "guide.md", "---\nsnippets: [a\n---\n")
    assert (error.file, error.message) == ("docs/guide.md", "the front matter is not YAML")


@pytest.mark.parametrize("text", ["{block}", "[[fall.py: epoch 10 w]]\n\n{block}"])
def test_block_from_elsewhere_than_the_chapters_text_is_an_error(tiny_book, text: str) -> None:
    class Adding(markdown.preprocessors.Preprocessor):
        """Another extension that adds text behind our back."""

        def run(self, lines: list[str]) -> list[str]:
            return [*lines, "", "/// code | fall.py", "///"]

    text = text.format(block="")
    tiny_book.write("docs/part-1/2-tiny.md", text + "Text.\n")
    md = markdown.Markdown(
        extensions=["loopbook.blocks"],
        extension_configs={"loopbook.blocks": {"root": str(tiny_book.root)}},
    )
    md.preprocessors.register(Adding(md), "adding", 10)
    with pytest.raises(BookError, match="came from elsewhere"):
        md.convert(text + "Text.\n")


def test_hidden_folders_hold_no_pages(tiny_book) -> None:
    tiny_book.write("docs/.drafts/a.md", VALUE)
    assert Book(tiny_book.root).sources() == ()
