"""A chapter as a notebook: which lines run where, and what its Markdown becomes."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from markdown.extensions.toc import slugify

from loopbook.awaited import awaited
from loopbook.blocks.book import Book
from loopbook.blocks.index import Index
from loopbook.blocks.room import Room
from loopbook.errors import BookError
from loopbook.notebooks.items import Cell, Drawn
from loopbook.notebooks.kernel import execute
from loopbook.notebooks.notebook import Chapter, chapter_of

TinyBook = Any  # the fixture's class
CHAPTER = "part-1/2-tiny"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>'
TWO_PARTS = '''"""Two parts."""
import math

# --8<-- [start:first]
a = 1
print("first:", a)
# --8<-- [end:first]

a += 1

# --8<-- [start:second]
a *= 10
print("second:", a)
# --8<-- [end:second]
print("end:", a)
'''
PLOTS = '''"""Two plots."""
import matplotlib.pyplot as plt

# --8<-- [start:data]
x = [1, 2]
# --8<-- [end:data]
fig, ax = plt.subplots(num="one")
ax.plot(x)
fig, ax = plt.subplots(num="two")
ax.plot([k * k for k in x])
plt.show()
'''


def chapter(book: TinyBook, text: str, site: str = "") -> Chapter:
    """The book's chapter with this text, on its way to a notebook."""
    book.write(f"docs/{CHAPTER}.md", text)
    found = Book(book.root)
    source = next(source for source in found.sources() if source.number)
    index, room = Index.of(found, frozenset()), Room(found, source.folder)
    return chapter_of(source, room, index, lambda words: slugify(words, "-"), site, "Tiny")


def cells(made: Chapter) -> list[Cell]:
    """The cells behind the one that sets the look."""
    return [cell for cell in made.cells if cell.role != "setup"]


def markdown(made: Chapter) -> str:
    """The words of a notebook."""
    return "\n\n".join(item.markdown for item in made.items if hasattr(item, "markdown"))


def code(name: str) -> str:
    return f"/// code | {name}\n///\n\n"


def test_sections_that_follow_each_other_are_cells_of_one_run(tiny_book: TinyBook) -> None:
    tiny_book.script("two.py", TWO_PARTS, "first: 1\nsecond: 20\nend: 20\n")
    text = f"# T\n\n{code('two.py: first')}Words.\n\n{code('two.py: second')}"
    made = cells(chapter(tiny_book, text))
    assert [cell.role for cell in made] == ["around", "listing", "around", "listing", "around"]
    assert made[0].source == '# two.py\n"""Two parts."""\nimport math'
    assert made[1].source == 'a = 1\nprint("first:", a)'
    assert made[2].source == "a += 1"
    assert made[4].source == '# the rest of two.py\nprint("end:", a)'


def test_a_script_is_run_again_where_another_came_between(tiny_book: TinyBook) -> None:
    tiny_book.script("two.py", TWO_PARTS, "first: 1\nsecond: 20\nend: 20\n")
    tiny_book.script("other.py", '"""Other."""\na = 7\n', "")
    text = f"# T\n\n{code('two.py: first')}{code('other.py')}{code('two.py: second')}"
    made = cells(chapter(tiny_book, text))
    assert [(cell.script, cell.role) for cell in made] == [
        ("two.py", "around"),
        ("two.py", "listing"),
        ("two.py", "around"),
        ("other.py", "listing"),
        ("two.py", "unseen"),
        ("two.py", "listing"),
        ("two.py", "around"),
    ]
    assert made[4].source.startswith("%%capture\n# two.py once more")
    assert "a += 1" in made[4].source


def test_a_later_part_that_is_shown_first_runs_behind_the_unseen_earlier_one(
    tiny_book: TinyBook,
) -> None:
    tiny_book.script("two.py", TWO_PARTS, "first: 1\nsecond: 20\nend: 20\n")
    text = f"# T\n\n{code('two.py: second')}Words.\n\n{code('two.py: first')}"
    made = cells(chapter(tiny_book, text))
    roles = [(cell.role, cell.start, cell.end) for cell in made]
    assert roles == [
        ("around", 0, 1),
        ("unseen", 1, 2),
        ("around", 2, 3),
        ("listing", 3, 4),
        ("around", 4, 5),
        ("unseen", 0, 1),
        ("listing", 1, 2),
    ]


def test_each_figure_is_drawn_where_the_chapter_shows_it(tiny_book: TinyBook) -> None:
    tiny_book.script("plots.py", PLOTS, "")
    tiny_book.record("plots.py", "", {"one": SVG, "two": SVG})
    one, two = (
        f"/// figure | plots.py: {n}\n    alt: A line.\nSee.\n///\n\n" for n in ("one", "two")
    )
    made = chapter(tiny_book, f"# T\n\n{code('plots.py: data')}{one}Words.\n\n{two}")
    drawn = [item for item in made.items if isinstance(item, Drawn)]
    assert [item.live for item in drawn] == [True, True]
    assert [cell.source.count("subplots") for cell in cells(made)] == [0, 0, 1, 1]
    assert drawn[0].caption.endswith("**Figure 1.2.1.** See.")


def test_a_figure_that_is_drawn_by_a_later_listing_is_shown_and_not_drawn(
    tiny_book: TinyBook,
) -> None:
    plots = PLOTS.replace("fig, ax", "# --8<-- [start:plots]\nfig, ax", 1)
    tiny_book.script("plots.py", f"{plots}# --8<-- [end:plots]\n", "")
    tiny_book.record("plots.py", "", {"one": SVG, "two": SVG})
    figure = "/// figure | plots.py: one\n    alt: A line.\nSee.\n///\n\n"
    text = f"# T\n\n{code('plots.py: data')}{figure}{code('plots.py: plots')}"
    made = chapter(tiny_book, text)
    assert [item.live for item in made.items if isinstance(item, Drawn)] == [False]
    assert [cell.role for cell in cells(made)] == ["around", "listing", "listing"]


def test_figures_are_not_torn_apart_where_the_first_is_still_in_use(tiny_book: TinyBook) -> None:
    tiny_book.script("plots.py", PLOTS.replace("ax.plot([k", "first.plot([k").replace(
        "ax.plot(x)", "first = ax"), "")  # fmt: skip
    tiny_book.record("plots.py", "", {"one": SVG, "two": SVG})
    figure = "/// figure | plots.py: one\n    alt: A line.\nSee.\n///\n\n"
    made = cells(chapter(tiny_book, f"# T\n\n{code('plots.py: data')}{figure}"))
    assert [cell.source.count("subplots") for cell in made] == [0, 0, 2]


def test_cells_run_however_deep_the_folder_for_temporary_files_is(
    tiny_book: TinyBook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tiny_book.script("two.py", TWO_PARTS, "first: 1\nsecond: 20\nend: 20\n")
    deep = tmp_path / ("d" * 80)
    deep.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(deep))
    text = f"# T\n\n{code('two.py: first')}{code('two.py: second')}"
    (output,) = execute(cells(chapter(tiny_book, text)))[1]
    assert output["text"] == "first: 1\n"


def test_a_neighbour_that_is_imported_is_written_first(tiny_book: TinyBook) -> None:
    tiny_book.script("helper.py", '"""Help."""\nONE = 1\n', "")
    tiny_book.script("user.py", '"""Use."""\nfrom helper import ONE\n', "")
    made = cells(chapter(tiny_book, f"# T\n\n{code('user.py')}"))
    assert made[0].source.startswith('%%writefile helper.py\n"""Help."""\nONE = 1')
    assert made[1].script == "user.py"


def test_a_value_that_jupyter_would_show_is_kept_back(tiny_book: TinyBook) -> None:
    tiny_book.script("value.py", '"""Value."""\nx = [1]\nx.pop()  # é: gone\n', "")
    made = cells(chapter(tiny_book, f"# T\n\n{code('value.py')}"))
    assert made[0].source.endswith("x.pop();  # é: gone")
    assert all(output["output_type"] != "execute_result" for output in execute(made)[0])


def test_words_numbers_references_and_terms_become_markdown(tiny_book: TinyBook) -> None:
    tiny_book.write("docs/glossary.md", "# Glossary\n\n## Loss\n\nHow wrong it is.\n")
    tiny_book.write(f"tests/{CHAPTER}/test_fall.py", MARKED)
    made = chapter(tiny_book, CHAPTER_TEXT)
    text = markdown(made)
    assert "The loss is 0.0119, and $w = 1.9213$, not `[[fall.py: epoch 10 loss]]`." in text
    assert "By [Equation (1.2.1)](#rule) and the glossary." in text
    assert '<a id="rule"></a>\n\n$$\na = b\n\\tag{1.2.1} $$' in text
    assert "> **Mind**\n> \n> Two lines" in text
    assert "<summary><b>Predict</b> Is <em>it</em> $a &lt; b$ in <code>x</code>?</summary>" in text
    assert '<a id="far-away"></a>\n\n## Far away' in text
    assert "```python\n# one\n/// code | none.py\n```" in text
    assert "\ue000" not in text


def test_links_lead_to_the_site_where_its_address_is_known(tiny_book: TinyBook) -> None:
    tiny_book.write("docs/glossary.md", "# Glossary\n\n## Loss\n\nHow wrong it is.\n")
    tiny_book.write(f"tests/{CHAPTER}/test_fall.py", MARKED)
    text = markdown(chapter(tiny_book, CHAPTER_TEXT, "https://book.example/x/"))
    assert "The [loss](https://book.example/x/glossary/#loss) is" in text
    assert "the [glossary](https://book.example/x/glossary/)." in text
    assert "[Chapter 1.2](https://book.example/x/part-1/2-tiny/)" in text


def test_a_script_that_cannot_run_here_is_read_and_not_run(tiny_book: TinyBook) -> None:
    tiny_book.script("far.py", '"""Far."""\n# run: needs cuda\nprint("x")\n', "x\n")
    made = chapter(tiny_book, f"# T\n\n{code('far.py')}/// output | far.py\n///\n")
    assert cells(made) == []
    assert '```python\n# far.py\n"""Far."""\nprint("x")\n```' in markdown(made)
    assert "```text\nx\n```" in markdown(made)


def test_a_script_that_prints_something_else_in_its_notebook_fails(tiny_book: TinyBook) -> None:
    tiny_book.script("leaky.py", '"""Leak."""\nimport math\nmath.pi = 3\n', "")
    tiny_book.script(
        "area.py", '"""Area."""\nimport math\nprint("area:", math.pi)\n', "area: 3.14\n"
    )
    made = chapter(tiny_book, f"# T\n\n{code('leaky.py')}{code('area.py')}")
    with pytest.raises(BookError, match="prints something else") as caught:
        made.to_json()
    assert caught.value.file == f"snippets/{CHAPTER}/area.py"


def test_an_exception_that_nobody_expects_fails(tiny_book: TinyBook) -> None:
    tiny_book.script("bad.py", '"""Bad."""\nimport torch\n1 / 0\n', "")
    with pytest.raises(BookError, match="ZeroDivisionError"):
        chapter(tiny_book, f"# T\n\n{code('bad.py')}").to_json()


def test_a_notebook_is_run_once_and_has_an_expected_exception(tiny_book: TinyBook) -> None:
    script = '"""Fails."""\n# run: expects ValueError\nprint("before")\nint("x")\n'
    message = "ValueError: invalid literal for int() with base 10: 'x'\n"
    tiny_book.script("fails.py", script, f"before\n{message}")
    text = f"# T\n\n{code('fails.py')}/// output | fails.py\n///\n\n"
    first = chapter(tiny_book, text).to_json()
    made = chapter(tiny_book, f"{text}More words.\n")
    assert made.is_run
    assert not chapter(tiny_book, f"{text}{code('fall.py')}").is_run
    again = json.loads(made.to_json(run=False))["cells"]
    shown = json.loads(first)["cells"]
    assert [cell["outputs"] for cell in again if cell["cell_type"] == "code"] == [
        cell["outputs"] for cell in shown if cell["cell_type"] == "code"
    ]
    assert [output["output_type"] for output in shown[-1]["outputs"]] == ["stream", "error"]
    assert shown[-1]["metadata"]["tags"] == ["listing", "raises-exception"]


MARKED = 'import pytest\n\n\n@pytest.mark.equation("rule")\ndef test_rule() -> None: ...\n'
CHAPTER_TEXT = """# Tiny

The [[loss]] is [[fall.py: epoch 10 loss]], and $w = [[fall.py: epoch 10 w]]$, not \
`[[fall.py: epoch 10 loss]]`.

/// equation | rule
$$
a = b
$$
///

By [[#rule]] and the [glossary](../glossary.md). See [below](#far-away).

!!! note "Mind"
    Two lines
    of text.

/// predict | Is *it* $a < b$ in `x`?
No.
///

## Far away

```python
# one
/// code | none.py
```
"""


def test_cells_run_where_a_loop_is_running_already() -> None:
    """As in a notebook of the author's own, and beside Playwright."""

    async def caller() -> list[list[dict[str, Any]]]:
        return execute([Cell("print(6 * 7)", "a")])

    assert awaited(caller)[0][0]["text"] == "42\n"
