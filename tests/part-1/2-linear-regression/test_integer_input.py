"""nn.Linear refuses whole numbers and takes the same numbers as floats."""

import re
from pathlib import Path

import pytest

SNIPPET = "part-1/2-linear-regression/integer_input.py"
MESSAGE = "mat1 and mat2 must have the same dtype, but got Long and Float"
OUTPUT = (
    Path(__file__).resolve().parents[3] / "snippets" / SNIPPET.replace(".py", ".out")
)


def test_integers_raise_the_exact_message(run_snippet):
    with pytest.raises(RuntimeError, match=f"^{re.escape(MESSAGE)}$"):
        run_snippet(SNIPPET)


def test_page_shows_the_dtype_and_the_message():
    lines = OUTPUT.read_text().splitlines()
    assert lines[-2:] == ["without: torch.int64", f"RuntimeError: {MESSAGE}"]


def test_floats_give_weight_plus_bias_for_an_input_of_one():
    # seed 1: weight 0.5153, bias -0.4414
    assert pytest.approx(0.0739) == 0.5153 - 0.4414
    assert "first prediction: 0.0739" in OUTPUT.read_text()
