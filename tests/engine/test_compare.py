"""Numbers may differ within a tolerance; nothing else may."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loopbook.runner.compare import differences

TEXT = """\
epoch 50: loss 0.0119, w = -1.9213
learned after 1.2e-05 s
inf, nan
limit 17,909 with torch 2.13.0
"""


@pytest.mark.parametrize(
    ("old", "new", "agree"),
    [
        ("0.0119", "0.011905", True),
        ("0.0119", "0.0121", False),
        ("-1.9213", "-1.9214", True),
        ("-1.9213", "1.9213", False),
        ("1.2e-05", "1.9e-05", True),  # within the absolute tolerance
        ("inf", "-inf", False),
        ("17,909", "17,910", True),
        ("17,909", "17,990", False),
        ("torch 2.13.0", "torch 2.13.1", False),
        ("nan", "0", False),
        ("learned", "Learned", False),
        ("loss 0.0119", "loss  0.0119", False),
        ("50: ", "50 ", False),
        ("\ninf", "\n\ninf", False),
    ],
)
def test_what_agrees_and_what_does_not(old: str, new: str, agree: bool) -> None:
    assert old in TEXT
    diff = differences(TEXT, TEXT.replace(old, new))
    assert (diff == "") is agree


def test_the_diff_shows_the_lines_that_differ_and_no_others() -> None:
    old = "a 1.0\nb 2.0\nc 3.0\n"
    diff = differences(old, "a 1.00001\nb 2.5\nc 3.0\n", names=("x.out", "this run"))
    changed = [line for line in diff.splitlines() if line[:1] in "+-"]
    assert changed == ["--- x.out", "+++ this run", "-b 2.0", "+b 2.5"]


def test_a_missing_last_line_is_a_difference() -> None:
    assert differences("a 1\nb 2\n", "a 1\n")
    assert differences("a 1\n", "a 1\nb 2\n")
    assert differences("a 1\n", "a 1")


def test_a_script_can_widen_the_tolerance() -> None:
    assert differences("x 1.00\n", "x 1.04\n")
    assert not differences("x 1.00\n", "x 1.04\n", relative=0.05)
    assert not differences("x 0.00\n", "x 0.04\n", absolute=0.05)


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=6), st.floats(-8e-4, 8e-4))
def test_small_relative_changes_agree(values: list[float], change: float) -> None:
    old = "".join(f"value {value!r}\n" for value in values)
    new = "".join(f"value {value * (1 + change)!r}\n" for value in values)
    # A change of sign or of notation changes more than the number.
    if "-0.0" not in old + new:
        assert not differences(old, new)


@given(st.floats(0.1, 1e6), st.floats(2e-3, 1.0))
def test_large_relative_changes_do_not(value: float, change: float) -> None:
    assert differences(f"value {value!r}\n", f"value {value * (1 + change)!r}\n")


@given(st.text())
def test_every_text_agrees_with_itself(text: str) -> None:
    assert differences(text, text) == ""
