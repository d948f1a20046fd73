"""Listings, printed text and figures: what a page shows of a run."""

from __future__ import annotations

import re
import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loopbook.blocks.book import Book
from loopbook.blocks.live import printed_json
from loopbook.blocks.room import Room
from loopbook.blocks.sections import read_listing
from loopbook.errors import BookError

SCRIPT = '''\
"""Falls."""
# run: timeout 20
import torch


def fall(x):
    # --8<-- [start:body]
    for step in range(3):
        # --8<-- [start:update]
        x = x / 2
        # --8<-- [end:update]
    return x
    # --8<-- [end:body]


# --8<-- [start:use]
print(fall(8))
# --8<-- [end:use]
'''
SHOWN = "/// code | fall.py: body, use, update\n///\n"


# --- listings


def test_listing_shows_a_section_dedented_and_without_markers(tiny_book) -> None:
    tiny_book.script("fall.py", SCRIPT)
    page = tiny_book.page(f"/// code | fall.py: body\n///\n\n{SHOWN}")
    assert page.find("code").text == "for step in range(3):\n    x = x / 2\nreturn x\n"


def test_listing_shows_several_sections_in_the_order_asked_for(tiny_book) -> None:
    tiny_book.script("fall.py", SCRIPT)
    page = tiny_book.page(f"/// code | fall.py: use, update\n///\n\n{SHOWN}")
    assert page.find("code").text == "print(fall(8))\n\nx = x / 2\n"


def test_listing_of_the_whole_file_leaves_out_markers_and_declarations(tiny_book) -> None:
    tiny_book.script("fall.py", SCRIPT)
    page = tiny_book.page(f"/// code | fall.py\n///\n\n{SHOWN}")
    whole = page.find("code").text
    assert "--8<--" not in whole and "# run:" not in whole
    assert whole.startswith('"""Falls."""\nimport torch\n\n\ndef fall(x):\n    for step')


def test_listing_is_what_a_fence_with_a_title_gives(tiny_book) -> None:
    code = 'import torch\n\nprint("a < b")\n'
    tiny_book.script("fall.py", code)
    ours = tiny_book.page("/// code | fall.py\n///\n").select_one(".run-listing > .highlight")
    fence = tiny_book.convert(f'```python title="fall.py"\n{code}```\n')
    assert str(ours).replace("\n", "") == fence.replace("\n", "").replace("&quot;", '"')


def test_listings_and_fences_number_their_lines_apart(tiny_book) -> None:
    import markdown

    tiny_book.write("docs/part-1/2-tiny.md", "```python\nx\n```\n\n/// code | fall.py\n///\n")
    html = markdown.markdown(
        (tiny_book.root / "docs/part-1/2-tiny.md").read_text(),
        extensions=["loopbook.blocks", "pymdownx.highlight", "pymdownx.superfences"],
        extension_configs={
            "loopbook.blocks": {"root": str(tiny_book.root)},
            "pymdownx.highlight": {"line_spans": "line"},
        },
    )
    assert 'id="line-0-1"' in html and 'id="line-1-1"' in html


def test_listing_links_to_its_script_from_the_pages_own_file(tiny_book) -> None:
    link = tiny_book.page("/// code | fall.py\n///\n").select_one("a.run-download")
    assert link["href"] == "../snippets/part-1/2-tiny/fall.py"
    assert link["download"] == "fall.py"


def test_unknown_section_is_an_error_with_the_nearest(tiny_book) -> None:
    tiny_book.script("fall.py", SCRIPT)
    error = tiny_book.error(f"{SHOWN}\n/// code | fall.py: updat\n///\n")
    assert error.line == 4 and "“update”" in error.cure


def test_section_that_no_page_shows_is_an_error_at_its_marker(tiny_book) -> None:
    tiny_book.script("fall.py", SCRIPT)
    error = tiny_book.error("/// code | fall.py: body, use\n///\n")
    assert (error.file, error.line) == ("snippets/part-1/2-tiny/fall.py", 9)
    assert "unused section" in error.message


def test_section_of_the_same_name_shown_from_another_folder_does_not_count(tiny_book) -> None:
    section = "# --8<-- [start:loop]\nx = 1\n# --8<-- [end:loop]\n"
    tiny_book.script("fall.py", section)
    tiny_book.write("snippets/part-1/3-other/fall.py", section)
    tiny_book.html("/// code | fall.py: loop\n///\n", "part-1/3-other.md")
    assert "unused section" in tiny_book.error("/// code | fall.py\n///\n").message


def test_attempt_of_a_reader_is_never_looked_at(tiny_book) -> None:
    tiny_book.script("exercises/rates/attempt.py", "# --8<-- [start:loop]\nx = (\n")
    assert "import torch" in tiny_book.page("/// code | fall.py\n///\n").text


def test_markers_leave_no_gap_in_a_listing_of_the_whole_file() -> None:
    text = "a\n\n\n# --8<-- [start:b]\n\n\nb\n# --8<-- [end:b]\n"
    assert read_listing(text, "a.py").whole == "a\n\n\nb"


def test_section_shown_by_a_page_that_borrows_the_folder_is_used(tiny_book) -> None:
    tiny_book.script("fall.py", SCRIPT)
    front = "---\nsnippets: part-1/2-tiny\n---\n"
    tiny_book.html("/// code | fall.py: update\n///\n", "guide.md", front)
    tiny_book.html("/// code | fall.py: body, use\n///\n")


@pytest.mark.parametrize("argument", ["fall.py:", "fall.py: body,", "fall.py: , body"])
def test_missing_section_name_is_an_error(tiny_book, argument: str) -> None:
    tiny_book.script("fall.py", SCRIPT)
    assert "missing" in tiny_book.error(f"/// code | {argument}\n///\n").message


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("# --8<-- [start:a]\nx\n", 1, "never ended"),
        ("x\n# --8<-- [end:a]\n", 2, "never begins"),
        ("# --8<-- [start:a]\nx\n# --8<-- [end:b]\n", 3, "cannot end here"),
        ("# --8<-- [start:a]\n# --8<-- [start:b]\nx\n# --8<-- [end:a]\n", 4, "cannot end here"),
        ("# --8<-- [start:a]\nx\n# --8<-- [end:a]\n" * 2, 4, "second time"),
        ("# --8<-- [start:a]\n\n# --8<-- [end:a]\n", 1, "empty"),
        ("# --8<-- [start:a]\nx\n# --8<- [end:a]\n", 3, "not a marker"),
        ("# --8<-- [strat:a]\nx\n", 1, "not a marker"),
        ("# --8<-- [start a]\nx\n", 1, "not a marker"),
        ("# --8<-- start:a\nx\n", 1, "not a marker"),
        ("# [end:a]\n", 1, "not a marker"),
        ("# 8<-- [end:a]\n", 1, "not a marker"),
        ("# --8<-- [start:a] the loop\nx\n", 1, "not a marker"),
        ("x = 1  # --8<-- [start:a]\n", 1, "not a marker"),
    ],
)
def test_markers_out_of_order_are_an_error(text: str, line: int, said: str) -> None:
    with pytest.raises(BookError, match=said) as caught:
        read_listing(text, "snippets/a.py")
    assert (caught.value.file, caught.value.line) == ("snippets/a.py", line)


def test_error_in_the_markers_of_any_script_of_the_chapter_stops_the_page(tiny_book) -> None:
    tiny_book.script("other.py", "# --8<-- [start:a]\nx\n# --8<-- [edn:a]\n")
    error = tiny_book.error("/// code | fall.py\n///\n")
    assert (error.file, error.line) == ("snippets/part-1/2-tiny/other.py", 3)


code_lines = st.lists(st.sampled_from(["x = 1", "", "    y = 2", "# why", "if x:"]), max_size=5)


@given(code_lines, code_lines.filter(any), code_lines, st.sampled_from(["", "    ", "        "]))
def test_section_is_the_code_between_its_markers_whatever_stands_around(
    before: list[str], inside: list[str], after: list[str], indent: str
) -> None:
    lines = [
        *before,
        f"{indent}# --8<-- [start:a]",
        *(indent + line if line else "" for line in inside),
        f"{indent}# --8<-- [end:a]",
        *after,
    ]
    listing = read_listing("\n".join(lines), "a.py")
    expected = textwrap.dedent("\n".join(inside)).strip("\n")
    assert listing.section("a").text.split() == expected.split()
    assert not listing.section("a").text.startswith((" ", "\n")) or expected.startswith(" ")
    assert listing.whole.split() == "\n".join([*before, *inside, *after]).split()


# --- printed text


def test_output_is_the_text_beside_the_script(tiny_book) -> None:
    page = tiny_book.page("/// output | fall.py\n///\n")
    assert page.find("samp").text.splitlines()[0] == "epoch  1: loss 2.4249, w = -0.5"
    assert len(page.find("samp").text.splitlines()) == 3
    assert page.select_one(".cut-before, .cut-after, .unaccepted") is None


def test_printed_html_stays_text(tiny_book) -> None:
    tiny_book.script("fall.py", "print()\n", "<script>alert(1)</script> & *x* [[y]] $z$ \x02\n")
    tiny_book.record("fall.py", "")
    (tiny_book.root / ".build/records/part-1/2-tiny/fall/record.json").unlink()
    page = tiny_book.page("/// output | fall.py\n///\n")
    assert page.find("script") is None
    assert page.find("samp").text == "<script>alert(1)</script> & *x* [[y]] $z$ \ufffd\n"


@pytest.mark.parametrize(
    ("options", "first", "last", "cuts"),
    [
        ({"from": "epoch 1"}, "epoch  1", "done", [False, False]),
        ({"from": "epoch 10"}, "epoch 10", "done", [True, False]),
        ({"to": "epoch 10: loss"}, "epoch  1", "epoch 10", [False, True]),
        ({"from": "epoch 10", "to": "epoch"}, "epoch 10", "epoch 10", [True, True]),
    ],
)
def test_output_from_one_line_to_another(tiny_book, options, first, last, cuts) -> None:
    head = "".join(f"    {name}: {value}\n" for name, value in options.items())
    page = tiny_book.page(f"/// output | fall.py\n{head}///\n")
    lines = page.find("samp").text.splitlines()
    assert lines[0].startswith(first) and lines[-1].startswith(last)
    assert [bool(page.select(f".cut-{side}")) for side in ("before", "after")] == cuts


@pytest.mark.parametrize(
    "option", ["from: epoch 2", "to: epoc", "from: poch", "from: epoch 1: los"]
)
def test_output_without_a_line_that_begins_so_is_an_error(tiny_book, option: str) -> None:
    error = tiny_book.error(f"/// output | fall.py\n    {option}\n///\n")
    assert error.line == 1 and "no line that begins" in error.message


def test_output_ends_behind_its_beginning(tiny_book) -> None:
    error = tiny_book.error("/// output | fall.py\n    from: epoch 10\n    to: epoch 1\n///\n")
    assert "after the first line shown" in error.message


def test_output_of_a_script_that_prints_nothing_is_an_error(tiny_book) -> None:
    tiny_book.script("still.py", "x = 1\n", "")
    assert "prints nothing" in tiny_book.error("/// output | still.py\n///\n").message


def test_output_takes_no_name_behind_its_script(tiny_book) -> None:
    assert "from: …" in tiny_book.error("/// output | fall.py: loop\n///\n").cure


def test_missing_out_file_is_an_error_that_names_the_command(tiny_book) -> None:
    tiny_book.script("new.py", "print(1)\n")
    error = tiny_book.error("/// output | new.py\n///\n")
    assert "no new.out" in error.message and "run_snippets.py --update" in error.cure


def test_run_within_tolerance_shows_the_text_kept_in_the_book(tiny_book) -> None:
    tiny_book.script("fall.py", "print()\n", "loss 1.0000\n")
    tiny_book.record("fall.py", "loss 1.0001\n")
    page = tiny_book.page("/// output | fall.py\n///\n")
    assert page.find("samp").text == "loss 1.0000\n" and not page.select(".unaccepted")


def test_numbers_in_sentences_and_data_of_figures_are_those_kept_in_the_book(tiny_book) -> None:
    tiny_book.script("fall.py", "print()\n", "loss 1.0000\ndata: [0.5, 2.0]\n")
    tiny_book.record("fall.py", "loss 1.0001\ndata: [0.5, 2.0001]\n")
    page = tiny_book.page("Down to [[fall.py: loss]].\n")
    assert page.select_one(".run-value").text == "1.0000" and not page.select(".unaccepted")
    kept = Room(Book(tiny_book.root), "part-1/2-tiny").printed("fall.py").text
    assert printed_json(kept, "data", "fall.py") == "[0.5,2.0]"


def test_one_page_shows_one_text_of_a_script_that_is_run_meanwhile(tiny_book) -> None:
    tiny_book.script("new.py", "print()\n", "loss 1\n")
    book = Book(tiny_book.root)
    room = Room(book, "part-1/2-tiny")
    assert room.printed("new.py").text == "loss 1\n"
    tiny_book.script("new.py", "print(2)\n", "loss 2\n")
    assert room.printed("new.py").text == "loss 1\n"
    assert Room(book, "part-1/2-tiny").printed("new.py").text == "loss 2\n"


def test_run_beyond_tolerance_is_shown_and_marked(tiny_book) -> None:
    tiny_book.script("fall.py", "print()\n", "loss 1.0000\n")
    tiny_book.record("fall.py", "loss 1.1000\n")
    page = tiny_book.page("/// output | fall.py\n///\n\n[[fall.py: loss]]\n")
    assert page.select_one(".run-output.unaccepted samp").text == "loss 1.1000\n"
    assert "Not accepted yet" in page.select_one(".run-note").text
    assert page.select_one(".run-value.unaccepted").text == "1.1000"


def test_tolerance_is_the_scripts_own(tiny_book) -> None:
    tiny_book.script("fall.py", "# run: tolerance 0.2 0\nprint()\n", "loss 1.0000\n")
    tiny_book.record("fall.py", "loss 1.1000\n")
    assert "1.0000" in tiny_book.html("/// output | fall.py\n///\n")


def test_an_output_with_a_message_is_marked_so_that_it_can_wrap(tiny_book) -> None:
    tiny_book.script("bad.py", "x = 1\n", "one 1\nValueError: that is too large\n")
    page = tiny_book.page("/// output | bad.py\n///\n")
    assert "message" in page.select_one(".run-output")["class"]
    assert (
        "message"
        not in tiny_book.page("/// output | fall.py\n///\n").select_one(".run-output")["class"]
    )


# --- figures

FIGURE = "/// figure | fall.py: loss\n    alt: A curve.\nIt *falls*.\n///\n"


def test_figure_is_inline_and_says_what_it_shows(tiny_book) -> None:
    page = tiny_book.page(FIGURE)
    svg = page.find("svg")
    assert svg.parent.has_attr("data-search-exclude")  # axes are no words to search for
    assert (svg["role"], svg["aria-label"], svg["viewbox"]) == ("img", "A curve.", "0 0 460 288")
    assert (svg["width"], svg["height"]) == ("713", "446")  # text as large as in captions
    for left_out in ("<?xml", "<!DOCTYPE", "metadata", "xlink", "ns0:"):
        assert left_out not in str(page)
    caption = page.select_one("figure#fall-loss figcaption > p")
    assert caption.text.strip() == "Figure 1.2.1. It falls."
    assert page.select_one("figcaption strong").text == "Figure 1.2.1."


def test_a_picture_too_wide_for_a_phone_is_marked_and_others_are_not(tiny_book) -> None:
    folder = tiny_book.root / ".build/records/part-1/2-tiny/fall/figures"
    assert tiny_book.page(FIGURE).select_one(".run-picture")["class"] == ["run-picture"]
    svg = folder / "loss.svg"
    svg.write_text(svg.read_text().replace("0 0 460 288", "0 0 576 245"))
    wide = tiny_book.page(FIGURE).select_one(".run-picture")
    assert wide["class"] == ["run-picture", "wide"]
    assert (wide["tabindex"], wide["role"], wide["aria-label"]) == ("0", "region", "Figure 1.2.1")


def test_a_figure_that_is_too_heavy_is_an_error_that_says_what_to_do(tiny_book) -> None:
    dots = "".join(
        f'<path d="M{n} {n * n % 977}l9 {n % 31}" stroke="#{n:06x}"/>' for n in range(2000)
    )
    svg = f'<svg xmlns="http://www.w3.org/2000/svg">{dots}</svg>'
    tiny_book.record("fall.py", "", {"loss": svg})
    tiny_book.script("fall.py", "print()\n", "")
    error = tiny_book.error(FIGURE)
    assert error.line == 1 and re.search(r"“loss” of fall\.py weighs \d+ KB", error.message)
    assert "set_rasterized(True)" in error.cure


def test_alt_text_cannot_break_out_of_its_attribute(tiny_book) -> None:
    alt = '"><script>alert(1)</script> a & b'
    page = tiny_book.page(FIGURE.replace("A curve.", alt))
    assert page.find("script") is None and page.find("svg")["aria-label"] == alt


def test_two_pictures_share_no_identifier_and_keep_their_references(tiny_book) -> None:
    page = tiny_book.page(FIGURE + "\n" + FIGURE.replace(": loss\n", ": loss\n    label: again\n"))
    ids = [element["id"] for element in page.select("[id]")]
    assert len(ids) == len(set(ids)) and len(ids) == 2 * 5
    for svg, label in zip(page.select("svg"), ("fall-loss", "again"), strict=True):
        assert svg.find("use")["href"] == f"#{label}-m1"
        assert svg.find("use")["fill"] == f"url(#{label}-p1)"
        assert svg.select_one("[clip-path]")["clip-path"] == f"url(#{label}-p1)"
        assert {f"{label}-m1", f"{label}-p1", f"{label}-svg"} <= set(ids)


def test_styles_of_a_picture_reach_no_further_than_itself(tiny_book) -> None:
    style = tiny_book.page(FIGURE).find("style").text
    assert style == "#fall-loss-svg *{stroke-linejoin:round}"


def test_picture_brings_no_script_and_no_link(tiny_book) -> None:
    evil = (
        '<svg xmlns="http://www.w3.org/2000/svg" onload="x()"><script>x()</script>'
        '<foreignObject><p/></foreignObject><a href="javascript:x()"><text>t</text></a>'
        '<image href="data:image/png;base64,AA"/></svg>'
    )
    tiny_book.record("fall.py", "", {"loss": evil})
    tiny_book.script("fall.py", "print()\n", "")
    html = str(tiny_book.page(FIGURE))
    assert "onload" not in html and "script" not in html and "foreign" not in html.lower()
    assert 'href="data:image/png;base64,AA"' in html


def test_figures_of_a_script_that_was_not_run_are_an_error_that_names_the_command(
    tiny_book,
) -> None:
    tiny_book.script("new.py", "print()\n")
    error = tiny_book.error(FIGURE.replace("fall.py", "new.py"))
    assert error.line == 1 and "run python scripts/run_snippets.py" in error.cure


def test_record_without_its_picture_is_an_error_that_names_the_command(tiny_book) -> None:
    (tiny_book.root / ".build/records/part-1/2-tiny/fall/figures/loss.svg").unlink()
    assert "run python scripts/run_snippets.py" in tiny_book.error(FIGURE).cure


def test_unknown_figure_is_an_error_with_the_nearest(tiny_book) -> None:
    error = tiny_book.error(FIGURE.replace("py: loss", "py: los"))
    assert error.line == 1 and "“loss”" in error.cure


@pytest.mark.parametrize("argument", ["fall.py", "fall.py: loss, path"])
def test_figure_block_names_one_figure(tiny_book, argument: str) -> None:
    error = tiny_book.error(FIGURE.replace("fall.py: loss", argument + "\n    label: a"))
    assert "names one figure" in error.message


def test_formula_in_an_alt_text_is_an_error(tiny_book) -> None:
    error = tiny_book.error(FIGURE.replace("A curve.", "The slope $w$."))
    assert error.line == 2 and "read aloud" in error.message


@pytest.mark.parametrize("drawn", ["<svg", "<p/>", ""])
def test_picture_that_is_no_svg_is_an_error(tiny_book, drawn: str) -> None:
    tiny_book.record("fall.py", "", {"loss": drawn})
    assert "not SVG" in tiny_book.error(FIGURE).message


# --- frames

CODE, OUTPUT = "/// code | fall.py\n///\n\n", "/// output | fall.py\n///\n\n"


def test_listing_output_and_figure_that_follow_each_other_share_a_frame(tiny_book) -> None:
    page = tiny_book.page(CODE + OUTPUT + FIGURE)
    (run,) = page.select(".run")
    assert [child["class"][0] for child in run.find_all(recursive=False)] == [
        "run-listing",
        "run-output",
        "run-figure",
    ]
    assert "data-run-script" not in str(page)


def test_text_or_another_script_between_blocks_makes_another_frame(tiny_book) -> None:
    tiny_book.script("other.py", "print(1)\n", "1\n")
    other = "/// output | other.py\n///\n\n"
    page = tiny_book.page(f"{CODE}Text between.\n\n{OUTPUT}{other}")
    assert len(page.select(".run")) == 3
    assert [e.name for e in page.find_all(recursive=False)] == ["div", "p", "div", "div"]
    assert page.find("p").text == "Text between."
