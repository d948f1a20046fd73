"""Versions of a loop side by side: which line belongs to which step."""

from __future__ import annotations

import pytest

from loopbook.blocks.aligned import _in_lines, columns_of, steps_of
from loopbook.errors import BookError

ONE = '''\
"""By hand."""
w = 1.0
lr = 0.1


def slope(w):
    return 2 * w


unused = 3
losses = []
for epoch in range(3):
    loss = w**2  # 2. loss
    grad = slope(w)  # 3. gradient, of one sample
    grad = grad / 2
    w = w - lr * grad  # 4. update
    w = w + 0
    losses.append(loss)
    if epoch == 2:
        w = 5
'''
TWO = '''\
"""With a guard."""
lr = 0.2
for epoch in range(3):
    loss = ask()  # 2. loss
    with guard():
        step(lr)  # 4. update
    print(loss)
'''
BLOCK = """\
/// aligned | part-1/2-tiny
    scripts: by hand = one.py: slope, lr;
             guarded = two.py
///
"""


def test_lines_belong_to_the_step_named_last_and_records_to_none() -> None:
    assert steps_of(ONE, ("slope", "lr"), "one.py") == {
        "before the loop": "lr = 0.1\ndef slope(w):\n    return 2 * w",
        "2. loss": "loss = w**2",
        "3. gradient": "grad = slope(w)  # 3. gradient, of one sample\ngrad = grad / 2",
        "4. update": "w = w - lr * grad\nw = w + 0",
    }


def test_each_line_knows_its_indentation() -> None:
    listing = '<pre><code>a:\n    <b>c</b>\n\nd\n</code></pre>'
    assert _in_lines(listing) == (
        '<pre><code><span class="line in-0">a:\n</span>'
        '<span class="line in-4">    <b>c</b>\n</span>'
        '<span class="line in-0">\n</span><span class="line in-0">d\n</span></code></pre>'
    )


def test_statement_around_a_step_is_shown_whole() -> None:
    found = steps_of(TWO, (), "two.py")
    assert found["4. update"] == "with guard():\n    step(lr)"
    assert "print" not in "".join(found.values())


def test_name_that_nothing_makes_is_an_error_that_proposes_another() -> None:
    with pytest.raises(BookError, match=r"does not make “lrr” before its loop"):
        steps_of(ONE, ("lrr",), "one.py")


def test_script_without_named_steps_is_an_error() -> None:
    with pytest.raises(BookError, match="has no loop with steps"):
        steps_of("for k in range(3):\n    print(k)\n", (), "none.py")


@pytest.mark.parametrize("scripts", ["by hand", "= one.py", "by hand =", "a = one.py;"])
def test_version_of_another_form_is_an_error(scripts: str) -> None:
    with pytest.raises(BookError, match="is no version"):
        columns_of(scripts)


def test_page_has_a_row_for_each_step_and_a_box_for_each_version(tiny_book) -> None:
    for name, text in (("one.py", ONE), ("two.py", TWO)):
        tiny_book.script(name, text)
    page = tiny_book.page(BLOCK)
    table = page.find("table")
    heads = [head.text for head in table.find_all("th", scope="rowgroup")]
    assert heads == ["before the loop", "2. loss", "3. gradient", "4. update"]
    cells = table.find_all("td", attrs={"data-version": "2"})
    shown = [cell.text.strip() for cell in cells]
    assert shown == ["", "loss = ask()", "", "with guard():\n    step(lr)"]
    boxes = page.find_all("input", type="checkbox", checked=True)
    assert [box.parent.text.strip() for box in boxes] == ["by hand", "guarded"]
