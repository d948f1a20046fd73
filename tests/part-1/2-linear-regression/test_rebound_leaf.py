"""w = w - lr * w.grad makes w a result; the next step finds no gradient on it."""

import re
from pathlib import Path

import pytest
import torch

SNIPPET = "part-1/2-linear-regression/rebound_leaf.py"
MESSAGE = "unsupported operand type(s) for *: 'float' and 'NoneType'"
OUTPUT = (
    Path(__file__).resolve().parents[3] / "snippets" / SNIPPET.replace(".py", ".out")
)


def test_second_step_raises_the_exact_message(run_snippet):
    with pytest.raises(TypeError, match=f"^{re.escape(MESSAGE)}$"):
        run_snippet(SNIPPET)


def test_page_shows_two_steps_the_warning_and_the_message():
    first, second, warning, error = OUTPUT.read_text().splitlines()
    assert first == "step 1: w = -0.5672, a leaf: True"
    assert second == "step 2: w = -0.3928, a leaf: False"
    assert warning.startswith(
        "UserWarning: The .grad attribute of a Tensor that is not"
    )
    assert error == f"TypeError: {MESSAGE}"


def test_detached_result_is_a_leaf_again_and_keeps_its_gradient():
    w = torch.tensor([3.0], requires_grad=True)
    for _ in range(2):
        (w**2).sum().backward()
        w = (w - 0.1 * w.grad).detach().requires_grad_()
    assert w.is_leaf
    assert w.item() == pytest.approx(3 * 0.8**2)
