"""An in-place update of a leaf needs no_grad."""

import re
from pathlib import Path

import pytest
import torch

SNIPPET = "part-1/2-linear-regression/outside_no_grad.py"
MESSAGE = "a leaf Variable that requires grad is being used in an in-place operation."
OUTPUT = (
    Path(__file__).resolve().parents[3] / "snippets" / SNIPPET.replace(".py", ".out")
)


def test_in_place_update_raises_the_exact_message(run_snippet):
    with pytest.raises(RuntimeError, match=f"^{re.escape(MESSAGE)}$"):
        run_snippet(SNIPPET)


def test_page_ends_with_the_message():
    assert OUTPUT.read_text().splitlines()[-1] == f"RuntimeError: {MESSAGE}"


def test_inside_no_grad_the_update_is_that_of_torch_sgd():
    torch.manual_seed(42)
    X = torch.linspace(-1, 1, 100).unsqueeze(1)
    y = 2 * X - 1 + 0.1 * torch.randn(100, 1)
    w, b = torch.randn(1, requires_grad=True), torch.randn(1, requires_grad=True)
    optimizer = torch.optim.SGD([w, b], lr=0.1)
    torch.nn.functional.mse_loss(w * X + b, y).backward()
    optimizer.step()
    line = f"inside no_grad: w = {w.item():.4f}, b = {b.item():.4f}"
    assert OUTPUT.read_text().splitlines()[0] == line
