"""Without requires_grad a loss has no graph and backward() raises."""

import re
from pathlib import Path

import pytest
import torch

SNIPPET = "part-1/2-linear-regression/no_requires_grad.py"
MESSAGE = "element 0 of tensors does not require grad and does not have a grad_fn"
OUTPUT = (
    Path(__file__).resolve().parents[3] / "snippets" / SNIPPET.replace(".py", ".out")
)


def test_backward_raises_the_exact_message(run_snippet):
    with pytest.raises(RuntimeError, match=f"^{re.escape(MESSAGE)}$"):
        run_snippet(SNIPPET)


def test_page_shows_the_message_after_a_missing_grad_fn():
    lines = OUTPUT.read_text().splitlines()
    assert lines[-2:] == [
        "without requires_grad: grad_fn is None",
        f"RuntimeError: {MESSAGE}",
    ]


def test_with_requires_grad_the_gradient_is_the_formula_s():
    torch.manual_seed(42)
    x = torch.linspace(-1, 1, 100)
    y = 2 * x - 1 + 0.1 * torch.randn(100)
    w, b = torch.randn(1), torch.randn(1)
    gradient = 2 * ((w * x + b - y) * x).mean().item()
    assert f"w.grad = {gradient:.4f}" in OUTPUT.read_text()


def test_optimizer_accepts_tensors_without_requires_grad():
    optimizer = torch.optim.SGD([torch.zeros(1)], lr=0.1)
    assert not optimizer.param_groups[0]["params"][0].requires_grad
